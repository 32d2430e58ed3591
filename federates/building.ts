import { z } from "zod";
import {
  advanceBuilding,
  createBuilding,
  fahrenheitFromC,
  localSeconds,
  primarySchool,
  updateBuilding,
  type Building,
} from "../models/index.js";
import { defineFederate } from "../runtime/index.js";

const params = z.strictObject({
  /** How many such buildings the feeder serves; only the load is multiplied. */
  scale: z.number().positive().default(1),
  /** Seconds for which the cooling power is held. */
  stepSeconds: z.number().positive().default(300),
  site: z.strictObject({
    latitudeDeg: z.number(),
    longitudeDeg: z.number(),
    standardMeridianDeg: z.number(),
    daylightSavingHours: z.number(),
  }),
});

interface State {
  readonly building: Building;
  readonly scale: number;
  readonly stepSeconds: number;
  lastSeconds: number;
}

/** A primary school with one cooled zone whose set-point follows the market's price. */
export default defineFederate({
  doc: "A primary school whose cooling set-point follows the clearing price.",
  params,
  inputs: {
    temperature: { type: "number", unit: "degF" },
    solarDirect: { type: "number", unit: "W/ft2" },
    solarDiffuse: { type: "number", unit: "W/ft2" },
    price: { type: "number", unit: "USD/kWh", initial: 0.02, doc: "Last clearing price." },
  },
  outputs: {
    power: { type: "number", unit: "W", doc: "Load of all buildings together, on three phases." },
    demand: { type: "number", unit: "W" },
    hvacDemand: { type: "number", unit: "W" },
    coolingLoad: { type: "number", unit: "W", doc: "Heat that the cooling removes." },
    coolingState: { type: "number", doc: "1 while cooling." },
    indoorAir: { type: "number", unit: "degF" },
    scheduleTemperature: { type: "number", unit: "degF" },
    setpointDelta: { type: "number", unit: "degF", doc: "What the price adds to the schedule." },
    setpoint: { type: "number", unit: "degF" },
    occupants: { type: "number" },
    price: { type: "number", unit: "USD/kWh" },
    outdoorAir: { type: "number", unit: "degF" },
  },
  create({ scale, stepSeconds, site }, context) {
    const building = createBuilding(primarySchool, {
      site,
      startsAtLocalSeconds: localSeconds(context.start.slice(0, 19)),
      start: context.behaviour === "published" ? "published" : "steady",
    });
    const state: State = { building, scale, stepSeconds, lastSeconds: 0 };
    return { state };
  },
  step(state, { seconds, inputs }) {
    const { building, scale, stepSeconds } = state;
    if (seconds > state.lastSeconds) advanceBuilding(building, seconds - state.lastSeconds);
    state.lastSeconds = seconds;
    updateBuilding(building, {
      simulatedSeconds: seconds,
      holdSeconds: stepSeconds,
      outdoorF: inputs.temperature,
      directNormalWPerSqft: inputs.solarDirect,
      diffuseHorizontalWPerSqft: inputs.solarDiffuse,
      clearingPriceUsdPerKwh: inputs.price,
    });
    const { report, airC } = building;
    return {
      outputs: {
        power: scale * report.loadW,
        demand: report.demandW,
        hvacDemand: report.hvacW,
        coolingLoad: report.coolingW,
        coolingState: report.coolingW > 0 ? 1 : 0,
        indoorAir: fahrenheitFromC(airC),
        scheduleTemperature: report.scheduleF,
        setpointDelta: report.setpointShiftF,
        setpoint: report.setpointF,
        occupants: report.occupants,
        price: report.priceUsdPerKwh,
        outdoorAir: report.outdoorF,
      },
    };
  },
});
