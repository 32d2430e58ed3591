import {
  compileFeeder,
  createMeasures,
  indexByName,
  nominalLoads,
  type Feeder,
  type FeederDescription,
  type FeederLoads,
  type FeederMeasures,
} from "../../models/index.js";

/** What a case's feeder file holds: the feeder, and the names by which federates find their loads and meters in it. */
export interface FeederFile {
  readonly feeder: FeederDescription;
  /** One entry for each of the premises, in their order. */
  readonly premises: readonly PremisesConnection[];
  /** Three-phase load that the building sets, and the node of its meter. */
  readonly building: { readonly load: string; readonly meter: string };
  /** Node of a meter that all premises hang on, where there is one. */
  readonly premisesMeter?: string;
}

/** Where one of the premises is connected: names of its loads, its billing meter and the node whose voltage it feels. */
export interface PremisesConnection {
  readonly house: string;
  readonly houseLoad: string;
  /** Branches beside the house, where it has them. */
  readonly pvLoad?: string;
  readonly batteryLoad?: string;
  readonly storageLoad?: string;
  readonly vehicleLoad?: string;
  readonly meter: string;
  readonly houseNode: string;
}

/** The feeder while it runs: plain data. */
export interface Network {
  readonly feeder: Feeder;
  readonly loads: FeederLoads;
  readonly measures: FeederMeasures;
  readonly tolerancePu: number;
  readonly sourceVoltage: Float64Array;
  /** Load elements of the premises' branches, −1 where there is none, and of the building's phases. */
  readonly houseElement: Int32Array;
  readonly pvElement: Int32Array;
  readonly batteryElement: Int32Array;
  readonly storageElement: Int32Array;
  readonly vehicleElement: Int32Array;
  readonly buildingElement: Int32Array;
  readonly houseNode: Int32Array;
  readonly meterNode: Int32Array;
  /** −1 where the premises have no common meter. */
  readonly premisesNode: number;
  readonly transformerBranch: Int32Array;
  readonly houseVoltagePu: Float64Array;
  readonly meterPowerW: Float64Array;
  readonly meterReactiveVar: Float64Array;
  readonly meterVoltageV: Float64Array;
  readonly meterLegV: Float64Array;
  readonly meterVoltagePu: Float64Array;
  readonly meterUnbalanceV: Float64Array;
  readonly transformerOverload: Float64Array;
}

/** Names of the meters in the order of the meter vectors. */
export function meterNames(file: FeederFile): string[] {
  return [...file.premises.map(entry => entry.meter), file.building.meter];
}

/** Names of the transformers in the order of their loadings. */
export function transformerNames({ feeder }: FeederFile): string[] {
  return (feeder.transformers ?? []).map(transformer => transformer.name);
}

/** The network at rest at nominal voltage. Throws `ModelError` with every fault of the feeder, or of a name in the file. */
export function createNetwork(file: FeederFile, tolerancePu: number): Network {
  const feeder = compileFeeder(file.feeder);
  const find = finder(feeder);
  const building = find.elements(file.building.load);
  const meters = meterNames(file);
  const transformers = transformerNames(file);
  const elements = (load: (entry: PremisesConnection) => string | undefined) =>
    Int32Array.from(file.premises, entry => {
      const name = load(entry);
      return name === undefined ? -1 : find.elements(name)[0];
    });
  return {
    feeder,
    loads: nominalLoads(file.feeder),
    measures: createMeasures(feeder),
    tolerancePu,
    sourceVoltage: new Float64Array(6),
    houseElement: elements(entry => entry.houseLoad),
    pvElement: elements(entry => entry.pvLoad),
    batteryElement: elements(entry => entry.batteryLoad),
    storageElement: elements(entry => entry.storageLoad),
    vehicleElement: elements(entry => entry.vehicleLoad),
    buildingElement: Int32Array.from(building),
    houseNode: Int32Array.from(file.premises, entry => find.node(entry.houseNode)),
    meterNode: Int32Array.from(meters, find.node),
    premisesNode: file.premisesMeter === undefined ? -1 : find.node(file.premisesMeter),
    transformerBranch: Int32Array.from(transformers, find.branch),
    houseVoltagePu: new Float64Array(file.premises.length).fill(1),
    meterPowerW: new Float64Array(meters.length),
    meterReactiveVar: new Float64Array(meters.length),
    meterVoltageV: new Float64Array(meters.length),
    meterLegV: new Float64Array(meters.length),
    meterVoltagePu: new Float64Array(meters.length),
    meterUnbalanceV: new Float64Array(meters.length),
    transformerOverload: new Float64Array(transformers.length),
  };
}

function finder(feeder: Feeder) {
  const nodes = indexByName(feeder.nodeNames);
  const branches = indexByName(feeder.branchNames);
  const loads = indexByName(feeder.loadNames);
  const pick = (places: ReadonlyMap<string, number>, kind: string) => (name: string) => {
    const place = places.get(name);
    if (place === undefined) throw new RangeError(`The feeder has no ${kind} "${name}".`);
    return place;
  };
  const load = pick(loads, "load");
  const elements = (name: string) => {
    const first = feeder.firstElement[load(name)];
    const end = feeder.firstElement[load(name) + 1];
    return Array.from({ length: end - first }, (_, i) => first + i);
  };
  return { node: pick(nodes, "node"), branch: pick(branches, "branch"), elements };
}
