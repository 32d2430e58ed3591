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
/** Market rounds of 24 hours. */
const ROUNDS_OF_A_DAY = 288;

/** A size of the case; the peer simulates fewer hours where a day would take it minutes. */
interface CaseSize {
  readonly houses: number;
  /** As `launch --hosts` takes it. */
  readonly hosts?: "each";
  readonly goal?: number;
  readonly gridlabdHours?: number;
  readonly repetitions?: number;
}

const SIZES: readonly CaseSize[] = [
  { houses: 30, goal: 2, gridlabdHours: 24 },
  { houses: 30, hosts: "each", repetitions: 2 },
  { houses: 300, gridlabdHours: 2, repetitions: 3 },
  { houses: 3000, repetitions: 1 },
  { houses: 10_000, goal: 60, repetitions: 1 },
];

/** Runs the pet case for a day as a whole program, start-up included. */
function runPet({ houses, hosts }: CaseSize): Runner {
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), "gridloom-bench-"));
    try {
      await generateCase("pet", { folder, options: { houses } });
      return await timeLaunch(folder, hosts);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

async function timeLaunch(folder: string, hosts: "each" | undefined): Promise<Sample> {
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
  const { marketRounds } = JSON.parse(await readFile(join(run, "summary.json"), "utf8")) as { marketRounds: number };
  if (code !== 0 || marketRounds !== ROUNDS_OF_A_DAY) {
    throw new Error(`The case ended with ${code ?? "a signal"} after ${marketRounds} of ${ROUNDS_OF_A_DAY} rounds.`);
  }
  if (hosts === "each") return { value: wallSeconds };
  return { value: wallSeconds, also: { rssMegabytes: Number(await readFile(peak, "utf8")) / 1000 } };
}

function petRow(size: CaseSize, { peers }: Settings): Row {
  const { houses, hosts, goal, gridlabdHours, repetitions } = size;
  const row: Row = {
    bench: "case",
    labels: { preset: "pet", houses, simulatedHours: 24, hosts: hosts ?? "one" },
    measure: "wallSeconds",
    goal,
    repetitions,
    ours: runPet(size),
  };
  if (gridlabdHours === undefined) return row;
  const gridlabd = withPeer(peers.gridlabd, async peer => {
    const { value, also } = await peer.run(houses, gridlabdHours);
    return { value: (value * 24) / gridlabdHours, also };
  });
  return { ...row, peers: { gridlabd } };
}

/** The main job. */
export const caseSuite: Suite = {
  name: "case",
  doc: "The energy-trading case for 24 hours as a whole program, start-up included; above 1,000 houses aggregates are recorded. GridLAB-D has the houses and a feeder only: no market, no prosumers, no bulk system.",
  rows: settings => SIZES.filter(({ houses }) => !settings.quick || houses <= 300).map(size => petRow(size, settings)),
};
