import { clockAxis, clockScale } from "./clock-axis.js";
import { AREA, INK_LINE, label, layOut, pixel, svgElement, valueAxis, type Box, type Key } from "./frame.js";
import { fill, stroke } from "./palette.js";
import { bandPath, linePath, type Scales } from "./paths.js";
import { linearScale } from "./scale.js";

export { escapeXml } from "./frame.js";
export { CHART_STYLE } from "./palette.js";

/** One line of a chart: a value for each time; NaN leaves a gap. */
export interface Line {
  readonly label: string;
  readonly values: readonly number[];
  readonly times: readonly number[];
  /** `step` holds each value for the time before it, as a price is. */
  readonly style?: "line" | "step";
  readonly isDashed?: boolean;
  /** Place in the palette; the place among the lines by default. */
  readonly colour?: number;
}

/** The area between a smallest and a largest value. */
export interface Band {
  readonly label: string;
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly times: readonly number[];
  readonly colour?: number;
}

/** A value that a quantity should keep to, with its name at one end of its line. */
export interface Limit {
  readonly label: string;
  readonly value: number;
  readonly end?: "left" | "right";
  /** Where the name stands; above the line by default. */
  readonly side?: "above" | "below";
}

/** A chart over time: everything that is drawn, nothing about how. */
export interface Chart {
  readonly kind: "time";
  readonly title: string;
  /** Quantity and unit of the vertical axis. */
  readonly axis: string;
  readonly lines: readonly Line[];
  readonly bands?: readonly Band[];
  readonly limits?: readonly Limit[];
  /** Stands behind the legend. */
  readonly note?: string;
  /** Wall-clock time of second 0: `2013-07-01 00:00:00 PDT`. */
  readonly startTime: string;
}

/** A chart as one SVG element; alone it brings its background. */
export function drawChart(chart: Chart, isAlone = false): string {
  const { lines, bands = [], limits = [] } = chart;
  const { box, legend } = layOut(keysOf(chart));
  const x = clockScale(
    [...lines, ...bands].flatMap(part => part.times),
    box,
  );
  const values = [
    ...lines.flatMap(line => line.values),
    ...bands.flatMap(band => [...band.low, ...band.high]),
    ...limits.map(limit => limit.value),
  ];
  const scales = { x, y: linearScale(values, [box.bottom, box.top]) };
  const parts = [
    ...legend,
    ...valueAxis(scales.y, box, chart.axis),
    ...clockAxis(x, box, chart.startTime),
    ...bands.map(band => drawBand(band, scales)),
    ...limits.map(limit => drawLimit(limit, scales, box)),
    ...lines.map((line, i) => drawLine(line, line.colour ?? i, scales)),
  ];
  const description = [...lines, ...bands].map(part => part.label).join(", ");
  return svgElement({ title: chart.title, description }, parts, isAlone);
}

function keysOf({ lines, bands = [], note }: Chart): Key[] {
  return [
    ...lines.map(({ label, colour, isDashed }, i): Key => ({
      label,
      colour: colour ?? i,
      mark: isDashed === true ? "dash" : "line",
    })),
    ...bands.map(({ label, colour = 0 }): Key => ({ label, colour, mark: "area" })),
    ...(note === undefined ? [] : [{ label: note, colour: 0, mark: "note" } as const]),
  ];
}

function drawLine({ values, times, style, isDashed }: Line, colour: number, scales: Scales): string {
  const dashes = isDashed === true ? ' stroke-dasharray="4 3"' : "";
  const path = linePath({ at: times, values }, scales, style === "step");
  return `<path ${stroke(colour)} stroke-width="1.4" stroke-linejoin="round"${dashes} d="${path}"/>`;
}

function drawBand({ low, high, times, colour = 0 }: Band, scales: Scales): string {
  const path = bandPath({ at: times, values: low }, { at: times, values: high }, scales);
  return `<path ${fill(colour, AREA)} d="${path}"/>`;
}

/** A limit as a dashed line with its name. */
export function drawLimit(
  { label: text, value, end = "right", side }: Limit,
  { y }: Scales,
  { left, right }: Box,
): string {
  const at = pixel(y(value));
  const base = side === "below" ? at + 13 : at - 4;
  const name = end === "right" ? label(right - 4, base, "end", text) : label(left + 4, base, "start", text);
  return `<path ${INK_LINE} stroke-opacity="0.75" stroke-dasharray="7 4" d="M${left} ${at}H${right}"/>${name}`;
}
