import { plannedCommand, type Command } from "./command.js";

type Loader = () => Promise<{ readonly default: unknown }>;

const planned = (name: string, doc: string, ...args: string[]): Loader => {
  const command = plannedCommand(
    name,
    doc,
    args.map(arg => ({ name: arg, doc: "" })),
  );
  return () => Promise.resolve({ default: command });
};

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
  ledger: planned("ledger", "Verifies, lists or exports the ledger of a run.", "ACTION", "RUN", "PARTY"),
  import: () => import("../commands/import.js"),
  new: () => import("../commands/new.js"),
  bench: () => import("../commands/bench.js"),
  doctor: () => import("../commands/doctor.js"),
};

/** The command of this name, which must be one of the table. */
export async function loadCommand(name: string): Promise<Command> {
  return (await COMMANDS[name]()).default as Command;
}
