import { CosimError } from "../../broker/wire/index.js";
import { agents } from "../neighbourhood/agents.js";
import { composeCase, type ComposedCase } from "../neighbourhood/part.js";
import {
  auctionPart,
  buildingPart,
  bulkPart,
  distributionPart,
  feederShare,
  settlementOptions,
  settlementParts,
  settleMode,
  thermostatBidders,
  thermostatsPart,
  weatherPart,
  type SettleMode,
} from "../neighbourhood/parts/index.js";
import { housePlacesByPhase, type HousePlace } from "../neighbourhood/premises.js";
import { WEATHER_DAYS } from "../neighbourhood/weather.js";
import { definePreset } from "../preset.js";
import { readme } from "./readme.js";

/** TESP's te30: thirty houses over three phases whose thermostats bid, with its twin that has no market. */
export default definePreset({
  name: "te30",
  doc: "Thermostats of houses over three phases bid for cooling and answer to the price; twins have no market.",
  options: {
    houses: {
      kind: "integer",
      default: 30,
      minimum: 1,
      maximum: 10_000,
      doc: "Houses, dealt to the phases evenly; the first 30 are published ones, further ones are drawn.",
    },
    phases: {
      kind: "choice",
      choices: ["ABC", "AB", "BC", "AC", "A", "B", "C"],
      default: "ABC",
      doc: "Phases that have houses.",
    },
    days: {
      kind: "integer",
      default: 2,
      minimum: 1,
      maximum: WEATHER_DAYS,
      unit: "d",
      doc: "Simulated days.",
    },
    step: {
      kind: "number",
      default: 15,
      minimum: 1,
      maximum: 300,
      unit: "s",
      doc: "Step of houses, thermostats and feeder.",
    },
    participation: {
      kind: "number",
      default: 1,
      minimum: 0,
      maximum: 1,
      doc: "Part of the houses that bid and answer to the price; the others follow their schedules.",
    },
    deadBand: {
      kind: "number",
      minimum: 0.1,
      maximum: 20,
      unit: "degF",
      doc: "Dead band of every thermostat; by default each household's own of 2 to 3 degF.",
    },
    cycleSeconds: {
      kind: "number",
      default: 120,
      minimum: 0,
      maximum: 3600,
      unit: "s",
      doc: "Shortest time between two switches of a cooling unit.",
    },
    ...settlementOptions,
    seed: { kind: "integer", default: 0, minimum: 0, doc: "Seed of everything that is drawn." },
  },
  generate: options => ({ ...te30Case(options), readme: readme(options) }),
});

interface Te30Settings {
  readonly houses: number;
  readonly phases: string;
  readonly days: number;
  /** Step of houses, thermostats and feeder, in seconds. */
  readonly step: number;
  readonly participation: number;
  readonly deadBand: number | undefined;
  readonly cycleSeconds: number;
  readonly seed: number;
  readonly settle: SettleMode | undefined;
}

const TWINS = {
  noMarket: ["federates.thermostats.params.trades=false", "federates.thermostats.params.demandResponse=off"],
  responseOnly: ["federates.thermostats.params.trades=false", "federates.thermostats.params.demandResponse=lmp"],
};

function te30Case({ step: stepSeconds, days, seed, participation, ...settings }: Te30Settings): ComposedCase {
  const places = placesOn(settings.phases, settings.houses);
  const houses = places.map(place => place.house);
  const scale = feederShare(houses.length);
  const settle = settleMode(settings.settle);
  const bidders = thermostatBidders(houses);
  const households = agents(places, seed, { deadBandF: settings.deadBand });
  const deadBandF = settings.deadBand ?? households.map(({ agent }) => agent.deadbandF);
  const heading = {
    format: "gridloom-case/1",
    name: "te30",
    title: "Thermostats that bid for cooling, over three phases",
    description:
      "Houses with solar panels on one feeder of a nine-bus system; the agents of their thermostats bid for cooling in an auction every 300 s and move their set-points by its price.",
    start: "2013-07-01T00:00:00-07:00",
    until: `${24 * days}h`,
    seed,
    twins: TWINS,
  } as const;
  return composeCase(heading, [
    weatherPart(),
    distributionPart({
      places,
      seed,
      stepSeconds,
      equipment: { pv: true, battery: false },
      setpointFrom: "thermostats.basepoint",
      thermostatFrom: "thermostats.coolingSetpoint",
      deadbandFrom: "thermostats.deadband",
      params: { thermostat: { deadBandF, cycleSeconds: settings.cycleSeconds } },
    }),
    buildingPart({ scale, priceFrom: "substation.clearingPrice" }),
    bulkPart({ houses: houses.length }),
    auctionPart({ houses: bidders, scale, bidder: "thermostats", settle }),
    thermostatsPart({ houses, agents: households, stepSeconds, participation }),
    ...settlementParts({ mode: settle, markets: [{ bidders }] }),
  ]);
}

/** Deals houses to the named phases in turn. */
function placesOn(phases: string, houses: number): HousePlace[] {
  if (houses < phases.length) {
    const problem = `--phases ${phases} names ${phases.length} phases, but --houses ${houses} leaves some without a house.`;
    throw new CosimError("COSIM_OPTION_INVALID", `${problem} Give ${phases.length} houses or more, or fewer phases.`);
  }
  const on = (phase: HousePlace["phase"]) => {
    const place = phases.indexOf(phase);
    return place < 0 ? 0 : Math.floor((houses - place - 1) / phases.length) + 1;
  };
  return housePlacesByPhase({ A: on("A"), B: on("B"), C: on("C") });
}
