import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOptions } from "../../cases/options.js";
import petRl from "../../cases/pet-rl/index.js";
import type { PetRlOptions } from "../../cases/pet-rl/options.js";
import { run } from "../../tools/run-case.js";
import { readFigures, type Figures } from "./figures.js";

/** Ways to bid that are compared. */
export const WAYS = ["ramp", "random", "seller-buyer"] as const;

/** One of these ways. */
export type Way = (typeof WAYS)[number];

/** What is compared. */
export interface ComparisonSettings {
  readonly houses: number;
  readonly hours: number;
  /** Each way runs with seeds 1 to this. */
  readonly seeds: number;
  readonly backend: PetRlOptions["backend"];
  readonly onRun?: (way: Way, seed: number, figures: Figures) => void;
}

/** Figures of every run, by way and then by seed. */
export type Comparison = Readonly<Record<Way, readonly Figures[]>>;

/** Runs every way with every seed, one after the other, and looks at the second half of each. */
export async function compareWays({ seeds, onRun, ...settings }: ComparisonSettings): Promise<Comparison> {
  const results: Record<Way, Figures[]> = { "ramp": [], "random": [], "seller-buyer": [] };
  for (const way of WAYS) {
    for (let seed = 1; seed <= seeds; seed++) {
      const figures = await runOnce(way, seed, settings);
      onRun?.(way, seed, figures);
      results[way].push(figures);
    }
  }
  return results;
}

type RunSettings = Pick<ComparisonSettings, "houses" | "hours" | "backend">;

async function runOnce(mode: Way, seed: number, { houses, hours, backend }: RunSettings): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), "gridloom-learning-"));
  try {
    const { values } = readOptions(petRl.options, { houses, mode, seed, backend });
    const { case: shape, files } = await petRl.generate(values);
    for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
    const out = join(folder, "run");
    await run({ ...shape, until: `${hours}h`, record: "metrics" }, { folder, out });
    return readFigures(out, hours * 1800);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
