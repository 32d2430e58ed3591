import { z } from "zod";
import { type NodeBuilder, scaled } from "./node-builder.js";

/** Electric heater (EH): minimum ≤ P ≤ maximum taken from its node, H = efficiency·P given, no reactive power. */
export const electricHeaterSchema = z
  .strictObject({
    kind: z.literal("electric-heater"),
    name: z.string().optional(),
    minimum: z.number().min(0).default(0),
    maximum: z.number().min(0),
    efficiency: z.number().gt(0).max(1),
  })
  .refine(({ minimum, maximum }) => minimum <= maximum, {
    path: ["minimum"],
    message: "must not exceed the maximum",
  });
export type ElectricHeater = z.input<typeof electricHeaterSchema>;

export function addElectricHeater(
  node: NodeBuilder,
  device: z.output<typeof electricHeaterSchema>,
  name: string,
): void {
  const power = node.program.block(name, "consumption", { lower: device.minimum, upper: device.maximum });
  node.active.push(scaled(power, -1));
  node.heat.push(scaled(power, device.efficiency));
}
