import type { Band, Chart, Line } from "../chart.js";
import type { Picture } from "../picture.js";
import { fieldOver, objectsOf, type MetricsData, type Over, type RunData } from "../run-data.js";

/** What a reader may choose of a plot. */
export interface PlotChoice {
  /** One house in place of all. */
  readonly house?: string;
  /** Simulated seconds: the last round until then, in place of the last one. */
  readonly roundSeconds?: number;
}

/** A kind of picture that can be made of a run. */
export interface Plot {
  /** One sentence. */
  readonly doc: string;
  readonly group: "Power" | "Comfort" | "Market" | "Network" | "Equipment" | "Learning" | "Dispatch";
  /** What it takes besides the run. */
  readonly takes?: "house" | "round";
  /** Undefined where the run has not recorded what it shows. */
  draw(run: RunData, choice: PlotChoice): Picture | undefined;
}

/** A field over time as a line. */
export interface LineChoice {
  readonly field: string;
  readonly label: string;
  readonly over?: Over;
  readonly weight?: number;
  readonly style?: Line["style"];
  readonly isDashed?: boolean;
  readonly colour?: number;
  readonly fits?: (name: string) => boolean;
}

/** A line of one field; undefined where the class has none. */
export function fieldLine(data: MetricsData | undefined, choice: LineChoice): Line | undefined {
  const { field, label, over = "mean", weight = 1, fits, ...look } = choice;
  const values = fieldOver(data, field, over, fits);
  if (values === undefined || data === undefined) return undefined;
  return { label, values: values.map(value => value * weight), times: data.times, ...look };
}

/** A quantity that is recorded as minimum, maximum and average. */
export interface SpreadChoice {
  readonly quantity: string;
  readonly label?: string;
  readonly bandLabel?: string;
  readonly weight?: number;
  readonly fits?: (name: string) => boolean;
}

/** The mean of a quantity over objects and time, and the band between its smallest and largest value. */
export function spreadOf(
  data: MetricsData | undefined,
  { quantity, label = "mean", bandLabel = "minimum to maximum", weight, fits }: SpreadChoice,
): { readonly lines: Line[]; readonly bands: Band[] } {
  const mean = fieldLine(data, { field: `${quantity}_avg`, label, weight, fits });
  const low = fieldLine(data, { field: `${quantity}_min`, label: "", over: "min", weight, fits });
  const high = fieldLine(data, { field: `${quantity}_max`, label: "", over: "max", weight, fits });
  const lines = mean === undefined ? [] : [mean];
  if (low === undefined || high === undefined) return { lines, bands: [] };
  return { lines, bands: [{ label: bandLabel, low: low.values, high: high.values, times: low.times }] };
}

/** What a chart says besides its lines. */
export type ChartHeading = Pick<Chart, "title" | "axis" | "bands" | "limits" | "note">;

/** A chart of the lines that there are; undefined when there is none. */
export function chartOf(
  data: MetricsData | undefined,
  heading: ChartHeading,
  lines: readonly (Line | undefined)[],
): Chart | undefined {
  const known = lines.filter(line => line !== undefined);
  if (known.length === 0) return undefined;
  return { kind: "time", ...heading, lines: known, startTime: data?.startTime ?? "" };
}

/** Chooses a house's objects, or all: `A6` or `F0_house_A6` also fits `solar_inv_F0_house_A6`. */
export function houseFilter(house: string | undefined): (name: string) => boolean {
  return name => house === undefined || name === house || name.endsWith(`_${house}`);
}

/** " of A6" behind a title, or nothing. */
export function ofHouse({ house }: PlotChoice): string {
  return house === undefined ? "" : ` of ${house}`;
}

/** The ends of names in which they differ: `F0_house_A6` among its like is `A6`. */
export function shortNames(names: readonly string[]): string[] {
  const stems = new Set(names.map(name => name.slice(0, name.lastIndexOf("_") + 1)));
  const [stem = ""] = stems;
  return stems.size === 1 ? names.map(name => name.slice(stem.length)) : [...names];
}

/** One value of each object in one window, where it is a number. */
export function windowValues(
  data: MetricsData | undefined,
  field: string,
  window: number,
): { readonly name: string; readonly value: number }[] {
  const place = data?.index.get(field) ?? -1;
  const row = data?.windows.at(window) ?? {};
  return objectsOf(data).flatMap(name => {
    const value = row[name]?.[place];
    return typeof value === "number" ? [{ name, value }] : [];
  });
}
