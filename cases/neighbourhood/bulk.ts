import { nineBus } from "../../models/index.js";
import type { BulkFile } from "../../federates/bulk/bulk-system.js";
import { BULK_LOAD_MW } from "./data/bulk-load.js";

/** Houses for which the published feeder stands 250 times in the bulk system. */
const PUBLISHED_HOUSES = 30;
const PUBLISHED_SCALE = 250;

/**
 * The nine-bus system with its daily load, the outages of unit 3 and the feeder at bus 7.
 * The feeder's scale falls as its houses grow, so that it stays a load of about 60 MW.
 */
export function bulkFile(houses: number): BulkFile {
  return {
    bulk: nineBus,
    load: { buses: [7, 5, 9], periodSeconds: 300, leadSeconds: 15, mw: BULK_LOAD_MW },
    outages: [
      { unit: 2, fromS: 108_000, toS: 154_800 },
      { unit: 2, fromS: 280_800, toS: 327_600 },
    ],
    feeder: { bus: 7, scale: (PUBLISHED_SCALE * PUBLISHED_HOUSES) / houses, unit: 4 },
    dispatch: { periodSeconds: 300, offsetSeconds: 285 },
    swing: { unit: 1, aboveMw: 180, toBus: 9 },
    initialPriceUsdPerKwh: 0.02078,
  };
}
