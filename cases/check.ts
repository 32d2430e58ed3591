import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CosimError, formatFaults, type Fault } from "../broker/wire/index.js";
import { loadFederate } from "../federates/registry.js";
import { assemble, parseJson, whyUnreadable, type Assembly, type LoadFederate } from "../runtime/index.js";
import { applyRecord } from "./recording.js";
import { readAround, readBySchema } from "./schema-faults.js";
import type { Case } from "./schema.js";

/** A case as written, and the folder that its relative paths start from. */
export interface CaseSource {
  /** File that the case was read from; messages name it. */
  readonly file: string;
  readonly folder: string;
  readonly value: unknown;
}

/** A case that is free of faults. */
export interface CheckedCase {
  readonly case: Case;
  readonly folder: string;
  readonly assembly: Assembly;
}

/** What a check found: a case that can run, or every fault. */
export interface CaseCheck {
  readonly checked?: CheckedCase;
  readonly faults: readonly Fault[];
}

/** The error of a case with faults; `faults` has them as data. */
export class CaseInvalid extends CosimError {
  constructor(
    file: string,
    readonly faults: readonly Fault[],
  ) {
    super(
      "COSIM_CASE_INVALID",
      `${file} has ${faults.length} fault${faults.length === 1 ? "" : "s"}:\n${formatFaults(faults)}`,
    );
  }
}

/**
 * Reads a case: a `case.json`, or a folder that holds one.
 * @throws CosimError `COSIM_DATA_INVALID` when it is not there or is no JSON.
 */
export function readCase(path: string): CaseSource {
  const file = isFolder(path) ? join(path, "case.json") : path;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new CosimError("COSIM_DATA_INVALID", `The case ${file} cannot be read: ${whyUnreadable(cause)}.`, { cause });
  }
  return { file, folder: resolve(dirname(file)), value: parseJson(text, file) };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Finds every fault of a case: format, federates, parameters, data, ports, units, links and times. Writes nothing. */
export async function checkCase(
  { value, folder }: Omit<CaseSource, "file">,
  load: LoadFederate = loadFederate,
): Promise<CaseCheck> {
  const reading = readBySchema(value);
  const shape = reading.case ?? readAround(value);
  if (shape === undefined) return { faults: reading.faults };
  const { assembly, faults } = await assemble(applyRecord(shape), folder, load);
  const all = [...reading.faults, ...faults];
  if (reading.case === undefined || assembly === undefined || all.length > 0) return { faults: all };
  return { checked: { case: reading.case, folder, assembly }, faults: [] };
}

/**
 * As `checkCase`, for a case that is to run.
 * @throws CaseInvalid with every fault.
 */
export async function requireCase(source: CaseSource, load?: LoadFederate): Promise<CheckedCase> {
  const { checked, faults } = await checkCase(source, load);
  if (checked === undefined) throw new CaseInvalid(source.file, faults);
  return checked;
}
