import { localMoment } from "../../models/index.js";
import {
  initialStatistics,
  nextBasePointF,
  observePrice,
  pooledStatistics,
  priceOffsetF,
  priceWindow,
  rampPriceUsdPerKwh,
  scheduledF,
  type HvacAgent,
  type PriceStatistics,
  type PriceWindow,
} from "../../methods/index.js";
import type { Behaviour } from "../../runtime/index.js";
import type { MarketBids } from "../market/market-round.js";

/** The price to which set-points respond. */
export type ResponsePrice = "clearing-price" | "lmp" | "off";

/** What all agents share. */
export interface ThermostatSetting {
  readonly behaviour: Behaviour;
  readonly startsAtLocalSeconds: number;
  readonly marketSeconds: number;
  readonly bidSeconds: number;
  readonly priceCapUsdPerKwh: number;
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
export interface ThermostatAgents extends ThermostatSetting {
  readonly agents: readonly HvacAgent[];
  /** 1 where the house responds to the price. */
  readonly participates: Uint8Array;
  readonly basePointF: Float64Array;
  readonly offsetF: Float64Array;
  readonly setpointF: Float64Array;
  /** What each unit drew when it last ran, kW; 0 before it ever did. */
  readonly runningKw: Float64Array;
  prices: PriceWindow;
  rounds: number;
  nextBidSeconds: number;
}

const INITIAL_BASE_POINT_F = 80.6;
const SECONDS_OF_A_DAY = 86_400;

/** Agents before they look at their houses: every set-point at the published first base point. */
export function createThermostatAgents(
  agents: readonly HvacAgent[],
  participates: Uint8Array,
  setting: ThermostatSetting,
): ThermostatAgents {
  const vector = (value = 0) => new Float64Array(agents.length).fill(value);
  return {
    ...setting,
    agents,
    participates,
    basePointF: vector(INITIAL_BASE_POINT_F),
    offsetF: vector(),
    setpointF: vector(INITIAL_BASE_POINT_F),
    runningKw: vector(),
    prices: priceWindow(Math.max(1, Math.round(SECONDS_OF_A_DAY / setting.marketSeconds))),
    rounds: 0,
    nextBidSeconds: setting.bidSeconds,
  };
}

/** Follows the schedules, and remembers what running units draw. Published agents know the whole hour of the clock only. */
export function followSchedule(state: ThermostatAgents, hvacLoad: Float64Array, seconds: number): void {
  const { agents, basePointF, runningKw, startsAtLocalSeconds, behaviour } = state;
  const { hour, weekday } = localMoment(startsAtLocalSeconds + seconds);
  const clock = behaviour === "published" ? Math.floor(hour) : hour;
  const isWeekend = weekday === 0 || weekday === 6;
  for (let i = 0; i < agents.length; i++) {
    basePointF[i] = nextBasePointF(basePointF[i], scheduledF(agents[i].schedule, clock, isWeekend));
    if (hvacLoad[i] > 0) runningKw[i] = hvacLoad[i];
  }
}

/** Moves every set-point to its base point and the price's offset. Returns whether any has moved. */
export function moveSetpoints({ basePointF, offsetF, setpointF }: ThermostatAgents): boolean {
  let hasMoved = false;
  for (let i = 0; i < setpointF.length; i++) {
    const wantedF = basePointF[i] + offsetF[i];
    hasMoved ||= wantedF !== setpointF[i];
    setpointF[i] = wantedF;
  }
  return hasMoved;
}

function statisticsOf({ behaviour, prices }: ThermostatAgents): PriceStatistics {
  return behaviour === "published" ? initialStatistics : pooledStatistics(prices);
}

/**
 * Lets participants answer to a price: the offset is the inverse of the ramp that they bid by, so that a house whose bid is
 * above the price is warmer than its new set-point. Statistics are those of the prices before.
 */
export function respond(state: ThermostatAgents, priceUsdPerKwh: number): void {
  const statistics = statisticsOf(state);
  const { agents, participates, offsetF } = state;
  for (let i = 0; i < agents.length; i++)
    offsetF[i] = participates[i] === 1 ? priceOffsetF(agents[i], priceUsdPerKwh, statistics) : 0;
  state.prices = observePrice(state.prices, priceUsdPerKwh);
}

/**
 * Bids of all houses and, as the last entry, of the rest of the feeder. A participant bids for what its unit last drew, at the
 * price of its ramp; the rest is the feeder's load less the bidding units that run, demand at any price.
 */
export function bid(state: ThermostatAgents, { airTemperature, hvacLoad, feederKw }: Seen): MarketBids {
  const { agents, participates, basePointF, runningKw, priceCapUsdPerKwh } = state;
  const statistics = statisticsOf(state);
  const bidding = (i: number) => participates[i] === 1 && runningKw[i] > 0;
  const price = (agent: HvacAgent, i: number) =>
    Math.min(priceCapUsdPerKwh, rampPriceUsdPerKwh(agent, airTemperature[i] - basePointF[i], statistics));
  let restKw = feederKw;
  for (let i = 0; i < agents.length; i++) if (bidding(i)) restKw -= hvacLoad[i];
  return {
    role: [...agents.map((_, i) => (bidding(i) ? "buyer" : "none-participant")), "none-participant"],
    priceUsdPerKwh: [...agents.map((agent, i) => (bidding(i) ? price(agent, i) : 0)), 0],
    quantityKw: [...agents.map((_, i) => (bidding(i) ? runningKw[i] : 0)), 0],
    uncoveredKw: [...agents.map(() => 0), Math.max(0, restKw)],
    trades: [...agents.map((_, i) => bidding(i)), true],
    hvacNeeded: [...agents.map((_, i) => hvacLoad[i] > 0), true],
  };
}
