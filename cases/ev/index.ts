import { CosimError } from "../../broker/wire/index.js";
import { bidderNames } from "../../federates/ev-prosumers/vehicle-owners.js";
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
import { housePlaces } from "../neighbourhood/premises.js";
import { WEATHER_DAYS } from "../neighbourhood/weather.js";
import { definePreset } from "../preset.js";
import { drawVehicles } from "./mobility.js";
import { readme } from "./readme.js";
import { vehiclesPart } from "./vehicles-part.js";

/** Houses with vehicles that buy and sell in a continuous double auction below the feeder's capacity. */
export default definePreset({
  name: "ev",
  doc: "Houses with electric vehicles and panels order for each device in a continuous auction; the grid's offer is capped.",
  options: {
    houses: { kind: "integer", default: 30, minimum: 1, maximum: 10_000, doc: "Houses." },
    evs: {
      kind: "integer",
      default: 30,
      minimum: 0,
      maximum: 10_000,
      doc: "Houses that own a vehicle, the first ones.",
    },
    pvs: { kind: "integer", default: 30, minimum: 0, maximum: 10_000, doc: "Houses that have panels, the first ones." },
    gridCapKw: {
      kind: "number",
      default: 200,
      minimum: 0,
      unit: "kW",
      doc: "What the grid offers to the houses at most; the published study has 200 and 100.",
    },
    evBuyIqrRatio: {
      kind: "number",
      default: 0.3,
      minimum: 0,
      maximum: 1,
      doc: "By how many quartile ranges of a day's prices a price must be below their mean for a vehicle to buy.",
    },
    wholeOrders: { kind: "flag", doc: "A buyer gets its whole order or nothing, as in the published study." },
    days: {
      kind: "integer",
      default: 4,
      minimum: 1,
      maximum: WEATHER_DAYS,
      unit: "d",
      doc: "Simulated days; vehicles trade from the second on.",
    },
    step: {
      kind: "number",
      default: 15,
      minimum: 1,
      maximum: 300,
      unit: "s",
      doc: "Step of houses, vehicles and feeder.",
    },
    behaviour: {
      kind: "choice",
      choices: ["corrected", "published"],
      default: "corrected",
      doc: "Whether cooling orders each house's own power or 4 kW for all.",
    },
    ...settlementOptions,
    seed: { kind: "integer", default: 0, minimum: 0, doc: "Seed of everything that is drawn." },
  },
  generate(options) {
    refuseHomeless(options);
    return { ...evCase(options), readme: readme(options) };
  },
});

/** What the case depends on. */
export interface EvSettings {
  readonly houses: number;
  readonly evs: number;
  readonly pvs: number;
  readonly gridCapKw: number;
  readonly evBuyIqrRatio: number;
  readonly wholeOrders: boolean;
  readonly days: number;
  readonly step: number;
  readonly behaviour: "published" | "corrected";
  readonly seed: number;
  readonly settle: SettleMode | undefined;
}

function refuseHomeless({ houses, evs, pvs }: EvSettings): void {
  const faults = [
    ...(evs > houses ? [`--evs is ${evs}, more than the ${houses} houses: a vehicle needs a home`] : []),
    ...(pvs > houses ? [`--pvs is ${pvs}, more than the ${houses} houses: panels need a roof`] : []),
  ];
  if (faults.length > 0)
    throw new CosimError("COSIM_OPTION_INVALID", `${faults.join("; ")}. Give at most --houses, or more houses.`);
}

/** 1 July 2013, the first day of the published weather, is a Monday. */
const FIRST_WEEKDAY = 1;
const DEADBAND_F = 1;

function evCase(settings: EvSettings): ComposedCase {
  const { houses: count, days, step: stepSeconds, behaviour, seed } = settings;
  const places = housePlaces(count);
  const houses = places.map(place => place.house);
  const owners = houses.slice(0, settings.evs);
  const scale = feederShare(count);
  const settle = settleMode(settings.settle, behaviour);
  const bidders = bidderNames(houses, owners);
  const rules = {
    rule: settings.wholeOrders ? "continuous-whole" : "continuous",
    transformerKw: settings.gridCapKw,
  };
  const heading = {
    format: "gridloom-case/1",
    name: "ev",
    title: "Houses with electric vehicles below a capped grid",
    description:
      "Cooling, panels and vehicles of every house order separately in a continuous double auction; vehicles buy when energy is cheap, sell when it is dear, and drive in between.",
    start: "2013-07-01T00:00:00-07:00",
    until: `${24 * days}h`,
    seed,
    behaviour,
  } as const;
  const household = agents(places, seed, { behaviour, deadBandF: DEADBAND_F });
  return composeCase(heading, [
    weatherPart(),
    distributionPart({
      ...{ places, seed, stepSeconds },
      equipment: { pv: true, pvHouses: settings.pvs, battery: false, vehicles: true },
      setpointFrom: "prosumers.basepoint",
      deadbandFrom: "prosumers.deadband",
    }),
    buildingPart({ scale, priceFrom: "substation.clearingPrice" }),
    bulkPart({ houses: count }),
    auctionPart({
      ...{ houses: bidders, bidders: "bidders", scale, bidder: "prosumers", settle },
      params: rules,
    }),
    vehiclesPart({
      ...{ houses, owners, agents: household, stepSeconds },
      vehicles: drawVehicles({ owners, days, seed, firstWeekday: FIRST_WEEKDAY }),
      buyQuartileRatio: settings.evBuyIqrRatio,
    }),
    ...settlementParts({ ...{ mode: settle, behaviour }, markets: [{ bidders, rules }] }),
  ]);
}
