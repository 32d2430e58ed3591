import { CosimError } from "../../broker/wire/index.js";
import { agents } from "../neighbourhood/agents.js";
import { publishedHeading } from "../neighbourhood/heading.js";
import { composeCase, type ComposedCase } from "../neighbourhood/part.js";
import {
  auctionPart,
  buildingPart,
  bulkPart,
  distributionPart,
  feederShare,
  settlementParts,
  settleMode,
  thermostatBidders,
  thermostatsPart,
  weatherPart,
} from "../neighbourhood/parts/index.js";
import { housePlacesByPhase, type HousePlace } from "../neighbourhood/premises.js";
import { definePreset } from "../preset.js";
import { OPTIONS, type Te30Options } from "./options.js";
import { readme } from "./readme.js";

/** TESP's te30: thirty houses over three phases whose thermostats bid, with its twin that has no market. */
export default definePreset({
  name: "te30",
  doc: "Thermostats of houses over three phases bid for cooling and answer to the price; twins have no market.",
  options: OPTIONS,
  generate: options => ({ ...te30Case(options), readme: readme(options) }),
});

const TWINS = {
  noMarket: ["federates.thermostats.params.trades=false", "federates.thermostats.params.demandResponse=off"],
  responseOnly: ["federates.thermostats.params.trades=false", "federates.thermostats.params.demandResponse=lmp"],
};

function te30Case({ step: stepSeconds, days, seed, participation, ...settings }: Te30Options): ComposedCase {
  const places = placesOn(settings.phases, settings.houses);
  const houses = places.map(place => place.house);
  const scale = feederShare(houses.length);
  const settle = settleMode(settings.settle);
  const bidders = thermostatBidders(houses);
  const households = agents(places, seed, { deadBandF: settings.deadBand });
  const deadBandF = settings.deadBand ?? households.map(({ agent }) => agent.deadbandF);
  const about = {
    name: "te30",
    title: "Thermostats that bid for cooling, over three phases",
    description:
      "Houses with solar panels on one feeder of a nine-bus system; the agents of their thermostats bid for cooling in an auction every 300 s and move their set-points by its price.",
  };
  return composeCase({ ...publishedHeading(about, { days, seed }), twins: TWINS }, [
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
