import { z } from "zod";
import { type NodeBuilder, scaled } from "./node-builder.js";
import { profile } from "./profile.js";

/**
 * Photovoltaics or wind, curtailed at will: 0 ≤ P ≤ available. In the dual-privacy framework |Q| ≤ tan φ·P and energy is
 * free; in the trilemma case Q = ratio·P, a step with less than the threshold yields nothing, and P costs ½·a·P² + b·P.
 */
export const renewableSchema = z
  .strictObject({
    kind: z.literal("renewable"),
    name: z.string().optional(),
    available: profile,
    /** |Q| ≤ share·P. */
    reactiveShare: z.number().min(0).optional(),
    /** Q = ratio·P. */
    reactiveRatio: z.number().optional(),
    quadraticCost: z.number().min(0).default(0),
    linearCost: z.number().default(0),
    /** What is available up to this power is not used. */
    threshold: z.number().min(0).default(0),
  })
  .refine(({ reactiveShare, reactiveRatio }) => reactiveShare === undefined || reactiveRatio === undefined, {
    path: ["reactiveRatio"],
    message: "give either a share that Q may have of P, or the ratio that it has",
  });
export type Renewable = z.input<typeof renewableSchema>;

export function addRenewable(node: NodeBuilder, device: z.output<typeof renewableSchema>, name: string): void {
  const available = node.profile(device.available, name, "available");
  const power = node.program.block(name, "activePower", {
    lower: 0,
    upper: available.map(value => (value > device.threshold ? value : 0)),
    curvature: node.perStep(device.quadraticCost),
    linear: node.perStep(device.linearCost),
  });
  node.active.push(scaled(power));
  node.reactiveWithin(name, power, { share: device.reactiveShare ?? 0 });
  const ratio = device.reactiveRatio ?? 0;
  if (ratio !== 0) node.reactive.push(node.following(name, "reactivePower", { power, ratio }));
}
