import type { AgentEntry } from "../../federates/agents/agents-file.js";
import { agents } from "../neighbourhood/agents.js";
import { feedersOf, type FeederPlaces } from "../neighbourhood/feeders.js";
import { publishedHeading } from "../neighbourhood/heading.js";
import { composeCase, type CasePart, type ComposedCase } from "../neighbourhood/part.js";
import {
  auctionPart,
  buildingPart,
  bulkPart,
  distributionPart,
  feederShare,
  forecastPart,
  prosumersPart,
  settlementParts,
  settleMode,
  weatherPart,
} from "../neighbourhood/parts/index.js";
import { publishedFrom } from "../neighbourhood/premises.js";
import { definePreset } from "../preset.js";
import { checkControl, movesSetpoints, noMarket, partParams, thermostatParams } from "./control.js";
import { OPTIONS, type PetOptions } from "./options.js";
import { readme } from "./readme.js";

/** The energy-trading case: thirty houses of the reference, or more of their kind. */
export default definePreset({
  name: "pet",
  doc: "Houses with solar panels and batteries trade in a double auction on one feeder of a nine-bus system.",
  options: OPTIONS,
  generate(options) {
    return { ...petCase(options), readme: readme(options) };
  },
});

function petCase(settings: PetOptions): ComposedCase {
  const { houses, behaviour, feederScale } = settings;
  checkControl(settings);
  const feeders = feedersOf(houses, settings.feeders);
  const suffixes = feeders.map(({ suffix }) => suffix);
  const about = {
    name: "pet",
    title: "Peer-to-peer energy trading of houses with solar panels and batteries",
    description:
      "Houses on one feeder trade in a double auction every 300 s; the feeder is coupled to a nine-bus bulk system whose marginal price is the utility's offer.",
  };
  return composeCase({ ...publishedHeading(about, settings), twins: { noMarket: noMarket(suffixes, settings) } }, [
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

function householdsOf({ places, first }: FeederPlaces, { seed, behaviour, deadBand }: PetOptions): AgentEntry[] {
  return agents(places, seed, { first, behaviour, deadBandF: deadBand });
}

/** The houses of one feeder, and the building. */
function customerParts(feeder: FeederPlaces, settings: PetOptions): CasePart[] {
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
function marketParts(feeder: FeederPlaces, settings: PetOptions): CasePart[] {
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
