/** Names that the recording refers to. */
export interface RecordedNames {
  readonly houses: readonly string[];
  /** The premises' meters, then the building's. */
  readonly meters: readonly string[];
  readonly transformers: readonly string[];
}

type Port = readonly [from: string, type: string, unit?: string, elements?: keyof RecordedNames | "generators"];

/** What the recorder hears: its input, where that comes from, and what it carries. */
export const HEARD: Readonly<Record<string, Port>> = {
  totalLoad: ["houses.totalLoad", "vector", "kVA", "houses"],
  hvacLoad: ["houses.hvacLoad", "vector", "kW", "houses"],
  airTemperature: ["houses.airTemperature", "vector", "degF", "houses"],
  systemMode: ["houses.systemMode", "vector", undefined, "houses"],
  basepoint: ["prosumers.basepoint", "vector", "degF", "houses"],
  pvPower: ["houses.pvPower", "vector", "W", "houses"],
  pvReactivePower: ["houses.pvReactivePower", "vector", "VAr", "houses"],
  pvAvailable: ["houses.pvAvailable", "vector", "kW", "houses"],
  batteryPower: ["houses.batteryPower", "vector", "W", "houses"],
  stateOfCharge: ["houses.stateOfCharge", "vector", "1", "houses"],
  meterPower: ["feeder.meterPower", "vector", "W", "meters"],
  meterReactivePower: ["feeder.meterReactivePower", "vector", "VAr", "meters"],
  meterVoltage: ["feeder.meterVoltage", "vector", "V", "meters"],
  meterLegVoltage: ["feeder.meterLegVoltage", "vector", "V", "meters"],
  meterVoltagePu: ["feeder.meterVoltagePu", "vector", "pu", "meters"],
  meterUnbalance: ["feeder.meterUnbalance", "vector", "V", "meters"],
  meterBill: ["feeder.meterBill", "vector", "USD", "meters"],
  transformerOverload: ["feeder.transformerOverload", "vector", "%", "transformers"],
  distributionLoad: ["feeder.distributionLoad", "complex", "VA"],
  losses: ["feeder.losses", "complex", "VA"],
  customerLoad: ["feeder.customerLoad", "complex", "VA"],
  lmp: ["bulk.lmp", "number", "USD/kWh"],
  busLoad: ["bulk.busLoad", "number", "MW"],
  busReactiveLoad: ["bulk.busReactiveLoad", "number", "MVAr"],
  busAngle: ["bulk.busAngle", "number", "deg"],
  busVoltage: ["bulk.busVoltage", "number", "pu"],
  generatorPower: ["bulk.generatorPower", "vector", "MW", "generators"],
  generatorReactivePower: ["bulk.generatorReactivePower", "vector", "MVAr", "generators"],
  bulkLosses: ["bulk.losses", "number", "MW"],
  converged: ["bulk.converged", "boolean"],
  temperature: ["weather.temperature", "number", "degF"],
  humidity: ["weather.humidity", "number", "1"],
  buildingLoad: ["feeder.buildingLoad", "complex", "VA"],
  buildingVoltage: ["feeder.buildingVoltage", "complex", "V"],
  buildingDemand: ["building.demand", "number", "W"],
  buildingHvac: ["building.hvacDemand", "number", "W"],
  buildingCooling: ["building.coolingLoad", "number", "W"],
  buildingCoolingState: ["building.coolingState", "number"],
  buildingAir: ["building.indoorAir", "number", "degF"],
  buildingSchedule: ["building.scheduleTemperature", "number", "degF"],
  buildingDelta: ["building.setpointDelta", "number", "degF"],
  buildingSetpoint: ["building.setpoint", "number", "degF"],
  buildingOccupants: ["building.occupants", "number"],
  buildingPrice: ["building.price", "number", "USD/kWh"],
  buildingOutdoor: ["building.outdoorAir", "number", "degF"],
  solarFlux: ["weather.solarDirect", "number", "W/ft2"],
};

/** Names of the generators of the nine-bus system; the fifth is the feeder's dispatchable load. */
export const GENERATORS = ["1", "2", "3", "4", "5"] as const;

/** Links from everything that is recorded to the recorder. */
export const RECORDED_LINKS: readonly string[] = [
  ...Object.entries(HEARD).map(([input, [from]]) => `${from} -> recorder.${input}`),
  "substation.round -> recorder.round",
  "prosumers.bids -> recorder.bids",
];
