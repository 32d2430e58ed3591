import { z } from "zod";
import { defineFederate, readJsonFile, readJsonParts, type SetupContext } from "../../runtime/index.js";
import type { Fault } from "../../broker/wire/index.js";
import { fileFaults } from "../file-faults.js";
import { chargeMeters, createBills } from "./bills.js";
import { createNetwork, meterNames, transformerNames, type FeederFile } from "./network.js";
import { setSource, solveNetwork, takeLoads } from "./network-step.js";

const params = z.strictObject({
  /** File beside the case: `{ feeder, premises, building }`. */
  feeder: z.string(),
  /** Names of the premises, of the meters (the premises', then the building's) and of the transformers, in the file's order. */
  houses: z.array(z.string()).nonempty(),
  meters: z.array(z.string()).nonempty(),
  transformers: z.array(z.string()),
  /** Retail price at the building's meter, USD/kWh; the premises pay the market's. */
  buildingPriceUsdPerKwh: z.number(),
  /** Largest voltage change of the last sweep, per unit. */
  tolerancePu: z.number().positive().default(1e-7),
});

/** The distribution feeder: an unbalanced power flow at every change of its loads. */
export default defineFederate({
  doc: "An unbalanced radial feeder that serves premises and a building.",
  params,
  inputs: ({ houses }) => inputsOf(houses),
  outputs: outputsOf,
  check: checkFile,
  create(settings, context) {
    const file = readJsonFile(context.folder, settings.feeder) as FeederFile;
    const network = createNetwork(file, settings.tolerancePu);
    const state = { network, bills: createBills(file, settings.buildingPriceUsdPerKwh) };
    return { state, outputs: { houseVoltage: network.houseVoltagePu } };
  },
  step({ network, bills }, { seconds, inputs }) {
    chargeMeters(bills, network.meterPowerW, seconds);
    bills.price = inputs.price;
    setSource(network, inputs.sourceVoltage);
    takeLoads(network, inputs);
    return { outputs: { ...solveNetwork(network), meterBill: bills.usd } };
  },
});

function inputsOf(elements: readonly string[]) {
  const load = { type: "vector", elements, wakes: "any" } as const;
  return {
    sourceVoltage: { type: "number", unit: "V", doc: "Line to neutral at the substation." },
    constantPower: { ...load, unit: "W" },
    constantPowerReactive: { ...load, unit: "VAr" },
    constantCurrent: { ...load, unit: "W" },
    constantCurrentReactive: { ...load, unit: "VAr" },
    constantImpedance: { ...load, unit: "W" },
    constantImpedanceReactive: { ...load, unit: "VAr" },
    pvPower: { ...load, unit: "W", optional: true, doc: "Branches beside the houses: what they draw." },
    pvReactivePower: { ...load, unit: "VAr", optional: true },
    batteryPower: { ...load, unit: "W", optional: true },
    storagePower: { ...load, unit: "W", optional: true },
    vehiclePower: { ...load, unit: "W", optional: true },
    buildingPower: { type: "number", unit: "W", wakes: "any", doc: "Shared equally by the three phases." },
    price: { type: "number", unit: "USD/kWh", initial: 0, doc: "What the premises pay and are paid." },
  } as const;
}

function outputsOf({ houses, meters, transformers }: z.infer<typeof params>) {
  const house = { type: "vector", elements: houses } as const;
  const meter = { type: "vector", elements: meters } as const;
  return {
    distributionLoad: { type: "complex", unit: "VA", doc: "What the feeder takes at its substation." },
    losses: { type: "complex", unit: "VA" },
    customerLoad: { type: "complex", unit: "VA", doc: "All loads less all generation, at the solved voltages." },
    premisesPower: { type: "number", unit: "W", doc: "At the meter of all premises, where the feeder has one." },
    buildingLoad: { type: "complex", unit: "VA", doc: "At the building's meter." },
    buildingVoltage: { type: "complex", unit: "V", doc: "Phase A to phase B at the building's meter." },
    houseVoltage: { ...house, unit: "pu", starts: true, doc: "Between the legs at each house meter, over 240 V." },
    meterPower: { ...meter, unit: "W", doc: "Billing meters of the premises, then the building's." },
    meterReactivePower: { ...meter, unit: "VAr" },
    meterVoltage: { ...meter, unit: "V", doc: "Between two conductors: the legs, or the mean of the line voltages." },
    meterLegVoltage: { ...meter, unit: "V", doc: "To neutral, mean of the meter's conductors." },
    meterVoltagePu: { ...meter, unit: "pu", doc: "To neutral over nominal." },
    meterUnbalance: { ...meter, unit: "V", doc: "Largest distance of a conductor's voltage from their mean." },
    meterBill: { ...meter, unit: "USD", doc: "Energy so far times its price; negative for a net seller." },
    transformerOverload: { type: "vector", elements: transformers, unit: "%", doc: "Current above the rating." },
  } as const;
}

function checkFile(settings: z.infer<typeof params>, setup: SetupContext): readonly Fault[] {
  try {
    const file = readJsonParts<FeederFile>(setup.folder, settings.feeder, ["feeder", "premises", "building"]);
    createNetwork(file, settings.tolerancePu);
    const wanted = {
      houses: file.premises.map(entry => entry.house),
      meters: meterNames(file),
      transformers: transformerNames(file),
    };
    return (["houses", "meters", "transformers"] as const).flatMap(list =>
      namesFault(settings[list], wanted[list], list),
    );
  } catch (error) {
    return fileFaults("params.feeder", error);
  }
}

function namesFault(given: readonly string[], wanted: readonly string[], list: string): Fault[] {
  if (given.length === wanted.length && given.every((name, i) => name === wanted[i])) return [];
  const problem = `The names differ from those of the feeder's file (${given.length} given, ${wanted.length} there).`;
  return [{ path: `params.${list}`, problem, cure: "Give the same names in the same order." }];
}
