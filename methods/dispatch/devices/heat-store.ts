import { z } from "zod";
import { type NodeBuilder, scaled } from "./node-builder.js";
import { addStorage, storageFields } from "./storage.js";

/** Heat store of the dual-privacy framework: what is stored comes back, less what is lost meanwhile. */
export const heatStoreSchema = z.strictObject({ kind: z.literal("heat-store"), ...storageFields });
export type HeatStore = z.input<typeof heatStoreSchema>;

export function addHeatStore(node: NodeBuilder, device: z.output<typeof heatStoreSchema>, name: string): void {
  const { charge, discharge } = addStorage(node, { ...device, chargeEfficiency: 1, dischargeEfficiency: 1 }, name);
  node.heat.push(scaled(discharge), scaled(charge, -1));
}
