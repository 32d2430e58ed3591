import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { CosimError } from "../broker/wire/index.js";
import { CaseInvalid } from "../cases/check.js";
import { loadPreset, readOptions } from "../cases/index.js";
import { override } from "../cases/overrides.js";
import { readBySchema } from "../cases/schema-faults.js";
import { cannotWrite, writeAtomic } from "./run/atomic-file.js";

/** Where a preset's case goes, and what varies it. */
export interface Generation {
  readonly folder: string;
  readonly options?: Readonly<Record<string, unknown>>;
  /** `path=value`, applied to the case. */
  readonly set?: readonly string[];
}

/**
 * Writes the case of a preset: `case.json`, `README.md` and the profiles that it names.
 * @returns the names of the files.
 * @throws CosimError `COSIM_OPTION_INVALID` with every option that does not fit; CaseInvalid.
 */
export async function generateCase(name: string, { folder, options = {}, set = [] }: Generation): Promise<string[]> {
  const preset = await loadPreset(name);
  const { values, faults } = readOptions(preset.options, options);
  if (faults.length > 0) throw new CosimError("COSIM_OPTION_INVALID", faults.map(fault => fault.problem).join("\n  "));
  const generated = await preset.generate(values as never);
  const value = override(generated.case, set);
  const reading = readBySchema(value);
  if (reading.case === undefined) throw new CaseInvalid(`The case of preset "${name}"`, reading.faults);
  const files = {
    ...generated.files,
    "README.md": generated.readme,
    "case.json": `${JSON.stringify(value, undefined, 2)}\n`,
  };
  for (const [path, data] of Object.entries(files)) writeInto(folder, path, data);
  return Object.keys(files);
}

function writeInto(folder: string, path: string, data: string | Uint8Array): void {
  const target = join(folder, path);
  try {
    mkdirSync(dirname(target), { recursive: true });
  } catch (cause) {
    throw cannotWrite(dirname(target), cause);
  }
  writeAtomic(target, data);
}
