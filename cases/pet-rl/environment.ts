import { tradingEnvironment, type LearnerPlace } from "../../federates/prosumers/trading-environment.js";
import type { TradingWorldDescription } from "../../federates/prosumers/trading-world.js";
import type { Environment } from "../../methods/index.js";
import { nineBus, optimalPowerFlow } from "../../models/index.js";
import { agents } from "../neighbourhood/agents.js";
import { bulkFile, feederScale } from "../neighbourhood/bulk.js";
import { APPLIANCE_SCHEDULES } from "../neighbourhood/data/schedules.js";
import { feederShare } from "../neighbourhood/parts/index.js";
import { housePlaces, premisesDescriptions, SITE } from "../neighbourhood/premises.js";
import { weatherRows } from "../neighbourhood/weather.js";

export type { Environment, Outcome } from "../../methods/index.js";

/** Which neighbourhood an agent learns in, and as whom. */
export interface MarketEnvironmentOptions extends Partial<LearnerPlace> {
  /** The first houses of `pet-rl`; default 30. */
  readonly houses?: number;
  /** Length of an episode, 1 to 4 days; default 1. */
  readonly days?: number;
  readonly behaviour?: "published" | "corrected";
  /** Seed of the houses beyond the published thirty. */
  readonly neighbourhoodSeed?: number;
}

/** Mean load of the feeder's building and other customers over the published four days, kW for thirty houses. */
const OTHER_LOAD_KW = 172;

/**
 * The market of `pet-rl` as one of its agents sees it, for any learning algorithm: houses, agents, auction and least-cost dispatch of
 * the bulk system, without batteries, feeder and power flow. By default the buyer of the first house, rewarded by the gain of its trades.
 * Throws a RangeError where there is no such house.
 */
export function marketEnvironment(options: MarketEnvironmentOptions = {}): Environment {
  const { house = 0, role = "buyer", reward = "gain" } = options;
  return tradingEnvironment(worldDescription(options), { house, role, reward });
}

/** The neighbourhood of an environment. */
export function worldDescription(options: MarketEnvironmentOptions): TradingWorldDescription {
  const { houses = 30, days = 1, behaviour = "corrected", neighbourhoodSeed = 0 } = options;
  const places = housePlaces(houses);
  const share = feederShare(houses);
  const price = dispatchPrice(houses);
  return {
    premises: premisesDescriptions(places, neighbourhoodSeed),
    agents: agents(places, neighbourhoodSeed, { behaviour }),
    site: SITE,
    schedules: APPLIANCE_SCHEDULES,
    start: "2013-07-01 00:00:00",
    weather: weatherRows(),
    ...{ days, behaviour },
    utilityKw: 5000 * share,
    utilityPrice: (seconds, housesKw) => price(seconds, housesKw + OTHER_LOAD_KW * share),
  };
}

/** Marginal price at the feeder's bus, USD/kWh, by the least-cost dispatch of the bulk system's own units. */
function dispatchPrice(houses: number): (seconds: number, feederKw: number) => number {
  const { load } = bulkFile();
  const generators = nineBus.generators.slice(0, -1);
  const [feederBus] = load.buses;
  const scale = feederScale(houses);
  return (seconds, feederKw) => {
    const row = load.mw[Math.floor((seconds + load.leadSeconds) / load.periodSeconds) % load.mw.length];
    const buses = nineBus.buses.map(bus => {
      const column = load.buses.indexOf(bus.number);
      const profileMw = column < 0 ? bus.loadMw : row[column];
      return { ...bus, loadMw: bus.number === feederBus ? profileMw + (scale * feederKw) / 1000 : profileMw };
    });
    const { priceUsdPerMwh } = optimalPowerFlow({ ...nineBus, generators, buses });
    return priceUsdPerMwh[nineBus.buses.findIndex(({ number }) => number === feederBus)] / 1000;
  };
}
