import type { Fault } from "../../broker/wire/index.js";
import type { HvacAgent } from "../../methods/index.js";
import { houseListFaults, readHouseList } from "./house-list.js";

/** One household of the agents' file. */
export interface AgentEntry {
  readonly house: string;
  /** Price at which the house sells its surplus. */
  readonly sellerPriceUsdPerKwh: number;
  readonly agent: HvacAgent;
}

/** What the agents' file of a case holds; some agents tell more than others. */
export interface AgentsFile<T = AgentEntry> {
  readonly agents: readonly T[];
}

/** The parameters that name the file and its houses. */
export interface AgentsSettings {
  readonly agents: string;
  readonly houses: readonly string[];
}

/**
 * The agents of a case.
 * @throws CosimError `COSIM_DATA_INVALID` naming the file and what is wrong with it.
 */
export function readAgents<T = AgentEntry>({ agents }: Pick<AgentsSettings, "agents">, folder: string): readonly T[] {
  return readHouseList<T>(folder, agents, "agents");
}

/** Faults of the agents' file, and what `look` finds in each entry. */
export function agentsFaults<T extends { readonly house: string }>(
  settings: AgentsSettings,
  { folder }: { readonly folder: string },
  look?: (entry: T) => readonly Fault[],
): readonly Fault[] {
  const wanted = { path: "params.agents", houses: settings.houses, housesPath: "params.houses" };
  return houseListFaults(wanted, () => readAgents<T>(settings, folder), look);
}

/** Width of the dead band of each house. */
export function deadbandsF(agents: readonly { readonly agent: Pick<HvacAgent, "deadbandF"> }[]): Float64Array {
  return Float64Array.from(agents, ({ agent }) => agent.deadbandF);
}
