import { CosimError } from "../../broker/wire/index.js";
import { housePlaces, type HousePlace } from "./premises.js";

/** One of a case's feeders. */
export interface FeederPlaces {
  /** Ends the names of its parts: none for the first, `_F1`, `_F2` for the others. */
  readonly suffix: string;
  readonly places: readonly HousePlace[];
  /** Houses on the feeders before it. */
  readonly first: number;
}

/**
 * Shares houses out over feeders as evenly as they can be, the first houses to the first feeder.
 * @throws CosimError `COSIM_OPTION_INVALID` when a feeder would have no house.
 */
export function feedersOf(houses: number, feeders: number): FeederPlaces[] {
  if (feeders > houses) {
    const problem = `--feeders is ${feeders}, but there are only ${houses} houses. Give every feeder one at least.`;
    throw new CosimError("COSIM_OPTION_INVALID", problem);
  }
  return Array.from({ length: feeders }, (_, f) => {
    const first = Math.ceil((f * houses) / feeders);
    const count = Math.ceil(((f + 1) * houses) / feeders) - first;
    return { suffix: f === 0 ? "" : `_F${f}`, places: housePlaces(count, `F${f}`), first };
  });
}
