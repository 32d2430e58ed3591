import { z } from "zod";
import { type NodeBuilder, scaled } from "./node-builder.js";

const efficiency = z.number().gt(0).max(1);

/**
 * Battery of the trilemma case. Its level counts at the beginning of a step: E(t+1) = E(t) + h·(ηc·in − out), and it gives
 * ηd·out to its node. It must end no emptier than it began.
 */
export const yingkouBatterySchema = z.strictObject({
  kind: z.literal("yingkou-battery"),
  name: z.string().optional(),
  capacity: z.number().min(0),
  power: z.number().min(0),
  initialShare: z.number().min(0).max(1).default(0.5),
  chargeEfficiency: efficiency.default(0.9),
  dischargeEfficiency: efficiency.default(0.9),
});
export type YingkouBattery = z.input<typeof yingkouBatterySchema>;

export function addYingkouBattery(
  node: NodeBuilder,
  device: z.output<typeof yingkouBatterySchema>,
  name: string,
): void {
  const { program, frame } = node;
  const { steps, stepHours: hours } = frame;
  const stored = device.chargeEfficiency;
  const energy = program.block(name, "energy", { lower: 0, upper: device.capacity });
  const charge = program.block(name, "charge", { lower: 0, upper: device.power });
  const discharge = program.block(name, "discharge", { lower: 0, upper: device.power });
  program.fix(energy, device.initialShare * device.capacity);
  for (let step = 1; step < steps; step++) {
    const before = step - 1;
    const flows = [[charge + before, -stored * hours] as const, [discharge + before, hours] as const];
    program.equalAt(step, [[energy + step, 1], [energy + before, -1], ...flows], 0);
  }
  const last = steps - 1;
  const lastHours = frame.storage === "corrected" ? hours : 1;
  const flows = [[charge + last, -stored * lastHours] as const, [discharge + last, lastHours] as const];
  program.atMostAt(last, [[energy + last, -1], ...flows], -device.initialShare * device.capacity);
  node.active.push(scaled(discharge, device.dischargeEfficiency), scaled(charge, -1));
  node.isCoupledInTime = true;
}
