import { z } from "zod";
import { type NodeBuilder, scaled } from "./node-builder.js";

/** Electric heat pump (EHP): minimum ≤ P ≤ maximum taken from its node, H = cop·P given, |Q| ≤ share·P. */
export const heatPumpSchema = z
  .strictObject({
    kind: z.literal("heat-pump"),
    name: z.string().optional(),
    minimum: z.number().min(0).default(0),
    maximum: z.number().min(0),
    cop: z.number().gt(0),
    reactiveShare: z.number().min(0).default(0.75),
  })
  .refine(({ minimum, maximum }) => minimum <= maximum, {
    path: ["minimum"],
    message: "must not exceed the maximum",
  });
export type HeatPump = z.input<typeof heatPumpSchema>;

export function addHeatPump(node: NodeBuilder, device: z.output<typeof heatPumpSchema>, name: string): void {
  const power = node.program.block(name, "consumption", { lower: device.minimum, upper: device.maximum });
  node.active.push(scaled(power, -1));
  node.heat.push(scaled(power, device.cop));
  node.reactiveWithin(name, power, { share: device.reactiveShare });
}
