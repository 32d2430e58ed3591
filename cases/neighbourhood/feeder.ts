import {
  overheadLineCode,
  triplexLineCode,
  type FeederDescription,
  type LoadDescription,
  type Wire,
} from "../../models/index.js";
import type { FeederFile } from "../../federates/feeder/network.js";
import { PUBLISHED_EQUIPMENT, type Equipment, type HousePlace } from "./premises.js";

const KM_PER_FOOT = 0.0003048;
const PHASES = ["A", "B", "C"] as const;
const PUBLISHED_HOUSES = 30;

/** Constant load of the feeder's other customers, W and VAr by phase, for every thirty houses. */
const OTHER_CUSTOMERS = {
  constantPowerW: [15946.6932, 20840.697, 18726.2091],
  constantPowerVar: [7723.33601583, 10093.6102373, 9069.51700695],
};

/** What the building's meter itself draws, W and VAr, shared by its three phases. */
const METER_OWN = { constantPowerW: [1 / 3, 1 / 3, 1 / 3], constantPowerVar: [5, 5, 5] };

/** How a feeder differs from the usual one. */
export interface FeederLayout {
  /** For how many published feeders it stands; by default one for every thirty houses. */
  readonly share?: number;
  /** Whether all houses hang on one overhead line with a meter at its end. */
  readonly hasPremisesMeter?: boolean;
  /** Ends the names of the building's meter and of the transformers upstream, so that two feeders' differ. */
  readonly suffix?: string;
}

/**
 * The published feeder: one substation transformer, other customers and a building on its low side, and a
 * centre-tapped transformer with triplex drops for every thirty houses. Ratings upstream follow the houses.
 */
export function feederFile(
  places: readonly HousePlace[],
  equipment = PUBLISHED_EQUIPMENT,
  { share = places.length / PUBLISHED_HOUSES, hasPremisesMeter = false, suffix = "" }: FeederLayout = {},
): FeederFile {
  const buildingMeter = `Eplus_meter${suffix}`;
  const common = hasPremisesMeter ? PREMISES_LINE : NO_LINE;
  const drops = places.map(place => describeDrop(place, equipment));
  const transformers = [...new Map(places.map(place => [place.transformer, place])).values()];
  const feeder: FeederDescription = {
    source: "network_node",
    nodes: [
      { name: "network_node", phases: "ABC", nominalV: 133_000 },
      { name: "transformer_meter", phases: "ABC", nominalV: 7200 },
      { name: buildingMeter, phases: "ABC", nominalV: 277 },
      ...common.nodes,
      ...transformers.map(place => ({ name: secondaryNode(place), phases: "12" as const, nominalV: 120 })),
      ...drops.flatMap(drop => drop.nodes),
    ],
    lineCodes: [TRIPLEX, ...common.lineCodes],
    lines: [...common.lines, ...drops.flatMap(drop => drop.lines)],
    transformers: transformersOf(transformers, { share, hasPremisesMeter, suffix }),
    loads: [
      threePhase("unresp_load", "transformer_meter", scaled(OTHER_CUSTOMERS, share)),
      threePhase("Eplus_meter_own", buildingMeter, scaled(METER_OWN, share)),
      threePhase("Eplus_load", buildingMeter, {}),
      ...drops.flatMap(drop => drop.loads),
    ],
  };
  const premises = drops.map(drop => drop.entry);
  const building = { load: "Eplus_load", meter: buildingMeter };
  return { feeder, premises, building, ...(hasPremisesMeter && { premisesMeter: PREMISES_METER }) };
}

/** The substation's transformer, the building's, and the centre-tapped ones, each by a house that it serves. */
function transformersOf(
  centreTapped: readonly HousePlace[],
  { share, hasPremisesMeter, suffix }: Required<FeederLayout>,
): FeederDescription["transformers"] {
  return [
    {
      name: `sub_transformer${suffix}`,
      from: "network_node",
      to: "transformer_meter",
      connection: "single-phase",
      ratedVa: 150_000 * share,
      primaryV: 133_000,
      secondaryV: 7200,
      resistancePu: 0.0015 / 3,
      reactancePu: 0.00675 / 3,
    },
    {
      name: `Eplus_Transformer${suffix}`,
      from: "transformer_meter",
      to: `Eplus_meter${suffix}`,
      connection: "wye-wye",
      ratedVa: 450_000 * share,
      primaryV: 12_470,
      secondaryV: 480,
      resistancePu: 0.015,
      reactancePu: 0.0675,
    },
    ...centreTapped.map(place => ({
      name: `${place.feeder}_center_tap_transformer_${numberOnPhase(place)}`,
      from: hasPremisesMeter ? PREMISES_METER : "transformer_meter",
      to: secondaryNode(place),
      connection: "centre-tapped" as const,
      phase: place.phase,
      ratedVa: 150_000,
      primaryV: 7200,
      secondaryV: 120,
      resistancePu: 0.015,
      reactancePu: 0.0675,
    })),
  ];
}

