import { PUBLISHED_HOUSES } from "../neighbourhood/data/houses.js";
import { drawAgent, hvacAgent, type AgentRanges } from "../neighbourhood/agents.js";
import type { HousePlace, KnownHouse } from "../neighbourhood/premises.js";
import type { ControllerEntry } from "../../federates/packets/controllers.js";
import { PUBLISHED_PEM_AGENTS } from "./data/agents.js";
import { HOUSES_ON_B_AND_C } from "./data/houses.js";

/** The published sixty houses at their places: those on phase A are the published PET case's. */
export const publishedHouse: KnownHouse = ({ phase, label }) =>
  phase === "A" ? PUBLISHED_HOUSES[Number(label.slice(1))] : HOUSES_ON_B_AND_C[label];

/** Ranges from which the published generator draws an agent of this case, in its order; hours and °F unless named. */
const RANGES: AgentRanges = {
  wakeupHour: [5, 7.5],
  daylightHour: [8, 10],
  eveningHour: [16, 19.5],
  nightHour: [20, 23.5],
  wakeupF: [78, 82],
  daylightF: [82, 86],
  eveningF: [78, 82],
  nightF: [75, 80],
  weekendDayHour: [8, 9],
  weekendDayF: [76, 84],
  weekendNightHour: [22, 24],
  weekendNightF: [72, 74],
  deadbandF: [3, 6],
  offsetLimitF: [2, 4],
  rampSigmas: [0.5, 3],
  priceCapUsdPerKwh: [1, 3],
};

/** Controllers of the houses in their order: the published sixty, drawn ones at other places. */
export function controllerEntries(places: readonly HousePlace[], seed: number): ControllerEntry[] {
  return places.map(({ house, label }) => {
    const { schedule, deadbandF } = hvacAgent(PUBLISHED_PEM_AGENTS[label] ?? drawAgent(house, seed, RANGES));
    return { house, agent: { schedule, deadbandF } };
  });
}
