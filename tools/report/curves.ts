import { AREA, INK_LINE, label, layOut, lowerAxis, pixel, svgElement, valueAxis, type Key } from "./frame.js";
import { fill, stroke } from "./palette.js";
import { bandPath, linePath, type Scales } from "./paths.js";
import { linearScale, tickText } from "./scale.js";

/** One curve over a quantity other than time, from left to right. */
export interface Curve {
  readonly label: string;
  readonly at: readonly number[];
  readonly values: readonly number[];
  /** Area between a low and a high value at each place. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}

/** Curves over a quantity other than time. */
export interface Curves {
  readonly kind: "curves";
  readonly title: string;
  /** Quantity and unit of the axes. */
  readonly axis: string;
  readonly lowerAxis: string;
  readonly curves: readonly Curve[];
  /** A point with a name. */
  readonly mark?: { readonly at: number; readonly value: number; readonly label: string };
  readonly note?: string;
}

/** Curves as one SVG element; alone it brings its background. */
export function drawCurves(picture: Curves, isAlone = false): string {
  const { title, axis, curves, note } = picture;
  const keys: Key[] = curves.map(({ label }, colour) => ({ label, colour, mark: "line" }));
  if (note !== undefined) keys.push({ label: note, colour: 0, mark: "note" });
  const { box, legend } = layOut(keys, 48);
  const places = curves.flatMap(curve => curve.at);
  const values = curves.flatMap(({ values, low = [], high = [] }) => [...values, ...low, ...high]);
  const scales = {
    x: linearScale(places, [box.left, box.right], 8),
    y: linearScale(values, [box.bottom, box.top]),
  };
  const parts = [
    ...legend,
    ...valueAxis(scales.y, box, axis),
    ...lowerAxis(scales.x, box, value => tickText(value, scales.x.step)),
    label((box.left + box.right) / 2, box.bottom + 34, "middle", picture.lowerAxis),
    ...curves.map((curve, i) => drawCurve(curve, i, scales)),
    ...markOf(picture, scales),
  ];
  return svgElement({ title, description: curves.map(curve => curve.label).join(", ") }, parts, isAlone);
}

function drawCurve({ at, values, low, high }: Curve, colour: number, scales: Scales): string {
  const line = `<path ${stroke(colour)} stroke-width="1.8" stroke-linejoin="round" d="${linePath({ at, values }, scales)}"/>`;
  if (low === undefined || high === undefined) return line;
  return `<path ${fill(colour, AREA)} d="${bandPath({ at, values: low }, { at, values: high }, scales)}"/>${line}`;
}

function markOf({ mark }: Curves, { x, y }: Scales): string[] {
  if (mark === undefined) return [];
  const [px, py] = [pixel(x(mark.at)), pixel(y(mark.value))];
  return [
    `<circle cx="${px}" cy="${py}" r="4.5" ${INK_LINE} stroke-width="1.6"/>`,
    label(px + 9, py - 8, "start", mark.label),
  ];
}
