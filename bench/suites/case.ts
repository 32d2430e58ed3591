import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateCase } from "../../tools/generate-case.js";
import type { Row, Runner, Sample } from "../measure.js";
import { withPeer } from "../peers/index.js";
import type { Settings, Suite } from "../suite.js";

const MAIN = fileURLToPath(new URL("../../tools/main.js", import.meta.url));
const WATCH = fileURLToPath(new URL("../processes/peak-memory.js", import.meta.url));
const ROUNDS_PER_HOUR = 12;

/** A case and its size; the peer simulates fewer hours where a day would take it minutes. */
interface CaseSize {
  /** Default `pet`. */
  readonly preset?: string;
  readonly options?: Readonly<Record<string, string | number>>;
  readonly houses: number;
  /** Default 24. */
  readonly hours?: number;
  /** Said where it is not the preset's own. */
  readonly ledger?: "none";
  /** As `launch --hosts` takes it. */
  readonly hosts?: "each";
  readonly goal?: number;
  readonly gridlabdHours?: number;
  readonly repetitions?: number;
}

/** Large cases are measured without a ledger: signing and checking 10,000 bids takes longer than simulating their round. */
const UNSETTLED = { options: { settle: "none" }, ledger: "none" } as const;

const SIZES: readonly CaseSize[] = [
  { houses: 30, goal: 2, gridlabdHours: 24 },
  { houses: 30, ...UNSETTLED },
  { houses: 30, hosts: "each", repetitions: 2 },
  { houses: 300, gridlabdHours: 2, repetitions: 3, ...UNSETTLED },
  { houses: 3000, repetitions: 1, ...UNSETTLED },
  { houses: 10_000, goal: 60, repetitions: 1, ...UNSETTLED },
  { preset: "pem", houses: 60, hours: 48, goal: 6, repetitions: 3 },
  { preset: "pet-rl", options: { backend: "plain" }, houses: 30, hours: 96, goal: 60, repetitions: 1 },
];

/** Runs a case as a whole program, start-up included. */
function runPreset({ preset = "pet", options, houses, hours = 24, hosts }: CaseSize): Runner {
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), "gridloom-bench-"));
    try {
      await generateCase(preset, { folder, options: { ...options, houses, days: hours / 24 } });
      return await timeLaunch(folder, hours, hosts);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

async function timeLaunch(folder: string, hours: number, hosts: "each" | undefined): Promise<Sample> {
  const run = join(folder, "run");
  const peak = join(folder, "peak-memory");
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    ["--import", WATCH, MAIN, "launch", folder, "--out", run, "--hosts", hosts ?? "1"],
    {
      stdio: "ignore",
      env: { ...process.env, GRIDLOOM_PEAK_MEMORY: peak },
    },
  );
  const [code] = (await once(child, "exit")) as [number | null];
  const wallSeconds = (performance.now() - startedAt) / 1000;
  const rounds = hours * ROUNDS_PER_HOUR;
  const { marketRounds = rounds } = await readSummary(run);
  if (code !== 0 || marketRounds !== rounds) {
    throw new Error(`The case ended with ${code ?? "a signal"} after ${marketRounds} of ${rounds} rounds.`);
  }
  if (hosts === "each") return { value: wallSeconds };
  return { value: wallSeconds, also: { rssMegabytes: Number(await readFile(peak, "utf8")) / 1000 } };
}

/** The rounds that a run with a market counts. */
async function readSummary(run: string): Promise<{ readonly marketRounds?: number }> {
  return JSON.parse(await readFile(join(run, "summary.json"), "utf8")) as { marketRounds?: number };
}

function caseRow(size: CaseSize, { peers }: Settings): Row {
  const { preset = "pet", houses, hours = 24, hosts, ledger, goal, gridlabdHours, repetitions } = size;
  const row: Row = {
    bench: "case",
    labels: { preset, houses, simulatedHours: hours, hosts: hosts ?? "one", ...(ledger && { ledger }) },
    measure: "wallSeconds",
    goal,
    repetitions,
    ours: runPreset(size),
  };
  if (gridlabdHours === undefined) return row;
  const gridlabd = withPeer(peers.gridlabd, async peer => {
    const { value, also } = await peer.run(houses, gridlabdHours);
    return { value: (value * hours) / gridlabdHours, also };
  });
  return { ...row, peers: { gridlabd } };
}

/** The main job, and what is made of it. */
export const caseSuite: Suite = {
  name: "case",
  doc: "The energy-trading case, plain and with 60 learning agents, as a whole program, start-up included; above 1,000 houses aggregates are recorded. GridLAB-D has the houses and a feeder only: no market, no prosumers, no bulk system.",
  rows: settings =>
    SIZES.filter(({ houses, hours = 24 }) => !settings.quick || houses * hours <= 7200).map(size =>
      caseRow(size, settings),
    ),
};
