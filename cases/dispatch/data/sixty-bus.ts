import type { DeviceSpec, DispatchSpec, Horizon, NodeSpec } from "../../../methods/dispatch/index.js";
import { dualPrivacyRules } from "../../../methods/dispatch/index.js";
import type { CsvTable } from "../../../runtime/csv-table.js";
import { everyStep, nodeTitles, readNumbers, tariffOver } from "./tables.js";

const NODES = 60;
/** CNY/kWh from these hours on. */
const PRICE = [
  [0, 0.5068],
  [5, 0.7225],
  [7.5, 0.9382],
  [10.5, 0.7225],
  [11.5, 0.5068],
  [12.5, 0.7225],
  [16, 0.9832],
  [21, 0.7225],
  [22, 0.5068],
] as const;
const GAS_PRICE = 0.428673494;
const STORE_LOSS_PER_HOUR = 0.001;
const DEVICE_COLUMNS = [
  "node",
  ...["heatPerLoad", "heatPumpKw", "heatPumpCop", "heaterKw", "heaterEfficiency"],
  ...["batteryKwh", "heatStoreKwh", "chpKw", "chpHeatToPower"],
];

/** The sixty-bus case of the dual-privacy framework: 48 nodes with devices, 11 without, kW, one day of 24 or 96 steps. */
export function sixtyBus(horizon: Horizon): DispatchSpec {
  const buyPrice = tariffOver(horizon.steps, PRICE);
  return {
    ...dualPrivacyRules(horizon),
    name: "sixty-bus",
    nodeCount: NODES,
    lines: readLines("sixty-bus-lines.csv"),
    gridPort: {
      kind: "grid-port",
      buyPrice,
      sellPrice: buyPrice.map(price => price / 2),
      importLimit: 10_000,
      exportLimit: 10_000,
      reactiveShare: 0.75,
    },
    nodes: readNodes(horizon.steps),
  };
}

function readLines(file: string) {
  const table = readNumbers(file, ["from", "to", "resistanceOhm", "reactanceOhm"]);
  return Array.from({ length: table.rows }, (_, row) => ({
    from: table.numbers("from")[row],
    to: table.numbers("to")[row],
    resistanceOhm: table.numbers("resistanceOhm")[row],
    reactanceOhm: table.numbers("reactanceOhm")[row],
  }));
}

function readNodes(steps: number): NodeSpec[] {
  const devices = readNumbers("sixty-bus-devices.csv", DEVICE_COLUMNS);
  const load = readNumbers("sixty-bus-active-load.csv", nodeTitles(NODES), true);
  const reactiveLoad = readNumbers("sixty-bus-reactive-load.csv", nodeTitles(NODES), true);
  const solar = readNumbers("sixty-bus-solar.csv", nodeTitles(NODES), true);
  return Array.from({ length: devices.rows }, (_, row) => {
    const node = devices.numbers("node")[row];
    const at = (table: CsvTable) => everyStep(table.numbers(String(node)), steps);
    const trait = (column: string) => devices.numbers(column)[row];
    const activePower = at(load);
    const heat = activePower.map(power => power * trait("heatPerLoad"));
    const list: DeviceSpec[] = [{ kind: "load", activePower, reactivePower: at(reactiveLoad), heat }];
    if (solar.numbers(String(node)).length > 0) list.push(solarArray(at(solar)));
    return { node, name: `DES ${node}`, devices: [...list, ...machines(trait)] };
  });
}

function solarArray(available: number[]): DeviceSpec {
  return { kind: "renewable", name: "PV", available, reactiveShare: Math.sqrt(1 - 0.81) / 0.9 };
}

/** The devices of one row of the table; a size of 0 means that there is none. */
function machines(trait: (column: string) => number): DeviceSpec[] {
  const store = (capacity: number) => ({ capacity, power: capacity / 3, lossPerHour: STORE_LOSS_PER_HOUR });
  const [battery, heatStore, chp] = ["batteryKwh", "heatStoreKwh", "chpKw"].map(trait);
  const list: DeviceSpec[] = [
    { kind: "electric-heater", name: "heater", maximum: trait("heaterKw"), efficiency: trait("heaterEfficiency") },
    { kind: "heat-pump", name: "heat pump", maximum: trait("heatPumpKw"), cop: trait("heatPumpCop") },
  ];
  if (battery > 0) list.push({ kind: "battery", ...store(battery) });
  if (heatStore > 0) list.push({ kind: "heat-store", name: "heat store", ...store(heatStore) });
  if (chp > 0) {
    const heatToPower = trait("chpHeatToPower");
    list.push({ kind: "chp", name: "CHP", maximum: chp, heatToPower, gasPrice: GAS_PRICE });
  }
  return list;
}
