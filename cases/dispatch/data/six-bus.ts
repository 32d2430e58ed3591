import type { DeviceSpec, DispatchSpec, Horizon } from "../../../methods/dispatch/index.js";
import { dualPrivacyRules } from "../../../methods/dispatch/index.js";
import { tariffOver } from "./tables.js";

/** CNY/kWh from these hours on. */
const PRICE = [
  [0, 0.4],
  [6, 0.7],
  [7, 1.1],
  [10, 0.7],
  [18, 1.1],
  [21, 0.4],
] as const;

const LINES = [
  { from: 0, to: 1, resistanceOhm: 0.0966, reactanceOhm: 0.114 },
  { from: 1, to: 2, resistanceOhm: 0.00966, reactanceOhm: 0.0114 },
  { from: 2, to: 3, resistanceOhm: 0.01449, reactanceOhm: 0.0171 },
  { from: 2, to: 4, resistanceOhm: 0.00966, reactanceOhm: 0.0114 },
  { from: 4, to: 5, resistanceOhm: 0.05796, reactanceOhm: 0.0684 },
  { from: 5, to: 6, resistanceOhm: 0.00644, reactanceOhm: 0.0076 },
];

const DEVICES: readonly DeviceSpec[] = [
  { kind: "load", activePower: 10 },
  { kind: "renewable", name: "wind", available: 5, reactiveShare: Math.sqrt(1 - 0.81) / 0.9 },
  { kind: "chp", name: "CHP", maximum: 1000, heatToPower: 1.5, gasPrice: 0.4 },
  { kind: "electric-heater", name: "heater", maximum: 1000, efficiency: 0.95 },
];

/** The six-bus case of the dual-privacy framework: a root and six alike nodes, kW, one day of 24 or 96 steps. */
export function sixBus(horizon: Horizon): DispatchSpec {
  const buyPrice = tariffOver(horizon.steps, PRICE);
  return {
    ...dualPrivacyRules(horizon),
    name: "six-bus",
    nodeCount: 7,
    lines: LINES,
    gridPort: {
      kind: "grid-port",
      buyPrice,
      sellPrice: buyPrice.map(price => price / 2),
      importLimit: 100_000,
      exportLimit: 100_000,
      reactiveShare: 0.75,
    },
    nodes: LINES.map(({ to }) => ({ node: to, name: `DES ${to}`, devices: DEVICES })),
  };
}
