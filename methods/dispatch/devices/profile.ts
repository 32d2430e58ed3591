import { z } from "zod";
import { DispatchError } from "../dispatch-error.js";

/** A quantity over the horizon: one number for all steps, or one per step. */
export const profile = z.union([z.number(), z.array(z.number())]);
export type Profile = z.infer<typeof profile>;

/** Whose profile it is: the node's name, the device and the field. */
export interface ProfileOwner {
  readonly party: string;
  readonly device: string;
  readonly field: string;
}

/**
 * The values of a profile, one per step.
 * @throws DispatchError `INVALID_PROFILE` when the length differs from the horizon's.
 */
export function expandProfile(value: Profile, steps: number, owner: ProfileOwner): Float64Array {
  if (typeof value === "number") return new Float64Array(steps).fill(value);
  if (value.length === steps) return Float64Array.from(value);
  const { party, device, field } = owner;
  throw new DispatchError(
    "INVALID_PROFILE",
    `${party}, ${device}: ${field} has ${value.length} values and the horizon ${steps} steps. Give one per step, or one number.`,
    party,
  );
}
