import { AREA, label, layOut, lowerAxis, pixel, svgElement, valueAxis, type Box, type Key } from "../report/frame.js";
import { fill, stroke } from "../report/palette.js";
import { bandPath, linePath, type Points } from "../report/paths.js";
import { quantityOf } from "../report/quantity.js";
import { linearScale, tickText, type Scale } from "../report/scale.js";
import type { SweepLine, SweepSeries } from "./series.js";

/** Below the axis stand the values and then the name of what is varied. */
const BOTTOM_MARGIN = 52;
/** Up to so many places have their own values below them, in place of round ones. */
const MOST_PLACES = 8;

/** The horizontal axis. */
interface Across {
  readonly scale: Scale;
  /** Values of the places on the scale. */
  readonly at: readonly number[];
  readonly textOf: (value: number) => string;
  /** Whether a line between two places means something. */
  readonly isNumeric: boolean;
}

/** The mean over the seeds at each value and, as a band or as bars, its 95 % interval; alone it brings its background. */
export function drawBands(series: SweepSeries, isAlone = false): string {
  const { lines, along } = series;
  const { box, legend } = layOut(keysOf(lines), BOTTOM_MARGIN);
  const across = acrossOf(series, box);
  const y = linearScale(lines.flatMap(endsOf), [box.bottom, box.top]);
  const { words, unit } = quantityOf(series.key);
  const parts = [
    ...legend,
    ...valueAxis(y, box, unit),
    ...lowerAxis(across.scale, box, across.textOf),
    label(
      (box.left + box.right) / 2,
      box.bottom + 40,
      "middle",
      along.unit === "" ? along.label : `${along.label}, ${along.unit}`,
    ),
    ...lines.map((line, colour) =>
      drawLine(line, colour, across.isNumeric ? across : beside(across, colour, lines.length), y),
    ),
  ];
  return svgElement({ title: words, description: `mean and 95 % interval over ${along.label}` }, parts, isAlone);
}

function keysOf(lines: readonly SweepLine[]): Key[] {
  return lines.flatMap(({ label: text }, colour): Key[] =>
    text === "" ? [] : [{ label: text, colour, mark: "line" }],
  );
}

/** Ends of the intervals of a line, and its means where nothing is known of their spread. */
function endsOf({ intervals }: SweepLine): number[] {
  return intervals.flatMap(interval => {
    if (interval === undefined) return [];
    const { mean, halfWidth } = interval;
    return Number.isNaN(halfWidth) ? [mean] : [mean - halfWidth, mean + halfWidth];
  });
}

function acrossOf({ positions, places }: SweepSeries, { left, right }: Box): Across {
  const at = positions ?? places.map((_, i) => i);
  const isNumeric = positions !== undefined;
  const scale = isNumeric ? linearScale(at, [left, right], 8) : slots(places.length, left, right);
  if (at.length > MOST_PLACES && isNumeric) {
    return { scale, at, textOf: value => tickText(value, scale.step), isNumeric };
  }
  const own = Object.assign((value: number) => scale(value), { ticks: at, step: scale.step });
  return {
    scale: own,
    at,
    textOf: value => (isNumeric ? String(value) : shorten(places[at.indexOf(value)])),
    isNumeric,
  };
}

/** A scale with a slot of equal width for each of `count` places. */
function slots(count: number, left: number, right: number): Scale {
  const width = (right - left) / count;
  return Object.assign((place: number) => left + (place + 0.5) * width, { ticks: [], step: 1 });
}

/** Pixels between the bars of two lines at one place. */
const APART = 10;

/** The places of one line of several, so that their bars stand side by side. */
function beside(across: Across, line: number, count: number): Across {
  const shift = (line - (count - 1) / 2) * APART;
  const { ticks, step } = across.scale;
  return { ...across, scale: Object.assign((value: number) => across.scale(value) + shift, { ticks, step }) };
}

const shorten = (place: string) => (place.length > 24 ? `…${place.slice(-23)}` : place);

function drawLine({ intervals }: SweepLine, colour: number, { at, scale, isNumeric }: Across, y: Scale): string {
  const valuesOf = (sign: number) => intervals.map(one => (one === undefined ? NaN : one.mean + sign * one.halfWidth));
  const order = at.map((_, i) => i).sort((a, b) => at[a] - at[b]);
  const points = (values: readonly number[]): Points => ({
    at: order.map(i => at[i]),
    values: order.map(i => values[i]),
  });
  const means = points(intervals.map(one => one?.mean ?? NaN));
  const [low, high] = [points(valuesOf(-1)), points(valuesOf(1))];
  const dots = means.at.flatMap((place, i) =>
    Number.isNaN(means.values[i])
      ? []
      : [`<circle cx="${pixel(scale(place))}" cy="${pixel(y(means.values[i]))}" r="3" ${fill(colour)}/>`],
  );
  if (!isNumeric)
    return [
      ...low.at.map((place, i) => bar(scale(place), [y(low.values[i]), y(high.values[i])], colour)),
      ...dots,
    ].join("");
  const scales = { x: scale, y };
  const band = `<path ${fill(colour, AREA)} d="${bandPath(low, high, scales)}"/>`;
  return [band, `<path ${stroke(colour)} stroke-width="1.5" d="${linePath(means, scales)}"/>`, ...dots].join("");
}

/** A vertical bar with a stroke at both ends; nothing where the spread is not known. */
function bar(x: number, [low, high]: readonly [number, number], colour: number): string {
  if (Number.isNaN(low) || Number.isNaN(high)) return "";
  const end = (y: number) => `M${pixel(x - 6)} ${pixel(y)}h12`;
  return `<path ${stroke(colour)} stroke-width="1.5" d="M${pixel(x)} ${pixel(low)}V${pixel(high)}${end(low)}${end(high)}"/>`;
}
