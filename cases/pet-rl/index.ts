import { agents } from "../neighbourhood/agents.js";
import { bulkFile } from "../neighbourhood/bulk.js";
import { publishedHeading } from "../neighbourhood/heading.js";
import { composeCase, type ComposedCase } from "../neighbourhood/part.js";
import {
  auctionPart,
  buildingPart,
  bulkPart,
  distributionPart,
  feederShare,
  prosumersPart,
  settlementParts,
  settleMode,
  weatherPart,
} from "../neighbourhood/parts/index.js";
import { housePlaces } from "../neighbourhood/premises.js";
import { definePreset } from "../preset.js";
import { learnersPart } from "./learners-part.js";
import { OPTIONS, type PetRlOptions } from "./options.js";
import { readme } from "./readme.js";

/** The energy-trading case whose households learn what to bid. */
export default definePreset({
  name: "pet-rl",
  doc: "The energy-trading case with households that learn their prices: a selling and a buying agent in each.",
  options: OPTIONS,
  generate: options => ({ ...petRlCase(options), readme: readme(options) }),
});

function petRlCase(options: PetRlOptions): ComposedCase {
  const { houses: count, step: stepSeconds, behaviour, seed, backend, mode, trainShare } = options;
  const places = housePlaces(count);
  const houses = places.map(place => place.house);
  const scale = feederShare(count);
  const settle = settleMode(options.settle, behaviour);
  const about = {
    name: "pet-rl",
    title: "Energy trading of houses that learn what to bid",
    description:
      "The houses of the energy-trading case, each with an agent that learns at which price to sell and one that learns at which to buy.",
  };
  const params = { variant: "pet-rl", learning: { mode, backend, trainShare } };
  return composeCase(publishedHeading(about, options), [
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
