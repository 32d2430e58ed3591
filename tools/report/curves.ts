import { drawLimit, type Limit } from "./chart.js";
import { AREA, INK_LINE, label, layOut, lowerAxis, pixel, svgElement, valueAxis, type Key } from "./frame.js";
import { fill, stroke } from "./palette.js";
import { bandPath, linePath, type Points, type Scales } from "./paths.js";
import { linearScale, powerScale, powerText, tickText, type Scale } from "./scale.js";

/** One curve over a quantity other than time, from left to right. */
export interface Curve {
  readonly label: string;
  readonly at: readonly number[];
  readonly values: readonly number[];
  /** Area between a low and a high value at each place. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
  /** Each value has a dot. */
  readonly hasDots?: boolean;
  readonly isDashed?: boolean;
  /** Place in the palette; the place among the curves by default. */
  readonly colour?: number;
}

/** Curves over a quantity other than time. */
export interface Curves {
  readonly kind: "curves";
  readonly title: string;
  /** Quantity and unit of the axes. */
  readonly axis: string;
  readonly lowerAxis: string;
  readonly curves: readonly Curve[];
  /** The vertical axis in powers of ten; values that are not above 0 are left out. */
  readonly isLogarithmic?: boolean;
  readonly limits?: readonly Limit[];
  /** A point with a name. */
  readonly mark?: { readonly at: number; readonly value: number; readonly label: string };
  readonly note?: string;
}

/** Curves as one SVG element; alone it brings its background. */
export function drawCurves(picture: Curves, isAlone = false): string {
  const { title, axis, curves, note, limits = [], isLogarithmic = false } = picture;
  const keys = curves.map(({ label, isDashed, colour }, i): Key => ({
    label,
    colour: colour ?? i,
    mark: isDashed === true ? "dash" : "line",
  }));
  if (note !== undefined) keys.push({ label: note, colour: 0, mark: "note" });
  const { box, legend } = layOut(keys, 48);
  const places = curves.flatMap(curve => curve.at);
  const values = [
    ...curves.flatMap(({ values, low = [], high = [] }) => [...values, ...low, ...high]),
    ...limits.map(limit => limit.value),
  ];
  const scales = {
    x: placeScale(places, [box.left, box.right]),
    y: (isLogarithmic ? powerScale : linearScale)(values, [box.bottom, box.top]),
  };
  const parts = [
    ...legend,
    ...valueAxis(scales.y, box, axis, isLogarithmic ? powerText : undefined),
    ...lowerAxis(scales.x, box, value => tickText(value, scales.x.step)),
    label((box.left + box.right) / 2, box.bottom + 34, "middle", picture.lowerAxis),
    ...limits.map(limit => drawLimit(limit, scales, box)),
    ...curves.map((curve, i) => drawCurve(curve, curve.colour ?? i, scales)),
    ...markOf(picture, scales),
  ];
  return svgElement({ title, description: curves.map(curve => curve.label).join(", ") }, parts, isAlone);
}

/** Counts begin with 0 and have no tick between them. */
function placeScale(places: readonly number[], range: readonly [number, number]): Scale {
  if (!places.every(Number.isInteger)) return linearScale(places, range, 8);
  const last = places.reduce((a, b) => Math.max(a, b), 1);
  return linearScale([0, ...places], range, Math.min(8, last));
}

function drawCurve({ at, values, low, high, hasDots, isDashed }: Curve, colour: number, scales: Scales): string {
  const dashes = isDashed === true ? ' stroke-dasharray="4 3"' : "";
  const line = `<path ${stroke(colour)} stroke-width="1.8" stroke-linejoin="round"${dashes} d="${linePath({ at, values }, scales)}"/>`;
  const dots = hasDots === true ? dotsOf({ at, values }, colour, scales) : "";
  if (low === undefined || high === undefined) return line + dots;
  return `<path ${fill(colour, AREA)} d="${bandPath({ at, values: low }, { at, values: high }, scales)}"/>${line}${dots}`;
}

function dotsOf({ at, values }: Points, colour: number, { x, y }: Scales): string {
  const dots = values.map((value, i) => {
    const height = y(value);
    return Number.isFinite(height)
      ? `<circle cx="${pixel(x(at[i]))}" cy="${pixel(height)}" r="2.6" ${fill(colour)}/>`
      : "";
  });
  return dots.join("");
}

function markOf({ mark }: Curves, { x, y }: Scales): string[] {
  if (mark === undefined) return [];
  const [px, py] = [pixel(x(mark.at)), pixel(y(mark.value))];
  return [
    `<circle cx="${px}" cy="${py}" r="4.5" ${INK_LINE} stroke-width="1.6"/>`,
    label(px + 9, py - 8, "start", mark.label),
  ];
}
