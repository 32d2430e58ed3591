import {
  initialStatistics,
  observePrice,
  pooledStatistics,
  priceWindow,
  rampPriceUsdPerKwh,
  type HvacAgent,
  type PriceStatistics,
  type PriceWindow,
} from "../../methods/index.js";
import { firstTurn, type BidderSetting, type MarketTurn } from "../agents/market-turn.js";
import {
  answerPrice,
  createSetpoints,
  heardPrice,
  type PricedSetpoints,
  type ResponsePrice,
} from "../agents/price-response.js";
import { followSchedules } from "../agents/watching.js";
import type { MarketBids, MarketRound } from "../market/market-round.js";

/** What all agents share. */
export interface ThermostatSetting extends BidderSetting {
  readonly trades: boolean;
  readonly demandResponse: ResponsePrice;
}

/** What the agents see of their houses and of the feeder. */
export interface Seen {
  readonly airTemperature: Float64Array;
  readonly hvacLoad: Float64Array;
  /** Real power of the whole feeder at its substation. */
  readonly feederKw: number;
}

/** The agents while they run: plain data, one vector element for each house. */
export interface ThermostatAgents extends ThermostatSetting, MarketTurn, PricedSetpoints {
  readonly agents: readonly { readonly agent: HvacAgent }[];
  /** What each unit drew when it last ran, kW; 0 before it ever did. */
  readonly runningKw: Float64Array;
  prices: PriceWindow;
}

const SECONDS_OF_A_DAY = 86_400;

/** Agents before they look at their houses: every set-point at the published first base point. */
export function createThermostatAgents(
  agents: readonly { readonly agent: HvacAgent }[],
  responds: Uint8Array,
  setting: ThermostatSetting,
): ThermostatAgents {
  return {
    ...setting,
    ...createSetpoints(responds),
    ...firstTurn(setting),
    agents,
    runningKw: new Float64Array(agents.length),
    prices: priceWindow(Math.max(1, Math.round(SECONDS_OF_A_DAY / setting.marketSeconds))),
  };
}

/** Follows the schedules, and remembers what running units draw. */
export function followSchedule(state: ThermostatAgents, hvacLoad: Float64Array, seconds: number): void {
  followSchedules(state, seconds);
  for (let i = 0; i < hvacLoad.length; i++) if (hvacLoad[i] > 0) state.runningKw[i] = hvacLoad[i];
}

function statisticsOf({ behaviour, prices }: ThermostatAgents): PriceStatistics {
  return behaviour === "published" ? initialStatistics : pooledStatistics(prices);
}

/** Hears a round: set-points answer to its price by the statistics of the prices before. */
export function hearRound(state: ThermostatAgents, round: MarketRound): void {
  const priceUsdPerKwh = heardPrice(state.demandResponse, round);
  state.rounds = round.totals.rounds;
  if (priceUsdPerKwh === undefined) return;
  answerPrice(state, state.agents, priceUsdPerKwh, statisticsOf(state));
  state.prices = observePrice(state.prices, priceUsdPerKwh);
}

/**
 * Bids of all houses and, as the last entry, of the rest of the feeder. A participant bids for what its unit last drew, at the
 * price of its ramp; the rest is the feeder's load less the bidding units that run, demand at any price.
 */
export function bid(state: ThermostatAgents, { airTemperature, hvacLoad, feederKw }: Seen): MarketBids {
  const { agents, responds, basePointF, runningKw } = state;
  const statistics = statisticsOf(state);
  const bidding = (i: number) => responds[i] === 1 && runningKw[i] > 0;
  const price = (agent: HvacAgent, i: number) =>
    rampPriceUsdPerKwh(agent, airTemperature[i] - basePointF[i], statistics);
  let restKw = feederKw;
  for (let i = 0; i < agents.length; i++) if (bidding(i)) restKw -= hvacLoad[i];
  return {
    role: [...agents.map((_, i) => (bidding(i) ? "buyer" : "none-participant")), "none-participant"],
    priceUsdPerKwh: [...agents.map(({ agent }, i) => (bidding(i) ? price(agent, i) : 0)), 0],
    quantityKw: [...agents.map((_, i) => (bidding(i) ? runningKw[i] : 0)), 0],
    uncoveredKw: [...agents.map(() => 0), Math.max(0, restKw)],
    trades: [...agents.map((_, i) => bidding(i)), true],
    hvacNeeded: [...agents.map((_, i) => hvacLoad[i] > 0), true],
  };
}
