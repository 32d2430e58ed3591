import { pixel } from "./frame.js";
import type { Scale } from "./scale.js";

/** Where values over something are drawn. */
export interface Scales {
  readonly x: Scale;
  readonly y: Scale;
}

/** Points of a picture; NaN leaves a gap. */
export interface Points {
  readonly at: readonly number[];
  readonly values: readonly number[];
}

/** The path of a line; `step` holds each value for what is before it, as a price is. */
export function linePath(points: Points, { x, y }: Scales, isStep = false): string {
  let path = "";
  let isOpen = false;
  for (const i of visible(points, x)) {
    const height = y(points.values[i]);
    if (!Number.isFinite(height)) {
      isOpen = false;
      continue;
    }
    const [px, py] = [pixel(x(points.at[i])), pixel(height)];
    if (!isOpen) path += `M${px} ${py}`;
    else path += isStep ? `V${py}H${px}` : `L${px} ${py}`;
    isOpen = true;
  }
  return path;
}

/** The outline of the area between two lines over the same places. */
export function bandPath(low: Points, high: Points, { x, y }: Scales): string {
  const kept = [...new Set([...visible(low, x), ...visible(high, x)])].sort((a, b) => a - b);
  const known = kept.filter(i => Number.isFinite(low.values[i]) && Number.isFinite(high.values[i]));
  const edge = ({ at, values }: Points, i: number) => `${pixel(x(at[i]))} ${pixel(y(values[i]))}`;
  const upper = known.map(i => edge(high, i));
  const lower = known.reverse().map(i => edge(low, i));
  return upper.length === 0 ? "" : `M${[...upper, ...lower].join("L")}Z`;
}

const ALL_BELOW = 1440;

/**
 * Indices of the points that can be seen: all of a short line; of a long one the first, lowest, highest and last of each
 * column of pixels, which looks the same (Jugel et al., "M4", VLDB 2014), and the gaps.
 */
function visible({ at, values }: Points, x: Scale): number[] {
  if (at.length <= ALL_BELOW) return at.map((_, i) => i);
  const columns = new Map<number, [first: number, lowest: number, highest: number, last: number]>();
  const gaps: number[] = [];
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) {
      if (i === 0 || Number.isFinite(values[i - 1])) gaps.push(i);
      return;
    }
    const column = Math.floor(x(at[i]));
    const known = columns.get(column);
    if (known === undefined) {
      columns.set(column, [i, i, i, i]);
      return;
    }
    if (value < values[known[1]]) known[1] = i;
    if (value > values[known[2]]) known[2] = i;
    known[3] = i;
  });
  return [...new Set([...[...columns.values()].flat(), ...gaps])].sort((a, b) => a - b);
}
