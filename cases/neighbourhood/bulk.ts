import { nineBus } from "../../models/index.js";
import type { BulkFile, FeederConnection } from "../../federates/bulk/bulk-system.js";
import { BULK_LOAD_MW } from "./data/bulk-load.js";

/** Houses for which the published feeder stands 250 times in the bulk system. */
const PUBLISHED_HOUSES = 30;
const PUBLISHED_SCALE = 250;

/** Buses of the nine-bus system at which feeders hang, the published one first: those that have loads. */
export const FEEDER_BUSES = [7, 5, 9] as const;

/** For how many feeders one of so many houses stands: fewer, the more houses, so that all together are a load of about 60 MW. */
export function feederScale(houses: number): number {
  return (PUBLISHED_SCALE * PUBLISHED_HOUSES) / houses;
}

/** Feeders at the first buses of `FEEDER_BUSES`, each with the dispatchable load that `bulkFile` has for it. */
export function feederConnections(count: number, scale: number): FeederConnection[] {
  const firstUnit = nineBus.generators.length - 1;
  return FEEDER_BUSES.slice(0, count).map((bus, f) => ({ bus, scale, unit: firstUnit + f }));
}

/** The nine-bus system with its daily load, the outages of unit 3 and a dispatchable load for each of some feeders. */
export function bulkFile(feeders = 1): BulkFile {
  const [published] = nineBus.generators.slice(-1);
  const further = FEEDER_BUSES.slice(1, feeders).map(bus => ({ ...published, bus }));
  return {
    bulk: { ...nineBus, generators: [...nineBus.generators, ...further] },
    load: { buses: [7, 5, 9], periodSeconds: 300, leadSeconds: 15, mw: BULK_LOAD_MW },
    outages: [
      { unit: 2, fromS: 108_000, toS: 154_800 },
      { unit: 2, fromS: 280_800, toS: 327_600 },
    ],
    dispatch: { periodSeconds: 300, offsetSeconds: 285 },
    swing: { unit: 1, aboveMw: 180, toBus: 9 },
    initialPriceUsdPerKwh: 0.02078,
  };
}
