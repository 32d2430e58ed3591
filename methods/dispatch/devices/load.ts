import { z } from "zod";
import type { NodeBuilder } from "./node-builder.js";
import { profile } from "./profile.js";

/** What a node uses whatever the price, in the case's power unit; consumption is positive. */
export const loadSchema = z.strictObject({
  kind: z.literal("load"),
  name: z.string().optional(),
  activePower: profile.default(0),
  reactivePower: profile.default(0),
  heat: profile.default(0),
});
export type Load = z.input<typeof loadSchema>;

export function addLoad(node: NodeBuilder, load: z.output<typeof loadSchema>, name: string): void {
  addTo(node.activeLoad, node.profile(load.activePower, name, "activePower"));
  addTo(node.reactiveLoad, node.profile(load.reactivePower, name, "reactivePower"));
  addTo(node.heatLoad, node.profile(load.heat, name, "heat"));
}

function addTo(sum: Float64Array, values: Float64Array): void {
  for (let step = 0; step < sum.length; step++) sum[step] += values[step];
}
