import { z } from "zod";
import { type NodeBuilder, scaled } from "./node-builder.js";

/** A generator of the trilemma case: minimum ≤ P ≤ maximum at ½·a·P² + b·P, with Q and heat in fixed ratios to P. */
export const generatorSchema = z
  .strictObject({
    kind: z.literal("generator"),
    name: z.string().optional(),
    minimum: z.number().min(0).default(0),
    maximum: z.number().min(0),
    quadraticCost: z.number().min(0),
    linearCost: z.number(),
    reactiveRatio: z.number().default(0),
    heatRatio: z.number().min(0).default(0),
  })
  .refine(({ minimum, maximum }) => minimum <= maximum, {
    path: ["minimum"],
    message: "must not exceed the maximum",
  });
export type Generator = z.input<typeof generatorSchema>;

export function addGenerator(node: NodeBuilder, device: z.output<typeof generatorSchema>, name: string): void {
  const power = node.program.block(name, "activePower", {
    lower: device.minimum,
    upper: device.maximum,
    curvature: node.perStep(device.quadraticCost),
    linear: node.perStep(device.linearCost),
  });
  node.active.push(scaled(power));
  const { reactiveRatio, heatRatio } = device;
  if (reactiveRatio !== 0) node.reactive.push(node.following(name, "reactivePower", { power, ratio: reactiveRatio }));
  if (heatRatio !== 0) node.heat.push(node.following(name, "heat", { power, ratio: heatRatio }));
}
