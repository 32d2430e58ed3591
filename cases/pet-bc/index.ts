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
  weatherPart,
  type SettleMode,
} from "../neighbourhood/parts/index.js";
import { housePlaces, PUBLISHED_EQUIPMENT } from "../neighbourhood/premises.js";
import { WEATHER_DAYS } from "../neighbourhood/weather.js";
import { definePreset } from "../preset.js";
import { BID_FIELDS, CLEARS_AT_SECONDS, storageProsumersPart } from "./prosumers-part.js";
import { readme } from "./readme.js";
import { storageAgents, tradedBatteries } from "./storage.js";

/** The energy-trading case with a second battery at every house, which is traded with. */
export default definePreset({
  name: "pet-bc",
  doc: "Houses trade with their panels and a battery of their own: whatever is feasible, by its utility.",
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
      default: 4,
      minimum: 1,
      maximum: WEATHER_DAYS,
      unit: "d",
      doc: "Simulated days; the published case has four.",
    },
    step: {
      kind: "number",
      default: 15,
      minimum: 1,
      maximum: 300,
      unit: "s",
      doc: "Step of houses, prosumers and feeder.",
    },
    strategy: {
      kind: "choice",
      choices: ["utility", "random"],
      default: "utility",
      doc: "How a house chooses among its feasible trades.",
    },
    behaviour: {
      kind: "choice",
      choices: ["corrected", "published"],
      default: "corrected",
      doc: "Whether the published system's quirks are put right or reproduced.",
    },
    ...settlementOptions,
    seed: { kind: "integer", default: 0, minimum: 0, doc: "Seed of everything that is drawn." },
  },
  generate: options => ({ ...petBcCase(options), readme: readme(options) }),
});

/** What the case depends on. */
export interface PetBcSettings {
  readonly houses: number;
  readonly days: number;
  /** Step of houses, prosumers and feeder, in seconds. */
  readonly step: number;
  readonly strategy: "utility" | "random";
  readonly behaviour: "published" | "corrected";
  readonly seed: number;
  readonly settle: SettleMode | undefined;
}

function petBcCase(settings: PetBcSettings): ComposedCase {
  const { houses: count, days, step: stepSeconds, strategy, behaviour, seed } = settings;
  const places = housePlaces(count);
  const houses = places.map(place => place.house);
  const scale = feederShare(count);
  const settle = settleMode(settings.settle, behaviour);
  const heading = {
    format: "gridloom-case/1",
    name: "pet-bc",
    title: "Energy trading of houses with solar panels and a battery to trade with",
    description:
      "Every house offers or asks for what its panels and its battery make feasible; a double auction clears every 300 s, and its result is what moves power.",
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