const TRIPLEX = triplexLineCode({
  name: "TLCFG",
  resistanceOhmPerMile: 0.57,
  gmrFt: 0.011,
  diameterIn: 0.368,
  insulationIn: 0.08,
});

const PREMISES_METER = "F0_meter";
const PHASE_WIRE: Wire = { resistanceOhmPerMile: 0.1859, gmrFt: 0.0313 };

/** Line 601 of ten feet to the houses' meter; distances of phases A, B, C and the neutral. */
const PREMISES_LINE = {
  nodes: [{ name: PREMISES_METER, phases: "ABC" as const, nominalV: 7200 }],
  lineCodes: [
    overheadLineCode({
      name: "601",
      wires: [PHASE_WIRE, PHASE_WIRE, PHASE_WIRE, { resistanceOhmPerMile: 0.592, gmrFt: 0.00814 }],
      phaseCount: 3,
      spacingFt: [
        [0, 2.5, 4.5, 4.272002],
        [2.5, 0, 7, 5.656854],
        [4.5, 7, 0, 5],
        [4.272002, 5.656854, 5, 0],
      ],
    }),
  ],
  lines: [
    {
      name: "F0_overhead_line",
      from: "transformer_meter",
      to: PREMISES_METER,
      code: "601",
      lengthKm: 10 * KM_PER_FOOT,
    },
  ],
};
const NO_LINE = { nodes: [], lineCodes: [], lines: [] };

/** `A` for the first transformer of a phase, `A2`, `A3` … for further ones. */
function numberOnPhase({ phase, transformer }: HousePlace): string {
  const number = Math.floor(transformer / 3) + 1;
  return number === 1 ? phase : `${phase}_${number}`;
}

function secondaryNode(place: HousePlace): string {
  return `${place.feeder}_triplex_node_${numberOnPhase(place)}`;
}

function threePhase(name: string, node: string, powers: LoadDescription["powers"]): LoadDescription {
  return { name, node, terminals: PHASES, powers };
}

function scaled<T extends Record<string, readonly number[]>>(powers: T, factor: number): Record<keyof T, number[]> {
  const entries = Object.entries(powers).map(([part, values]) => [part, values.map(value => value * factor)]);
  return Object.fromEntries(entries) as Record<keyof T, number[]>;
}

function describeDrop(place: HousePlace, equipment: Equipment) {
  const meter = `${place.feeder}_tpm_${place.label}`;
  const junction = `${meter}_node`;
  const houseNode = `house_${meter}`;
  const batteryNode = `batt_${meter}`;
  const line = (from: string, to: string, feet: number) => ({
    name: `${from}-${to}`,
    from,
    to,
    code: TRIPLEX.name,
    lengthKm: feet * KM_PER_FOOT,
  });
  const hasBatteryNode = equipment.battery || equipment.storage !== undefined;
  const branches = {
    houseLoad: { name: place.house, node: houseNode },
    ...(equipment.pv && { pvLoad: { name: `solar_${place.house}`, node: meter } }),
    ...(equipment.battery && { batteryLoad: { name: `battery_${place.house}`, node: batteryNode } }),
    ...(equipment.storage && { storageLoad: { name: `storage_${place.house}`, node: batteryNode } }),
    ...(equipment.vehicles && { vehicleLoad: { name: `vehicle_${place.house}`, node: houseNode } }),
  };
  const names = Object.fromEntries(Object.entries(branches).map(([branch, { name }]) => [branch, name]));
  const nodes = [meter, junction, houseNode, ...(hasBatteryNode ? [batteryNode] : [])];
  return {
    entry: { house: place.house, ...(names as Record<keyof typeof branches, string>), meter, houseNode },
    nodes: nodes.map(name => ({ name, phases: "12" as const, nominalV: 120 })),
    lines: [
      line(secondaryNode(place), meter, 10),
      line(meter, junction, 1),
      line(junction, houseNode, 1),
      ...(hasBatteryNode ? [line(junction, batteryNode, 1)] : []),
    ],
    loads: Object.values(branches).map((load): LoadDescription => ({ ...load, terminals: ["12"] })),
  };
}
