import { basename } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import { bulkSystemFile, type ImportedBulk } from "../../cases/bulk-system-file.js";
import { readText, writePart } from "./files.js";

/** A MATPOWER case, and where the system goes. */
export interface BulkImport {
  readonly file: string;
  readonly out: string;
  /** Buses of feeders, as `7,5`. */
  readonly feederBuses: string;
}

const SYSTEM = "bulk.json";

/**
 * Writes `bulk.json` from a MATPOWER case; returns its path and the parameters of a bulk federate.
 * @throws CosimError `COSIM_OPTION_INVALID`, `COSIM_DATA_INVALID`, `COSIM_RUN_FOLDER`.
 */
export function importBulk({ file, out, feederBuses }: BulkImport): ImportedBulk & { readonly path: string } {
  if (!/^\d+(,\d+)*$/.test(feederBuses)) {
    const problem = `--feeder-buses is "${feederBuses}". Write the numbers of buses as 7,5.`;
    throw new CosimError("COSIM_OPTION_INVALID", problem);
  }
  const buses = feederBuses.split(",").map(Number);
  const imported = bulkSystemFile({ name: basename(file), text: readText(file), feederBuses: buses });
  return { ...imported, path: writePart(out, SYSTEM, `${JSON.stringify(imported.file, undefined, 1)}\n`) };
}
