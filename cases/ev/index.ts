import { CosimError } from "../../broker/wire/index.js";
import { bidderNames } from "../../federates/ev-prosumers/vehicle-owners.js";
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
import { housePlaces } from "../neighbourhood/premises.js";
import { definePreset } from "../preset.js";
import { drawVehicles } from "./mobility.js";
import { OPTIONS, settingsOf, type EvSettings } from "./options.js";
import { readme } from "./readme.js";
import { vehiclesPart } from "./vehicles-part.js";

/** Houses with vehicles that buy and sell in a continuous double auction below the feeder's capacity. */
export default definePreset({
  name: "ev",
  doc: "Houses with electric vehicles and panels order for each device in a continuous auction; the grid's offer is capped.",
  options: OPTIONS,
  generate(options) {
    const settings = settingsOf(options);
    refuseHomeless(settings);
    return { ...evCase(settings), readme: readme(settings) };
  },
});

function refuseHomeless({ houses, evs, pvs }: EvSettings): void {
  const faults = [
    ...(evs > houses ? [`--evs is ${evs}, more than the ${houses} houses: a vehicle needs a home`] : []),
    ...(pvs > houses ? [`--pvs is ${pvs}, more than the ${houses} houses: panels need a roof`] : []),
  ];
  if (faults.length > 0)
    throw new CosimError("COSIM_OPTION_INVALID", `${faults.join("; ")}. Give ${houses} or fewer, or more --houses.`);
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
  const about = {
    name: "ev",
    title: "Houses with electric vehicles below a capped grid",
    description:
      "Cooling, panels and vehicles of every house order separately in a continuous double auction; vehicles buy when energy is cheap, sell when it is dear, and drive in between.",
  };
  const household = agents(places, seed, { behaviour, deadBandF: DEADBAND_F });
  return composeCase(publishedHeading(about, settings), [
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
