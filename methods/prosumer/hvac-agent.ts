import type { PriceStatistics } from "./price-statistics.js";

/** When a house's cooling set-points begin (hours of the day) and what they are (degF). */
export interface CoolingSchedule {
  readonly wakeupStartH: number;
  readonly daylightStartH: number;
  readonly eveningStartH: number;
  readonly nightStartH: number;
  readonly wakeupF: number;
  readonly daylightF: number;
  readonly eveningF: number;
  readonly nightF: number;
  readonly weekendDayStartH: number;
  readonly weekendNightStartH: number;
  readonly weekendDayF: number;
  readonly weekendNightF: number;
}

/** What a house's thermostat agent is told once. */
export interface HvacAgent {
  readonly schedule: CoolingSchedule;
  readonly deadbandF: number;
  /** Largest move of the set-point by price. */
  readonly offsetLimitF: number;
  /** Standard deviations of the price that answer to the whole range of temperatures. */
  readonly rampSigma: number;
  readonly priceCapUsdPerKwh: number;
}

/** Base points closer than this are not told to the thermostat. */
const smallestChangeF = 0.1;

/** Scheduled base point at an hour of the day (0 ≤ h < 24). The reference agents pass the whole hour of the clock. */
export function scheduledF(schedule: CoolingSchedule, hour: number, weekend: boolean): number {
  if (weekend) {
    const day = hour >= schedule.weekendDayStartH && hour < schedule.weekendNightStartH;
    return day ? schedule.weekendDayF : schedule.weekendNightF;
  }
  if (hour < schedule.wakeupStartH || hour >= schedule.nightStartH) return schedule.nightF;
  if (hour >= schedule.eveningStartH) return schedule.eveningF;
  return hour >= schedule.daylightStartH ? schedule.daylightF : schedule.wakeupF;
}

/** Base point after a look at the schedule: it stays where it is for changes of 0.1 degF and less. */
export function nextBasePointF(basePointF: number, scheduledPointF: number): number {
  return Math.abs(scheduledPointF - basePointF) > smallestChangeF ? scheduledPointF : basePointF;
}

/** Whether cooling is wanted, with hysteresis: on above the dead band around the set-point, off below it. */
export function coolingNeeded(needed: boolean, airF: number, band: { setpointF: number; deadbandF: number }): boolean {
  const { setpointF, deadbandF } = band;
  if (airF > setpointF + deadbandF / 2) return true;
  return airF < setpointF - deadbandF / 2 ? false : needed;
}

/** What cooling is worth: the mean price, plus the ramp times how much too warm it is; within 0 and the agent's cap. */
export function rampPriceUsdPerKwh(agent: HvacAgent, excessF: number, statistics: PriceStatistics): number {
  const { mean, sigma } = statistics;
  const price = mean + (excessF * agent.rampSigma * sigma) / (2 * agent.offsetLimitF);
  return Math.min(agent.priceCapUsdPerKwh, Math.max(0, price));
}

/** How far a price moves the set-point (degF, warmer when dear), the inverse of the ramp; 0 while the price never varied. */
export function priceOffsetF(agent: HvacAgent, priceUsdPerKwh: number, { mean, sigma }: PriceStatistics): number {
  const spread = agent.rampSigma * sigma;
  if (spread === 0) return 0;
  const offsetF = ((priceUsdPerKwh - mean) * 2 * agent.offsetLimitF) / spread;
  return Math.min(agent.offsetLimitF, Math.max(-agent.offsetLimitF, offsetF));
}
