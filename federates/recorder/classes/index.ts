import { eplus } from "./building.js";
import { bus, gen, sys } from "./bulk-system.js";
import { learning } from "./learning.js";
import { auction, houseBids, ledger } from "./market.js";
import type { MetricClass } from "./metric-class.js";
import { billingMeter, capacitor, line, regulator, substation, transformer } from "./network.js";
import { packets } from "./packets.js";
import { battery, comfort, evchargerdet, house, inverter } from "./premises.js";

export { DEFAULT_PERIOD, type MetricClass, type Quantity } from "./metric-class.js";

/** The classes of metrics files by the name that their files start with. */
export const METRIC_CLASSES: Readonly<Record<string, MetricClass>> = {
  house,
  billing_meter: billingMeter,
  inverter,
  substation,
  line,
  transformer,
  capacitor,
  regulator,
  evchargerdet,
  bus,
  gen,
  sys,
  eplus,
  auction,
  house_bids: houseBids,
  ledger,
  learning,
  comfort,
  battery,
  packets,
};
