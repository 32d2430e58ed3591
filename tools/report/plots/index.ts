import { COMFORT_PLOTS } from "./comfort.js";
import { CONVERGENCE_PLOTS } from "./convergence.js";
import { DISPATCH_MONEY_PLOTS } from "./dispatch-money.js";
import { DISPATCH_NETWORK_PLOTS } from "./dispatch-network.js";
import { DISPATCH_STACK_PLOTS } from "./dispatch-stack.js";
import { EQUIPMENT_PLOTS } from "./equipment.js";
import { LEARNING_PLOTS } from "./learning.js";
import { MARKET_PLOTS } from "./market.js";
import { NETWORK_PLOTS } from "./network.js";
import { PACKET_PLOTS } from "./packets.js";
import type { Plot } from "./plot.js";
import { POWER_PLOTS } from "./power.js";

export type { Plot, PlotChoice } from "./plot.js";

/** Every plot by name, in the order of a report. */
export const PLOTS: Readonly<Record<string, Plot>> = {
  ...POWER_PLOTS,
  ...COMFORT_PLOTS,
  ...MARKET_PLOTS,
  ...PACKET_PLOTS,
  ...NETWORK_PLOTS,
  ...EQUIPMENT_PLOTS,
  ...LEARNING_PLOTS,
  ...DISPATCH_STACK_PLOTS,
  ...DISPATCH_MONEY_PLOTS,
  ...DISPATCH_NETWORK_PLOTS,
  ...CONVERGENCE_PLOTS,
};
