import { lowerAxis, type Box } from "./frame.js";
import { timeScale, type Scale } from "./scale.js";

/** A scale of the seconds from the start, or the first of some times, to the last of them. */
export function clockScale(times: readonly number[], { left, right }: Box): Scale {
  const from = times.reduce((a, b) => Math.min(a, b), 0);
  const to = times.reduce((a, b) => Math.max(a, b), from + 1);
  return timeScale(from, to, [left, right]);
}

/** The lower edge with clock times. */
export function clockAxis(x: Scale, box: Box, startTime: string): string[] {
  return lowerAxis(x, box, second => clockText(startTime, second, x.step));
}

/** Clock time of a tick; the date where a day begins. */
function clockText(startTime: string, second: number, step: number): string {
  const start = Date.parse(`${startTime.slice(0, 19).replace(" ", "T")}Z`);
  if (Number.isNaN(start)) return `${Number((second / 3600).toPrecision(4))} h`;
  const date = new Date(start + second * 1000).toISOString();
  const isMidnight = date.slice(11, 19) === "00:00:00";
  if (step >= 86400 || isMidnight) return date.slice(5, 10);
  return step < 60 ? date.slice(11, 19) : date.slice(11, 16);
}
