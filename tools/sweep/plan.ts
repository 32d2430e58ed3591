import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import { CaseInvalid, readCase, requireCase, type CaseSource } from "../../cases/check.js";
import { override } from "../../cases/overrides.js";
import { readBySchema } from "../../cases/schema-faults.js";
import { generateCase } from "../generate-case.js";
import { hashInputs } from "../run/case-inputs.js";
import { version } from "../version.js";
import type { Axis } from "./values.js";

/** What a sweep asks for. */
export interface SweepQuestion {
  /** A `case.json` or its folder; the name of a preset when `generate` has an axis. */
  readonly given: string;
  /** Options of the preset that are varied. */
  readonly generate: readonly Axis[];
  /** Values of the case that are varied. */
  readonly axes: readonly Axis[];
  /** Seeds of the runs, for a preset those of what it draws; that of the case alone when there are none. */
  readonly seeds: readonly string[];
  /** Changes of the case that all runs share, as `path=value`. */
  readonly shared: readonly string[];
}

/** One run of a sweep. */
export interface PlannedRun {
  /** Run folder, relative to that of the sweep: the hash of what is simulated, so that a changed case never finds an old result. */
  readonly run: string;
  /** Value of each axis, as text. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly casePath: string;
  readonly assignments: readonly string[];
}

/** Most runs of a sweep; more is taken for a slip. */
const MOST_RUNS = 100_000;

/** The values of one combination by the paths of their axes. */
type Combination = Readonly<Record<string, string>>;

/**
 * All runs of a sweep, the last axis and then the seeds changing fastest. Generated cases are written below the
 * sweep's folder. Each value is checked once before anything runs.
 * @throws CosimError when a path leads nowhere; CaseInvalid when a value makes a case that cannot run.
 */
export async function planSweep(question: SweepQuestion, folder: string): Promise<PlannedRun[]> {
  const { generate, axes, seeds } = question;
  requireDistinct([...generate, ...axes]);
  requireSeeds(seeds);
  requireFew([...generate, ...axes, { path: "seed", values: seeds }]);
  const isGenerated = generate.length > 0;
  const drawn = isGenerated && seeds.length > 0 ? [{ path: "seed", values: seeds }] : [];
  const runs: PlannedRun[] = [];
  for (const { seed, ...options } of combinations([...generate, ...drawn])) {
    const casePath = isGenerated ? await makeCase(question, { seed, ...options }, folder) : resolve(question.given);
    const source = readCase(casePath);
    await checkValues(source, question);
    for (const values of combinations(axes)) {
      const changes = [...question.shared, ...assignmentsOf(values)];
      const identify = identifier(source, changes);
      for (const own of isGenerated || seeds.length === 0 ? [undefined] : seeds) {
        const assignments = own === undefined ? changes : [...changes, `seed=${own}`];
        runs.push({ ...identify(own), parameters: { ...options, ...values }, casePath, assignments });
      }
    }
  }
  return runs;
}

/** Every combination of the axes' values, the last axis changing fastest. */
export function combinations(axes: readonly Axis[]): Combination[] {
  return axes.reduce<Combination[]>(
    (all, { path, values }) => all.flatMap(one => values.map(value => ({ ...one, [path]: value }))),
    [{}],
  );
}

const assignmentsOf = (values: Combination) => Object.entries(values).map(([path, value]) => `${path}=${value}`);

const hashOf = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 12);

/** The short hash of a question, which names the folder of a sweep that was given none. */
export function hashQuestion(question: SweepQuestion): string {
  const given = question.generate.length === 0 ? resolve(question.given) : question.given;
  return hashOf({ ...question, given });
}

/** Names the run of a case with these changes, by seed: what is simulated is hashed, not how it was asked for. */
function identifier(
  source: CaseSource,
  changes: readonly string[],
): (seed?: string) => Pick<PlannedRun, "run" | "seed"> {
  const reading = readBySchema(override(source.value, changes));
  if (reading.case === undefined) throw new CaseInvalid(`${source.file} with ${changes.join(", ")}`, reading.faults);
  const shape = reading.case;
  const inputs = hashInputs({ case: shape, folder: source.folder });
  return given => {
    const seed = given === undefined ? shape.seed : Number(given);
    return { run: join("runs", hashOf({ simulated: { ...shape, seed, twins: undefined }, inputs, version })), seed };
  };
}

/** Checks each value once, the other axes at their first, so that a slip in the last one does not show after hours. */
async function checkValues(source: CaseSource, { axes, seeds, shared }: SweepQuestion): Promise<void> {
  const first = axes.map(({ path, values }) => `${path}=${values[0]}`);
  const seed = seeds.length === 0 ? [] : [`seed=${seeds[0]}`];
  const others = axes.flatMap(({ path, values }, i) => values.slice(1).map(value => first.with(i, `${path}=${value}`)));
  for (const changes of [first, ...others]) {
    const assignments = [...shared, ...changes, ...seed];
    const file = assignments.length === 0 ? source.file : `${source.file} with ${assignments.join(", ")}`;
    await requireCase({ ...source, file, value: override(source.value, assignments) });
  }
}

/** Writes the case of a preset with these options, if it is not there from an earlier call; its `case.json` is written last. */
async function makeCase({ given: preset }: SweepQuestion, options: Combination, folder: string): Promise<string> {
  const target = join(folder, "cases", hashOf({ preset, options, version }));
  if (!existsSync(join(target, "case.json"))) await generateCase(preset, { folder: target, options });
  return target;
}

function requireDistinct(axes: readonly Axis[]): void {
  const paths = axes.map(({ path }) => path);
  const twice = paths.find((path, i) => paths.indexOf(path) !== i);
  if (twice === undefined && !paths.includes("seed")) return;
  const what =
    twice === undefined
      ? "Seeds are varied with --seeds, as in --seeds 1..10."
      : `${twice} is varied twice; name all of its values in one --set.`;
  throw new CosimError("COSIM_OPTION_INVALID", what);
}

function requireSeeds(seeds: readonly string[]): void {
  const wrong = seeds.find(seed => !/^\d+$/.test(seed) || !Number.isSafeInteger(Number(seed)));
  if (wrong === undefined) return;
  throw new CosimError("COSIM_OPTION_INVALID", `--seeds has "${wrong}"; a seed is a whole number from 0, as in 1..10.`);
}

function requireFew(axes: readonly Axis[]): void {
  const count = axes.reduce((product, { values }) => product * Math.max(1, values.length), 1);
  if (count <= MOST_RUNS) return;
  const message = `The sweep has ${count} runs, and ${MOST_RUNS} are the most. Take larger steps or fewer seeds.`;
  throw new CosimError("COSIM_OPTION_INVALID", message);
}
