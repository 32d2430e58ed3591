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
  weatherPart,
} from "../neighbourhood/parts/index.js";
import { housePlaces, PUBLISHED_EQUIPMENT } from "../neighbourhood/premises.js";
import { definePreset } from "../preset.js";
import { BID_FIELDS, CLEARS_AT_SECONDS, storageProsumersPart } from "./prosumers-part.js";
import { OPTIONS, type PetBcOptions } from "./options.js";
import { readme } from "./readme.js";
import { storageAgents, tradedBatteries } from "./storage.js";

/** The energy-trading case with a second battery at every house, which is traded with. */
export default definePreset({
  name: "pet-bc",
  doc: "Houses trade with their panels and a battery of their own: whatever is feasible, by its utility.",
  options: OPTIONS,
  generate: options => ({ ...petBcCase(options), readme: readme(options) }),
});

function petBcCase(settings: PetBcOptions): ComposedCase {
  const { houses: count, step: stepSeconds, strategy, behaviour, seed } = settings;
  const places = housePlaces(count);
  const houses = places.map(place => place.house);
  const scale = feederShare(count);
  const settle = settleMode(settings.settle, behaviour);
  const about = {
    name: "pet-bc",
    title: "Energy trading of houses with solar panels and a battery to trade with",
    description:
      "Every house offers or asks for what its panels and its battery make feasible; a double auction clears every 300 s, and its result is what moves power.",
  };
  return composeCase(publishedHeading(about, settings), [
    weatherPart(),
    distributionPart({
      places,
      seed,
      stepSeconds,
      equipment: { ...PUBLISHED_EQUIPMENT, storage: tradedBatteries(places, seed) },
      setpointFrom: "prosumers.basepoint",
      deadbandFrom: "prosumers.deadband",
    }),
    buildingPart({ scale, priceFrom: "substation.clearingPrice" }),
    bulkPart({ houses: count }),
    auctionPart({
      ...{ houses, scale, bidder: "prosumers" },
      ...{ clearsAtSeconds: CLEARS_AT_SECONDS, settle },
      bidFields: BID_FIELDS,
      params: { readsPriceLate: false },
    }),
    storageProsumersPart({
      houses,
      agents: storageAgents(agents(places, seed, { behaviour }), seed),
      stepSeconds,
      strategy,
    }),
    ...settlementParts({
      ...{ mode: settle, behaviour },
      markets: [{ bidders: houses, clearsAtSeconds: CLEARS_AT_SECONDS }],
    }),
  ]);
}
