import { agents } from "../neighbourhood/agents.js";
import { composeCase, type ComposedCase } from "../neighbourhood/part.js";
import {
  auctionPart,
  buildingPart,
  bulkPart,
  distributionPart,
  feederShare,
  prosumersPart,
  weatherPart,
} from "../neighbourhood/parts/index.js";
import { housePlaces } from "../neighbourhood/premises.js";
import { WEATHER_DAYS } from "../neighbourhood/weather.js";
import { definePreset } from "../preset.js";
import { readme } from "./readme.js";

/** The energy-trading case: thirty houses of the reference, or more of their kind. */
export default definePreset({
  name: "pet",
  doc: "Houses with solar panels and batteries trade in a double auction on one feeder of a nine-bus system.",
  options: {
    houses: {
      kind: "integer",
      default: 30,
      minimum: 1,
      maximum: 100_000,
      doc: "Houses; the first 30 are the published ones, further ones are drawn from the same distributions.",
    },
    days: {
      kind: "integer",
      default: 1,
      minimum: 1,
      maximum: WEATHER_DAYS,
      unit: "d",
      doc: `Simulated days. The published weather has ${WEATHER_DAYS}; beyond, give weather.csv a longer player file and set \`until\`.`,
    },
    step: {
      kind: "number",
      default: 15,
      minimum: 1,
      maximum: 300,
      unit: "s",
      doc: "Step of houses, prosumers and feeder.",
    },
    behaviour: {
      kind: "choice",
      choices: ["corrected", "published"],
      default: "corrected",
      doc: "Whether the published system's quirks are put right or reproduced.",
    },
    seed: { kind: "integer", default: 0, minimum: 0, doc: "Seed of everything that is drawn." },
  },
  generate(options) {
    const { houses, days, behaviour, seed } = options;
    return { ...petCase(options), readme: readme({ houses, days, seed, behaviour }) };
  },
});

interface PetSettings {
  readonly houses: number;
  readonly days: number;
  /** Step of houses, prosumers and feeder, in seconds. */
  readonly step: number;
  readonly behaviour: "published" | "corrected";
  readonly seed: number;
}

function petCase({ houses: count, days, step: stepSeconds, behaviour, seed }: PetSettings): ComposedCase {
  const places = housePlaces(count);
  const houses = places.map(place => place.house);
  const scale = feederShare(count);
  const heading = {
    format: "gridloom-case/1",
    name: "pet",
    title: "Peer-to-peer energy trading of houses with solar panels and batteries",
    description:
      "Houses on one feeder trade in a double auction every 300 s; the feeder is coupled to a nine-bus bulk system whose marginal price is the utility's offer.",
    start: "2013-07-01T00:00:00-07:00",
    until: `${24 * days}h`,
    seed,
    behaviour,
  } as const;
  return composeCase(heading, [
    weatherPart(),
    distributionPart({
      places,
      seed,
      stepSeconds,
      setpointFrom: "prosumers.basepoint",
      deadbandFrom: "prosumers.deadband",
    }),
    buildingPart({ scale, priceFrom: "substation.clearingPrice" }),
    bulkPart({ houses: count }),
    auctionPart({ houses, scale, bidder: "prosumers" }),
    prosumersPart({ houses, agents: agents(places, seed), stepSeconds }),
  ]);
}
