import type { BulkFile } from "../federates/bulk/bulk-system.js";
import { ModelError, readMatpower, type BulkCase } from "../models/index.js";
import { readModel } from "./model-faults.js";

/** A MATPOWER case and the buses at which feeders are to hang. */
export interface BulkSource {
  /** Name of the file, for messages. */
  readonly name: string;
  readonly text: string;
  readonly feederBuses: readonly number[];
}

/** What the bulk federate reads, and the parameters that go with it. */
export interface ImportedBulk {
  readonly file: BulkFile;
  readonly params: { readonly generators: readonly string[]; readonly feeders: readonly object[] };
}

/**
 * A bulk system with constant loads, without outages, and with a dispatchable load for each feeder.
 * @throws CosimError `COSIM_DATA_INVALID` with every fault of the case, or a feeder's bus that it does not have.
 */
export function bulkSystemFile({ name, text, feederBuses }: BulkSource): ImportedBulk {
  const bulk = readModel(() => withFeeders(readMatpower(text, name), { name, feederBuses }));
  const first = bulk.generators.length - feederBuses.length;
  const feeders = feederBuses.map((bus, f) => ({ ...(f > 0 && { name: `_F${f}` }), bus, scale: 1, unit: first + f }));
  return {
    file: {
      bulk,
      load: { buses: [], periodSeconds: 300, leadSeconds: 0, mw: [[]] },
      outages: [],
      dispatch: { periodSeconds: 300, offsetSeconds: 285 },
      swing: swingOf(bulk),
      initialPriceUsdPerKwh: 0,
    },
    params: { generators: bulk.generators.map((_, k) => String(k + 1)), feeders },
  };
}

function withFeeders(bulk: BulkCase, { name, feederBuses }: Omit<BulkSource, "text">): BulkCase {
  const unknown = feederBuses.filter(number => !bulk.buses.some(bus => bus.number === number));
  if (unknown.length > 0) {
    const known = bulk.buses.map(bus => bus.number).join(", ");
    throw new ModelError("MODEL_MATPOWER", [`${name}: There is no bus ${unknown.join(", ")}. Buses are ${known}.`]);
  }
  const loads = feederBuses.map(bus => ({
    ...{ bus, inService: true, outputMw: 0, outputMvar: 0, minMw: 0, maxMw: 0, minMvar: 0, maxMvar: 0 },
    ...{ voltagePu: bulk.buses.find(({ number }) => number === bus)?.voltagePu ?? 1, cost: { c2: 0, c1: 0, c0: 0 } },
  }));
  return { ...bulk, generators: [...bulk.generators, ...loads] };
}

/** The balance stays at the swing bus, whatever its unit gives. */
function swingOf({ buses, generators }: BulkCase): BulkFile["swing"] {
  const toBus = buses.find(({ kind }) => kind === "swing")?.number ?? 0;
  const unit = generators.findIndex(generator => generator.bus === toBus && generator.inService);
  return { unit, aboveMw: generators[unit].maxMw, toBus };
}
