import { CosimError, type Fault } from "../../broker/wire/index.js";
import { readJsonFile } from "../../runtime/index.js";
import { fileFaults } from "../file-faults.js";

/**
 * The list of this name in a JSON file beside the case: one entry for each of some houses.
 * @throws CosimError `COSIM_DATA_INVALID` naming the file and what is wrong with it.
 */
export function readHouseList<T>(folder: string, file: string, list: string): readonly T[] {
  const content = readJsonFile(folder, file) as Readonly<Record<string, unknown>> | null;
  const entries = content?.[list];
  if (Array.isArray(entries)) return entries as T[];
  throw new CosimError("COSIM_DATA_INVALID", `${file} holds no list "${list}".`);
}

/** Which houses a list shall have, and the parameters that name its file and them. */
export interface WantedHouses {
  readonly path: string;
  readonly houses: readonly string[];
  readonly housesPath: string;
}

/** Faults of such a list: it cannot be read, its houses are not those that are wanted, or what `look` finds in an entry. */
export function houseListFaults<T extends { readonly house: string }>(
  { path, houses, housesPath }: WantedHouses,
  read: () => readonly T[],
  look: (entry: T) => readonly Fault[] = () => [],
): readonly Fault[] {
  try {
    const entries = read();
    const differs = houses.findIndex((name, i) => entries[i]?.house !== name);
    if (differs < 0 && entries.length === houses.length) return entries.flatMap(look);
    const place = differs < 0 ? houses.length : differs;
    const cure = "Correct that file, or generate the case anew.";
    return [{ path, problem: `Its houses differ from ${housesPath}, first at place ${place}.`, cure }];
  } catch (error) {
    return fileFaults(path, error);
  }
}
