import {
  actualKw,
  advancePremises,
  createPremises,
  localSeconds,
  runningHvacKw,
  updateLoads,
  type Premises,
  type PremisesDescription,
  type PremisesSetting,
} from "../../models/index.js";
import type { Behaviour } from "../../runtime/index.js";
import type { AgentEntry } from "../agents/agents-file.js";
import { observe, switchCooling, type Measured } from "../agents/watching.js";
import {
  createMarket,
  holdRound,
  type HeldMarket,
  type Market,
  type MarketBids,
  type MarketSettings,
} from "../market/market-round.js";
import { bid, control, createHouseholds, listBids, type Households } from "./households.js";

/** A neighbourhood without its feeder and batteries: houses at their nominal voltage, their agents, the auction and the utility's price. */
export interface TradingWorldDescription {
  readonly premises: readonly PremisesDescription[];
  readonly site: PremisesSetting["site"];
  readonly schedules: PremisesSetting["schedules"];
  readonly agents: readonly AgentEntry[];
  /** Local clock time of second 0, as `2013-07-01 00:00:00`. */
  readonly start: string;
  readonly days: number;
  readonly behaviour: Behaviour;
  /** Every 300 s: degF, 1, W/ft2 and W/ft2 (temperature, humidity, direct and diffuse sun), further columns ignored. */
  readonly weather: readonly (readonly number[])[];
  readonly utilityKw: number;
  /** Price at which the utility sells, USD/kWh, while the houses take so much from the grid. */
  utilityPrice(seconds: number, housesKw: number): number;
}

/** The neighbourhood while it runs. */
export interface TradingWorld {
  readonly description: TradingWorldDescription;
  readonly premises: Premises;
  readonly households: Households;
  readonly market: Market;
  readonly measured: Measured;
  seconds: number;
}

const MARKET_SECONDS = 300;
const STEP_SECONDS = 15;
const INVERTER_EFFICIENCY = 0.9;
const PRICE_CAP_USD_PER_KWH = 1;
const INITIAL_PRICE_USD_PER_KWH = 0.02078;

/** The neighbourhood at second 0, each house so much warmer than described (degF). */
export function createTradingWorld(description: TradingWorldDescription, warmerF: readonly number[]): TradingWorld {
  const { site, schedules, agents, start, behaviour } = description;
  const startsAtLocalSeconds = localSeconds(start);
  const premises = createPremises(warmed(description.premises, warmerF), {
    ...{ site, schedules, startsAtLocalSeconds },
    limitsPvToArray: behaviour === "corrected",
  });
  const vector = () => new Float64Array(agents.length);
  const world: TradingWorld = {
    description,
    premises,
    households: createHouseholds(agents, {
      ...{ behaviour, startsAtLocalSeconds, marketSeconds: MARKET_SECONDS, bidSeconds: 0 },
      ...{ inverterEfficiency: INVERTER_EFFICIENCY, variant: "pet-rl", givenPrices: [] },
    }),
    market: openMarket(description),
    measured: {
      airTemperature: premises.thermal.airF,
      hvacLoad: premises.hvac.kw,
      hvacPower: vector(),
      houseLoad: vector(),
      pvAvailable: premises.pv.dcKw,
    },
    seconds: 0,
  };
  lookAtHouses(world);
  return world;
}

function warmed(described: readonly PremisesDescription[], warmerF: readonly number[]): PremisesDescription[] {
  return described.map(({ house, ...premises }, i) => ({
    ...premises,
    house: {
      ...house,
      airTemperatureF: house.airTemperatureF + warmerF[i],
      massTemperatureF: house.massTemperatureF + warmerF[i],
    },
  }));
}

function openMarket({ agents, utilityKw, behaviour }: TradingWorldDescription): Market {
  const houses = agents.map(({ house }) => house);
  const settings: MarketSettings = {
    ...{ houses, utilityKw, rule: "uniform", periodSeconds: MARKET_SECONDS },
    priceCapUsdPerKwh: PRICE_CAP_USD_PER_KWH,
    initialPriceUsdPerKwh: INITIAL_PRICE_USD_PER_KWH,
    statistics: { windowSeconds: 86_400 },
  };
  return createMarket(settings, { name: "market", behaviour, seed: 0 });
}

/** Every household's bid at the present moment, by its ramp. */
export function bidByRamp({ households, measured }: TradingWorld): MarketBids {
  return bid(households, measured);
}

/** Clears the round with the households' present bids; they act on it for a period, which then is over. */
export function tradeForPeriod(world: TradingWorld): HeldMarket {
  const { households, market, measured, description } = world;
  const { acKw } = world.premises.pv;
  const housesKw = measured.houseLoad.reduce((sum, kw, i) => sum + kw - acKw[i], 0);
  const held = holdRound(market, listBids(households.bids), description.utilityPrice(world.seconds, housesKw));
  control(households, held, world.seconds);
  for (let step = 0; step < MARKET_SECONDS / STEP_SECONDS; step++) moveHouses(world);
  return held;
}

/** True when the last day is over. */
export function isOver({ seconds, description }: TradingWorld): boolean {
  return seconds >= 86_400 * description.days;
}

function moveHouses(world: TradingWorld): void {
  const { households, premises } = world;
  const { commands } = premises;
  switchCooling(households, world.seconds);
  commands.cooling.set(households.cooling);
  commands.pvKw.set(households.pvSetpointKw);
  updateHouses(world);
  advancePremises(premises, STEP_SECONDS);
  world.seconds += STEP_SECONDS;
  lookAtHouses(world);
}

/** What the houses draw now, as their agents see it. */
function lookAtHouses(world: TradingWorld): void {
  updateHouses(world);
  const { premises, measured, households, seconds } = world;
  for (let i = 0; i < measured.houseLoad.length; i++) {
    measured.houseLoad[i] = actualKw(premises.loads.house, i, premises.commands.voltagePu[i]);
  }
  observe(households, measured, seconds);
}

function updateHouses({ premises, measured, seconds, description }: TradingWorld): void {
  const { weather } = description;
  const [outdoorF, relativeHumidity, directNormalWPerSqft, diffuseHorizontalWPerSqft] =
    weather[Math.min(Math.floor(seconds / 300), weather.length - 1)];
  updateLoads(premises, {
    ...{ simulatedSeconds: seconds, holdSeconds: STEP_SECONDS },
    ...{ outdoorF, relativeHumidity, directNormalWPerSqft, diffuseHorizontalWPerSqft },
  });
  runningHvacKw(premises, outdoorF, measured.hvacPower);
}
