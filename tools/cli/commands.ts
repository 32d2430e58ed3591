import type { Command } from "./command.js";

type Loader = () => Promise<{ readonly default: unknown }>;

/** Every command by name; its file is loaded only when it is asked for. */
export const COMMANDS: Readonly<Record<string, Loader>> = {
  generate: () => import("../commands/generate.js"),
  check: () => import("../commands/check.js"),
  launch: () => import("../commands/launch.js"),
  resume: () => import("../commands/resume.js"),
  status: () => import("../commands/status.js"),
  watch: () => import("../commands/watch.js"),
  query: () => import("../commands/query.js"),
  compare: () => import("../commands/compare.js"),
  report: () => import("../commands/report.js"),
  plot: () => import("../commands/plot.js"),
  sweep: () => import("../commands/sweep.js"),
  ledger: () => import("../commands/ledger.js"),
  import: () => import("../commands/import.js"),
  new: () => import("../commands/new.js"),
  bench: () => import("../commands/bench.js"),
  doctor: () => import("../commands/doctor.js"),
};

/** The command of this name, which must be one of the table. */
export async function loadCommand(name: string): Promise<Command> {
  return (await COMMANDS[name]()).default as Command;
}
