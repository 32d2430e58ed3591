import { z } from "zod";
import type { NodeBuilder } from "./node-builder.js";

/** What the stores of the dual-privacy framework have in common. */
export const storageFields = {
  name: z.string().optional(),
  capacity: z.number().min(0),
  /** Largest power of charging and of discharging, each. */
  power: z.number().min(0),
  /** Share of the capacity that is full before the first step and after the last. */
  initialShare: z.number().min(0).max(1).default(0.3),
  lossPerHour: z.number().min(0).lt(1).default(0),
};

export interface StorageTraits {
  readonly capacity: number;
  readonly power: number;
  readonly initialShare: number;
  readonly lossPerHour: number;
  readonly chargeEfficiency: number;
  readonly dischargeEfficiency: number;
}

/**
 * A store whose level counts at the end of a step: E(t) − (1 − loss·h)·E(t−1) = charge·ηc − discharge/ηd, times the step's
 * hours unless storages are taken as published. The last level is the initial one.
 */
export function addStorage(
  node: NodeBuilder,
  store: StorageTraits,
  name: string,
): { charge: number; discharge: number } {
  const { program, frame } = node;
  const hours = frame.storage === "corrected" ? frame.stepHours : 1;
  const kept = 1 - store.lossPerHour * frame.stepHours;
  const initial = store.initialShare * store.capacity;
  const energy = program.block(name, "energy", { lower: 0, upper: store.capacity });
  const charge = program.block(name, "charge", { lower: 0, upper: store.power });
  const discharge = program.block(name, "discharge", { lower: 0, upper: store.power });
  for (let step = 0; step < frame.steps; step++) {
    const row: [number, number][] = [
      [energy + step, 1],
      [charge + step, -hours * store.chargeEfficiency],
      [discharge + step, hours / store.dischargeEfficiency],
    ];
    if (step > 0) row.push([energy + step - 1, -kept]);
    program.equalAt(step, row, step > 0 ? 0 : kept * initial);
  }
  program.fix(energy + frame.steps - 1, initial);
  node.isCoupledInTime = true;
  return { charge, discharge };
}
