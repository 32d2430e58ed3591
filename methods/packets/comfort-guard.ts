/** A house takes part in the packet scheme. */
export const FREE = 0;
/** A house has left it because it is too warm, and cools until it is comfortable. */
export const GUARDED_ON = 1;
/** A house has left it because it is too cold, and does not cool until it is comfortable. */
export const GUARDED_OFF = 2;

/** Whether a house takes part, or cools or not on its own (the published exit mode). */
export type ComfortGuard = typeof FREE | typeof GUARDED_ON | typeof GUARDED_OFF;

/** Share of the dead band around the set-point within which a house takes part again. */
const RETURN_SHARE = 3 / 8;

/** What a guard becomes at a temperature: outside the dead band the house looks after itself, within ±3/8 of it around the set-point it takes part, between the two it goes on as it was. */
export function comfortGuard(guard: ComfortGuard, airF: number, setpointF: number, deadbandF: number): ComfortGuard {
  if (airF > setpointF + deadbandF / 2) return GUARDED_ON;
  if (airF < setpointF - deadbandF / 2) return GUARDED_OFF;
  return Math.abs(airF - setpointF) < RETURN_SHARE * deadbandF ? FREE : guard;
}
