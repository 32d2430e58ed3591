import { CosimError } from "./errors.js";

/** Simulated time: an integer number of ticks since the case's start. */
export type SimTime = number;

/** Length of a tick: one microsecond, or one nanosecond where a case says so. */
export type Tick = "1us" | "1ns";

const NANOSECONDS: Record<string, number> = {
  ns: 1,
  us: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 6e10,
  min: 6e10,
  h: 3.6e12,
  d: 8.64e13,
};

/** Ticks of one second. */
export function ticksPerSecond(tick: Tick): number {
  return tick === "1ns" ? 1e9 : 1e6;
}

/** A duration as text (`"15s"`, `"5m"`, `"1.5h"`, `"2d"`) or as a number of seconds. */
export type Duration = string | number;

/**
 * Ticks of a duration.
 * @throws CosimError `COSIM_TIME_INVALID` when the text is no duration or is not a whole number of ticks.
 */
export function parseDuration(duration: Duration, tick: Tick = "1us"): SimTime {
  const match = /^(-?\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(String(duration).trim());
  const unit = NANOSECONDS[match?.[2] === "" ? "s" : (match?.[2] ?? "")];
  if (match === null || unit === undefined) {
    throw new CosimError("COSIM_TIME_INVALID", `"${duration}" is no duration; write "15s", "5m", "24h" or "2d".`);
  }
  const nanoseconds = Number(match[1]) * unit;
  const ticks = tick === "1ns" ? nanoseconds : nanoseconds / 1e3;
  const whole = Math.round(ticks);
  if (Math.abs(ticks - whole) > 1e-6 || !Number.isSafeInteger(whole)) {
    throw new CosimError("COSIM_TIME_INVALID", `"${duration}" is not a whole number of ticks of ${tick}.`);
  }
  return whole;
}

/** Simulated seconds of a time. */
export function toSeconds(time: SimTime, tick: Tick = "1us"): number {
  return time / ticksPerSecond(tick);
}

/** A time for people: `"1d 02:03:04"`, with a fraction only where there is one. */
export function formatTime(time: SimTime, tick: Tick = "1us"): string {
  const perSecond = ticksPerSecond(tick);
  const seconds = Math.floor(time / perSecond);
  const fraction = time - seconds * perSecond;
  const two = (n: number) => String(n).padStart(2, "0");
  const days = Math.floor(seconds / 86400);
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  const digits = fraction === 0 ? "" : `.${String(fraction).padStart(Math.log10(perSecond), "0")}`;
  return `${days > 0 ? `${days}d ` : ""}${clock}${digits}`;
}
