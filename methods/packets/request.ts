/** How often a house asks: mean time to request at the set-point, and the time between two looks, both in seconds. */
export interface RequestTiming {
  readonly meanTimeToRequestSeconds: number;
  readonly intervalSeconds: number;
}

/**
 * Rate at which a house that may cool asks for a packet, per second: 1 / MTTR at the set-point, 0 at the lower edge
 * of the dead band, infinite at the upper one.
 *
 * Almassalkhi, Frolik, Hines: Packetized energy management: asynchronous and anonymous coordination of thermostatically
 * controlled loads (American Control Conference 2017), eq. (2), for a cooling load whose band lies evenly around its
 * set-point: rate = (T − low) / (up − T) / MTTR.
 */
export function requestRatePerSecond(airF: number, setpointF: number, deadbandF: number, mttrSeconds: number): number {
  const belowF = airF - (setpointF - deadbandF / 2);
  const aboveF = setpointF + deadbandF / 2 - airF;
  if (aboveF <= 0) return Infinity;
  return belowF <= 0 ? 0 : belowF / aboveF / mttrSeconds;
}

/** Probability that a house asks at one look: that of at least one event of a Poisson process of this rate in the interval. */
export function requestProbability(airF: number, setpointF: number, deadbandF: number, timing: RequestTiming): number {
  const rate = requestRatePerSecond(airF, setpointF, deadbandF, timing.meanTimeToRequestSeconds);
  return 1 - Math.exp(-rate * timing.intervalSeconds);
}
