import type { AgentEntry } from "../../federates/agents/agents-file.js";
import { agents } from "../neighbourhood/agents.js";
import { feedersOf, type FeederPlaces } from "../neighbourhood/feeders.js";
import { composeCase, type CasePart, type ComposedCase } from "../neighbourhood/part.js";
import {
  auctionPart,
  buildingPart,
  bulkPart,
  distributionPart,
  feederShare,
  forecastPart,
  prosumersPart,
  settlementOptions,
  settlementParts,
  settleMode,
  weatherPart,
  type SettleMode,
} from "../neighbourhood/parts/index.js";
import { publishedFrom } from "../neighbourhood/premises.js";
import { FEEDER_BUSES } from "../neighbourhood/bulk.js";
import { WEATHER_DAYS } from "../neighbourhood/weather.js";
import { definePreset } from "../preset.js";
import {
  checkControl,
  controlOptions,
  movesSetpoints,
  noMarket,
  partParams,
  thermostatParams,
  type ControlSettings,
} from "./control.js";
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
    feeders: {
      kind: "integer",
      default: 1,
      minimum: 1,
      maximum: FEEDER_BUSES.length,
      doc: `Feeders that the houses are shared out over, each with its own market; they hang at buses ${FEEDER_BUSES.join(", ")}.`,
    },
    feederScale: {
      kind: "number",
      minimum: 0.001,
      doc: "For how many feeders each one stands in the bulk system; by default, they are a load of about 60 MW together.",
    },
    forecast: {
      kind: "choice",
      choices: ["none", "perfect", "uncertain"],
      default: "none",
      doc: "By what weather houses bid: that of the moment, or a forecast of the coming period without or with error.",
    },
    ...controlOptions,
    ...settlementOptions,
    seed: { kind: "integer", default: 0, minimum: 0, doc: "Seed of everything that is drawn." },
  },
  generate(options) {
    return { ...petCase(options), readme: readme(options) };
  },
});

interface PetSettings extends ControlSettings {
  readonly settle: SettleMode | undefined;
  readonly houses: number;
  readonly days: number;
  /** Step of houses, prosumers and feeder, in seconds. */
  readonly step: number;
  readonly behaviour: "published" | "corrected";
  readonly seed: number;
  readonly feeders: number;
  readonly feederScale?: number;
  readonly forecast: "none" | "perfect" | "uncertain";
}

function petCase(settings: PetSettings): ComposedCase {
  const { houses, days, behaviour, seed, feederScale } = settings;
  checkControl(settings);
  const feeders = feedersOf(houses, settings.feeders);
  const suffixes = feeders.map(({ suffix }) => suffix);
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
    twins: { noMarket: noMarket(suffixes, settings) },
  } as const;
  return composeCase(heading, [
    weatherPart(),
    ...feeders.flatMap(feeder => customerParts(feeder, settings)),
    bulkPart({ houses, feeders: suffixes, scale: feederScale }),
    ...feeders.flatMap(feeder => marketParts(feeder, settings)),
    ...settlementParts({
      ...{ mode: settleMode(settings.settle, behaviour), behaviour },
      markets: feeders.map(({ places, suffix }) => ({ bidders: places.map(place => place.house), suffix })),
    }),
  ]);
}

function householdsOf({ places, first }: FeederPlaces, { seed, behaviour, deadBand }: PetSettings): AgentEntry[] {
  return agents(places, seed, { first, behaviour, deadBandF: deadBand });
}

/** The houses of one feeder, and the building. */
function customerParts(feeder: FeederPlaces, settings: PetSettings): CasePart[] {
  const { places, suffix, first } = feeder;
  const { seed, step } = settings;
  return [
    distributionPart({
      places,
      seed,
      stepSeconds: step,
      setpointFrom: `prosumers${suffix}.basepoint`,
      deadbandFrom: `prosumers${suffix}.deadband`,
      thermostatFrom: movesSetpoints(settings) ? `prosumers${suffix}.coolingSetpoint` : undefined,
      params: thermostatParams(householdsOf(feeder, settings), settings),
      known: publishedFrom(first),
      suffix,
    }),
    buildingPart({ scale: feederShare(places.length), priceFrom: `substation${suffix}.clearingPrice`, suffix }),
  ];
}

/** The market of one feeder, and who bids there. */
function marketParts(feeder: FeederPlaces, settings: PetSettings): CasePart[] {
  const { places, suffix } = feeder;
  const { step, forecast, control, behaviour } = settings;
  const houses = places.map(place => place.house);
  const scale = feederShare(places.length);
  return [
    auctionPart({
      houses,
      scale,
      bidder: `prosumers${suffix}`,
      suffix,
      settle: settleMode(settings.settle, behaviour),
    }),
    prosumersPart({
      houses,
      agents: householdsOf(feeder, settings),
      stepSeconds: step,
      suffix,
      control,
      params: partParams(settings),
    }),
    ...(forecast === "none" ? [] : [forecastPart({ houses, isPerfect: forecast === "perfect", suffix })]),
  ];
}
