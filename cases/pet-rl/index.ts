import { BACKEND_NAMES } from "../../federates/learning/load-backend.js";
import { LEARNING_MODES } from "../../federates/prosumers/learning-params.js";
import { agents } from "../neighbourhood/agents.js";
import { bulkFile } from "../neighbourhood/bulk.js";
import { composeCase, type ComposedCase } from "../neighbourhood/part.js";
import {
  auctionPart,
  buildingPart,
  bulkPart,
  distributionPart,
  feederShare,
  prosumersPart,
  settlementOptions,
  settlementParts,
  settleMode,
  weatherPart,
} from "../neighbourhood/parts/index.js";
import { housePlaces } from "../neighbourhood/premises.js";
import { WEATHER_DAYS } from "../neighbourhood/weather.js";
import type { OptionTable, OptionValues } from "../options.js";
import { definePreset } from "../preset.js";
import { learnersPart } from "./learners-part.js";
import { readme } from "./readme.js";

const OPTIONS = {
  houses: {
    kind: "integer",
    default: 30,
    minimum: 1,
    maximum: 100_000,
    doc: "Houses, two learning agents each; the first 30 are the published ones.",
  },
  days: {
    kind: "integer",
    default: WEATHER_DAYS,
    minimum: 1,
    maximum: WEATHER_DAYS,
    unit: "d",
    doc: `Simulated days. The published weather has ${WEATHER_DAYS}.`,
  },
  step: {
    kind: "number",
    default: 15,
    minimum: 1,
    maximum: 300,
    unit: "s",
    doc: "Step of houses, prosumers and feeder.",
  },
  backend: {
    kind: "choice",
    choices: BACKEND_NAMES,
    default: "tfjs-wasm",
    doc: "What does the matrix products of learning; `plain` needs no further package and repeats every bit.",
  },
  mode: {
    kind: "choice",
    choices: LEARNING_MODES,
    default: "seller-buyer",
    doc: "Who learns; `random` and `ramp` set prices without learning, for comparison.",
  },
  trainShare: {
    kind: "number",
    default: 0.5,
    minimum: 0,
    maximum: 1,
    doc: "Part of the run in which agents explore and learn.",
  },
  behaviour: {
    kind: "choice",
    choices: ["corrected", "published"],
    default: "corrected",
    doc: "Whether the published system's quirks are put right or reproduced.",
  },
  ...settlementOptions,
  seed: { kind: "integer", default: 0, minimum: 0, doc: "Seed of everything that is drawn." },
} as const satisfies OptionTable;

/** The energy-trading case whose households learn what to bid. */
export default definePreset({
  name: "pet-rl",
  doc: "The energy-trading case with households that learn their prices: a selling and a buying agent in each.",
  options: OPTIONS,
  generate: options => ({ ...petRlCase(options), readme: readme(options) }),
});

/** The options of the case. */
export type PetRlOptions = OptionValues<typeof OPTIONS>;

function petRlCase(options: PetRlOptions): ComposedCase {
  const { houses: count, days, step: stepSeconds, behaviour, seed, backend, mode, trainShare } = options;
  const places = housePlaces(count);
  const houses = places.map(place => place.house);
  const scale = feederShare(count);
  const settle = settleMode(options.settle, behaviour);
  const heading = {
    format: "gridloom-case/1",
    name: "pet-rl",
    title: "Energy trading of houses that learn what to bid",
    description:
      "The houses of the energy-trading case, each with an agent that learns at which price to sell and one that learns at which to buy.",
    start: "2013-07-01T00:00:00-07:00",
    until: `${24 * days}h`,
    seed,
    behaviour,
  } as const;
  const params = { variant: "pet-rl", learning: { mode, backend, trainShare } };
  return composeCase(heading, [
    weatherPart(),
    distributionPart({
      ...{ places, seed, stepSeconds },
      setpointFrom: "prosumers.basepoint",
      deadbandFrom: "prosumers.deadband",
    }),
    buildingPart({ scale, priceFrom: "substation.clearingPrice" }),
    bulkPart({ houses: count, outages: outages(behaviour) }),
    auctionPart({ houses, scale, bidder: "prosumers", settle }),
    prosumersPart({ houses, agents: agents(places, seed, { behaviour }), stepSeconds, params }),
    learnersPart(houses),
    ...settlementParts({ ...{ mode: settle, behaviour }, markets: [{ bidders: houses }] }),
  ]);
}

/** After any run's end. */
const NEVER_S = 1e9;

/** Unit 3's outages. The published program never brings the unit back after the last one. */
function outages(behaviour: PetRlOptions["behaviour"]) {
  const all = bulkFile(1).outages;
  if (behaviour === "corrected") return all;
  return all.map((outage, k) => (k === all.length - 1 ? { ...outage, toS: NEVER_S } : outage));
}
