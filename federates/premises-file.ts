import type { PremisesDescription, PremisesSetting } from "../models/index.js";
import { readJsonParts } from "../runtime/index.js";

/** What the premises' file of a case holds. */
export interface PremisesFile {
  readonly site: PremisesSetting["site"];
  readonly schedules: PremisesSetting["schedules"];
  readonly premises: readonly PremisesDescription[];
}

/**
 * The premises of a case.
 * @throws CosimError `COSIM_DATA_INVALID` naming the file and what it lacks.
 */
export function readPremisesFile(folder: string, name: string): PremisesFile {
  return readJsonParts<PremisesFile>(folder, name, ["site", "schedules", "premises"]);
}
