import { z } from "zod";
import { type NodeBuilder, scaled } from "./node-builder.js";
import { addStorage, storageFields } from "./storage.js";

const efficiency = z.number().gt(0).max(1);

/** Battery of the dual-privacy framework: a store with efficiencies; charging and discharging each carry |Q| ≤ share·P. */
export const batterySchema = z.strictObject({
  kind: z.literal("battery"),
  ...storageFields,
  chargeEfficiency: efficiency.default(0.95),
  dischargeEfficiency: efficiency.default(0.95),
  reactiveShare: z.number().min(0).default(0.75),
});
export type Battery = z.input<typeof batterySchema>;

export function addBattery(node: NodeBuilder, device: z.output<typeof batterySchema>, name: string): void {
  const { charge, discharge } = addStorage(node, device, name);
  node.active.push(scaled(discharge), scaled(charge, -1));
  node.reactiveWithin(name, discharge, { share: device.reactiveShare });
  node.reactiveWithin(name, charge, { share: device.reactiveShare, sign: -1 });
}
