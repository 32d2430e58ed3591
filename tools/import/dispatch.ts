import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import { checkCase } from "../../cases/check.js";
import { importedCase, type IMPORT_OPTIONS } from "../../cases/dispatch/imported-case.js";
import type { OptionValues } from "../../cases/options.js";
import { whyUnreadable } from "../../runtime/index.js";
import { readText, writePart } from "./files.js";

/** A folder of tables, and where its case goes. */
export interface DispatchImport {
  readonly folder: string;
  readonly out: string;
  readonly options: OptionValues<typeof IMPORT_OPTIONS>;
}

/**
 * Writes a dispatch case of a folder's tables; returns the names of its files. Nothing is written while there are faults.
 * @throws CosimError `COSIM_DATA_INVALID` with every fault by file, line and column; `COSIM_RUN_FOLDER`.
 */
export async function importDispatch({ folder, out, options }: DispatchImport): Promise<readonly string[]> {
  const { case: shape, files, readme } = importedCase(tablesIn(folder), options);
  const texts = { ...files, "README.md": readme, "case.json": `${JSON.stringify(shape, undefined, 2)}\n` };
  const trial = mkdtempSync(join(tmpdir(), "gridloom-import-"));
  try {
    for (const [name, text] of Object.entries(files)) writePart(trial, name, text as string);
    const { faults } = await checkCase({ folder: trial, value: shape });
    if (faults.length > 0) {
      throw new CosimError("COSIM_DATA_INVALID", faults.map(({ problem }) => problem).join("\n  "));
    }
  } finally {
    rmSync(trial, { recursive: true, force: true });
  }
  for (const [name, text] of Object.entries(texts)) writePart(out, name, text as string);
  return Object.keys(texts);
}

function tablesIn(folder: string): Record<string, string> {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (cause) {
    throw new CosimError("COSIM_DATA_INVALID", `${folder} cannot be read: ${whyUnreadable(cause)}.`, { cause });
  }
  const tables = names.filter(name => name.endsWith(".csv")).sort();
  return Object.fromEntries(tables.map(name => [name, readText(join(folder, name))]));
}
