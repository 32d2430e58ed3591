import { CosimError } from "../broker/wire/index.js";
import { readCase, requireCase, type CaseSource } from "../cases/check.js";
import type { CaseFile } from "../cases/schema.js";
import { loadFederate } from "../federates/registry.js";
import type { AnyFederate } from "../runtime/index.js";
import { readDeployment } from "./run/deployment.js";
import type { Progress } from "./run/engine.js";
import { execute } from "./run/execute.js";
import type { Manifest } from "./run/manifest.js";
import { createRunFolder } from "./run/run-folder.js";
import type { LedgerName } from "./run/settling.js";

/** How a case is run from code. */
export interface RunOptions {
  /** Run folder; `runs/<case>/<start>-<seed>` by default. */
  readonly out?: string;
  /** Folder that the case's relative paths start from, for a case that was built in code; the working directory by default. */
  readonly folder?: string;
  /** Federates by the name that `use` has for them; they need one host. */
  readonly federates?: Readonly<Record<string, AnyFederate>>;
  /** `"1"`, a number of host processes, or `"each"`. */
  readonly hosts?: string;
  readonly broker?: "inside" | "alone";
  /** Where settlements go. */
  readonly ledger?: LedgerName;
  /** Calls the run off; its folder is closed properly. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** What a run brought. */
export interface RunResult {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Content of `summary.json`; empty when the case records none. */
  readonly summary: Readonly<Record<string, unknown>>;
}

/**
 * Runs a case: a case built in code, or the path of a `case.json` or its folder.
 * @throws CosimError when the case has faults, the run fails or is called off.
 */
export async function run(given: CaseFile | string, options: RunOptions = {}): Promise<RunResult> {
  const { federates = {}, hosts = "1", broker = "inside", ledger, onProgress } = options;
  const source: CaseSource =
    typeof given === "string"
      ? readCase(given)
      : { file: "The case", folder: options.folder ?? process.cwd(), value: given };
  const load = (use: string, folder: string) =>
    Object.hasOwn(federates, use) ? Promise.resolve(federates[use]) : loadFederate(use, folder);
  const checked = await requireCase(source, load);
  const deployment = readDeployment({ hosts, broker, ledger }, checked);
  const { name: caseName, seed } = checked.case;
  const folder = createRunFolder({ out: options.out, caseName, seed, startedAt: new Date() });
  const signal = options.signal ?? new AbortController().signal;
  const { manifest, summary } = await execute({ checked, folder, deployment, command: ["run"], signal, onProgress });
  const { error } = manifest;
  if (error === undefined) return { folder, manifest, summary };
  throw new CosimError(error.code, error.message, { party: error.party, stamp: error.stamp, log: error.log });
}
