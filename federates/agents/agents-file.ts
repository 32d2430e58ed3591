import type { ZodType } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import type { HvacAgent } from "../../methods/index.js";
import { schemaFaults, type SetupContext } from "../../runtime/index.js";
import { houseListFaults, readHouseList } from "./house-list.js";

/** One household of the agents' file. */
export interface AgentEntry {
  readonly house: string;
  /** Price at which the house sells its surplus. */
  readonly sellerPriceUsdPerKwh: number;
  readonly agent: HvacAgent;
}

/** The parameters that name the file and its houses, and what none of them bids above. */
export interface AgentsSettings {
  readonly agents: string;
  readonly houses: readonly string[];
  readonly priceCapUsdPerKwh?: number;
}

/** What every entry tells; some tell more. */
interface CheckedEntry extends Pick<AgentEntry, "house">, Partial<Pick<AgentEntry, "sellerPriceUsdPerKwh">> {
  readonly agent: Partial<Pick<HvacAgent, "priceCapUsdPerKwh">>;
}

const PATH = "params.agents";

/**
 * The agents of a case.
 * @throws CosimError `COSIM_DATA_INVALID` naming the file and what is wrong with it.
 */
export function readAgents<T = AgentEntry>({ agents }: Pick<AgentsSettings, "agents">, folder: string): readonly T[] {
  return readHouseList<T>(folder, agents, "agents");
}

/** Faults of the agents' file: of the whole, of entries that are not made as they should be, and of corrected agents that may bid above the market's cap. */
export function agentsFaults(
  settings: AgentsSettings,
  { folder, behaviour }: Pick<SetupContext, "folder" | "behaviour">,
  schema: ZodType,
): readonly Fault[] {
  const { houses, priceCapUsdPerKwh = Infinity } = settings;
  const wanted = { path: PATH, houses, housesPath: "params.houses" };
  const capUsdPerKwh = behaviour === "corrected" ? priceCapUsdPerKwh : Infinity;
  const look = (entry: CheckedEntry) => {
    const faults = entryFaults(entry, schema);
    return faults.length > 0 ? faults : capFaults(entry, capUsdPerKwh);
  };
  return houseListFaults(wanted, () => readAgents<CheckedEntry>(settings, folder), look);
}

function entryFaults(entry: CheckedEntry, schema: ZodType): Fault[] {
  const { error } = schema.safeParse(entry);
  if (error === undefined) return [];
  const cure = "Correct that file, or generate the case anew.";
  const faults = schemaFaults(error, entry, { schema, path: entry.house, stranger: "is not known.", cure });
  return faults.map(({ path, problem }) => ({ path: PATH, problem: `${path} ${problem}`, cure }));
}

function capFaults({ house, sellerPriceUsdPerKwh, agent }: CheckedEntry, capUsdPerKwh: number): Fault[] {
  const prices = { "agent.priceCapUsdPerKwh": agent.priceCapUsdPerKwh, sellerPriceUsdPerKwh };
  return Object.entries(prices).flatMap(([name, price = 0]) => {
    if (price <= capUsdPerKwh) return [];
    const problem = `${house}.${name} is ${price}, above the market's cap of ${capUsdPerKwh} USD/kWh.`;
    const cure = `Give ${capUsdPerKwh} or less, or raise priceCapUsdPerKwh here and in the market.`;
    return [{ path: PATH, problem, cure }];
  });
}

/** Width of the dead band of each house. */
export function deadbandsF(agents: readonly { readonly agent: Pick<HvacAgent, "deadbandF"> }[]): Float64Array {
  return Float64Array.from(agents, ({ agent }) => agent.deadbandF);
}
