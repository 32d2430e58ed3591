import { z } from "zod";
import { type NodeBuilder, scaled } from "./node-builder.js";

/**
 * Combined heat and power of the dual-privacy framework: minimum ≤ P ≤ maximum, 0 ≤ H ≤ heatToPower·P, |Q| ≤ share·P, and
 * fuel for both at gasPrice·(1 + heatToPower)·P.
 */
export const chpSchema = z
  .strictObject({
    kind: z.literal("chp"),
    name: z.string().optional(),
    minimum: z.number().min(0).default(0),
    maximum: z.number().min(0),
    heatToPower: z.number().min(0),
    /** Per unit of energy of the fuel's yield. */
    gasPrice: z.number(),
    reactiveShare: z.number().min(0).default(0.75),
  })
  .refine(({ minimum, maximum }) => minimum <= maximum, {
    path: ["minimum"],
    message: "must not exceed the maximum",
  });
export type Chp = z.input<typeof chpSchema>;

export function addChp(node: NodeBuilder, device: z.output<typeof chpSchema>, name: string): void {
  const { minimum, maximum, heatToPower, gasPrice, reactiveShare } = device;
  const linear = node.perStep(gasPrice * (1 + heatToPower));
  const power = node.program.block(name, "activePower", { lower: minimum, upper: maximum, linear });
  const heat = node.program.block(name, "heat", { lower: 0 });
  node.program.atMost([scaled(heat), scaled(power, -heatToPower)], 0);
  node.active.push(scaled(power));
  node.heat.push(scaled(heat));
  node.reactiveWithin(name, power, { share: reactiveShare });
}
