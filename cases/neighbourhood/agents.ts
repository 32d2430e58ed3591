import type { AgentEntry } from "../../federates/agents/agents-file.js";
import type { HvacAgent } from "../../methods/index.js";
import { RandomStream } from "../../runtime/index.js";
import { PUBLISHED_AGENTS, type PublishedAgent } from "./data/agents.js";
import { PRICE_CAP_USD_PER_KWH } from "./market.js";
import type { HousePlace } from "./premises.js";

/** Lowest and highest value of each attribute of an agent. */
export type AgentRanges = Readonly<Record<keyof PublishedAgent, readonly [low: number, high: number]>>;

/** Ranges from which the published generator draws an agent, in its order; hours and °F unless named. */
const RANGES: AgentRanges = {
  wakeupHour: [5, 6.5],
  daylightHour: [8, 9],
  eveningHour: [17, 18.5],
  nightHour: [22, 23.5],
  wakeupF: [78, 80],
  daylightF: [84, 86],
  eveningF: [78, 80],
  nightF: [72, 74],
  weekendDayHour: [8, 9],
  weekendDayF: [76, 84],
  weekendNightHour: [22, 24],
  weekendNightF: [72, 74],
  deadbandF: [2, 3],
  offsetLimitF: [2, 4],
  rampSigmas: [0.5, 3],
  priceCapUsdPerKwh: [1, 3],
};

/** Lowest and highest price at which a house sells its surplus, USD/kWh. */
const SELLER_PRICE_RANGE = [0.01, 0.015] as const;

/** How a case's agents differ from the published ones. */
export interface AgentOptions {
  /** Number of the first house's agent among all; 0 by default. */
  readonly first?: number;
  /** Corrected agents, the default, bid no more than the market's cap; published ones, as much as their own. */
  readonly behaviour?: "published" | "corrected";
  /** Dead band of every house; each household's own by default. */
  readonly deadBandF?: number;
}

/** Agents of the houses in their order: the published ones from the first on, drawn ones beyond the thirtieth. */
export function agents(places: readonly HousePlace[], seed: number, options: AgentOptions = {}): AgentEntry[] {
  const { first = 0, behaviour = "corrected", deadBandF } = options;
  const mostUsdPerKwh = behaviour === "published" ? Infinity : PRICE_CAP_USD_PER_KWH;
  return places.map(({ house }, k) => {
    const price = new RandomStream(seed, `${house}/seller price`).uniform(...SELLER_PRICE_RANGE);
    const number = first + k;
    const agent = hvacAgent(number < PUBLISHED_AGENTS.length ? PUBLISHED_AGENTS[number] : drawAgent(house, seed));
    return {
      house,
      sellerPriceUsdPerKwh: Math.round(price * 1e9) / 1e9,
      agent: {
        ...agent,
        deadbandF: deadBandF ?? agent.deadbandF,
        priceCapUsdPerKwh: Math.min(agent.priceCapUsdPerKwh, mostUsdPerKwh),
      },
    };
  });
}

/** A household's agent as the methods take it. */
export function hvacAgent(agent: PublishedAgent): HvacAgent {
  return {
    schedule: {
      wakeupStartH: agent.wakeupHour,
      daylightStartH: agent.daylightHour,
      eveningStartH: agent.eveningHour,
      nightStartH: agent.nightHour,
      wakeupF: agent.wakeupF,
      daylightF: agent.daylightF,
      eveningF: agent.eveningF,
      nightF: agent.nightF,
      weekendDayStartH: agent.weekendDayHour,
      weekendNightStartH: agent.weekendNightHour,
      weekendDayF: agent.weekendDayF,
      weekendNightF: agent.weekendNightF,
    },
    deadbandF: agent.deadbandF,
    offsetLimitF: agent.offsetLimitF,
    rampSigma: agent.rampSigmas,
    priceCapUsdPerKwh: agent.priceCapUsdPerKwh,
  };
}

/** An agent drawn from ranges, by default the published PET case's. */
export function drawAgent(house: string, seed: number, ranges = RANGES): PublishedAgent {
  const stream = new RandomStream(seed, `${house}/agent`);
  const drawn = Object.entries(ranges).map(([name, [low, high]]) => {
    const decimals = name === "rampSigmas" ? 1e4 : 1e3;
    return [name, Math.round(stream.uniform(low, high) * decimals) / decimals];
  });
  return Object.fromEntries(drawn) as unknown as PublishedAgent;
}
