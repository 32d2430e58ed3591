import { DispatchError } from "../dispatch-error.js";

/** Places in a sealed vector for each number. */
export const LIMBS = 2;

/** What a low limb counts to; sums of many low limbs stay far below what a slot carries. */
const BASE = 16777216;
const LARGEST = Number.MAX_SAFE_INTEGER;

/** Each number as a whole multiple of the quantum, split in a high and a low limb (0 ≤ low < 2^24), low ones behind all high ones. */
export function toLimbs(numbers: Float64Array, quantum: number): Float64Array {
  const limbs = new Float64Array(numbers.length * LIMBS);
  numbers.forEach((number, i) => {
    const whole = Math.round(number / quantum);
    if (!(Math.abs(whole) <= LARGEST)) {
      const message = `${number} cannot be encrypted: numbers up to ${LARGEST * quantum} can, so state the case in a larger unit or enlarge the quantum`;
      throw new DispatchError("INVALID_PROFILE", message);
    }
    const high = Math.floor(whole / BASE);
    limbs[i] = high;
    limbs[numbers.length + i] = whole - high * BASE;
  });
  return limbs;
}

/** Numbers from limbs, or from sums of limbs that carry noise below one half. Nothing is +0, never −0. */
export function fromLimbs(limbs: Float64Array, quantum: number): Float64Array {
  const length = limbs.length / LIMBS;
  return Float64Array.from(
    { length },
    (_, i) => (0 + Math.round(limbs[i]) * BASE + Math.round(limbs[length + i])) * quantum,
  );
}
