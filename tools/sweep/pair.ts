import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { readCase, requireCase } from "../../cases/check.js";
import { override } from "../../cases/overrides.js";
import { twinOf } from "../../cases/twins.js";
import { writeAtomic } from "../run/atomic-file.js";
import { compareRuns, type Comparison } from "../run/compare.js";
import { readDeployment, type DeploymentOptions } from "../run/deployment.js";
import { createRunFolder } from "../run/run-folder.js";
import { orderRun, type RunReport } from "./order.js";
import { carryOutAll, type PoolOptions } from "./pool.js";

/** A case and the twin that it is run with. */
export interface PairRequest extends Omit<PoolOptions, "jobs"> {
  readonly casePath: string;
  /** Changes of both, as `path=value`. */
  readonly changes: readonly string[];
  /** Name of the twin in the case. */
  readonly twin: string;
  /** Run folder of the case; that of the twin has the twin's name behind it. */
  readonly out?: string;
  readonly deployment: DeploymentOptions;
}

/** How the two runs ended, the case's first, and the comparison when both are done. */
export interface PairOutcome {
  readonly names: readonly [string, string];
  readonly reports: readonly RunReport[];
  readonly comparison?: Comparison;
  /** Files of the comparison, in the twin's folder. */
  readonly files: readonly string[];
}

/**
 * Runs a case and its twin with the same seed, side by side where there is more than one core, and compares them.
 * @throws CosimError when there is no such twin or a folder is taken; CaseInvalid when one of the two cannot run.
 */
export async function runPair(request: PairRequest): Promise<PairOutcome> {
  const { casePath, changes, twin, deployment } = request;
  const source = readCase(casePath);
  const twinChanges = [...changes, ...twinOf(source.value, twin)];
  const checked = await requireCase({ ...source, value: override(source.value, changes) });
  const file = `The twin "${twin}" of ${source.file}`;
  const checkedTwin = await requireCase({ ...source, file, value: override(source.value, twinChanges) });
  for (const one of [checked, checkedTwin]) readDeployment(deployment, one);
  const { name: caseName, seed } = checked.case;
  const [folder, twinFolder] = claimFolders({ out: request.out, caseName, seed, startedAt: new Date() }, twin);
  const orders = [
    orderRun({ casePath, assignments: changes, folder, deployment }),
    orderRun({ casePath, assignments: twinChanges, folder: twinFolder, deployment }),
  ];
  const reports = await carryOutAll(orders, { ...request, jobs: Math.min(2, availableParallelism()) });
  const names = [caseName, twin] as const;
  if (reports.length < 2 || reports.some(({ state }) => state !== "done")) return { names, reports, files: [] };
  return { names, reports, ...(await writeDifferences(folder, twinFolder, names)) };
}

/** The run folders of both; the first is given back when the second is taken. */
function claimFolders(first: Parameters<typeof createRunFolder>[0], twin: string): [string, string] {
  const folder = createRunFolder(first);
  try {
    return [folder, createRunFolder({ ...first, out: `${folder}-${twin}` })];
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
}

async function writeDifferences(
  folder: string,
  twinFolder: string,
  names: readonly [string, string],
): Promise<Pick<PairOutcome, "comparison" | "files">> {
  const { writeComparison } = await import("../report/comparison.js");
  const comparison = compareRuns(folder, twinFolder);
  const files = ["comparison.json", "comparison.html"].map(name => join(twinFolder, name));
  writeAtomic(files[0], `${JSON.stringify(comparison, undefined, 2)}\n`);
  writeComparison(files[1], { comparison, names });
  return { comparison, files };
}
