import type { PlannedRun } from "./plan.js";
import type { SweepRow } from "./results.js";
import { meanInterval, type Interval } from "./statistics.js";
import type { Axis } from "./values.js";

/** A key of the summaries over the swept values: what a plot shows. */
export interface SweepSeries {
  readonly key: string;
  /** Horizontal axis: what is varied, and its unit where its values have one. */
  readonly along: { readonly label: string; readonly unit: string };
  /** Labels of the places along the axis, and their values where all are numbers of one unit. */
  readonly places: readonly string[];
  readonly positions?: readonly number[];
  /** One for each combination of the other varied axes. */
  readonly lines: readonly SweepLine[];
}

/** Means with their intervals at the places of the axis; undefined where no run is done. */
export interface SweepLine {
  readonly label: string;
  readonly intervals: readonly (Interval | undefined)[];
}

/** Keys of the summaries that are numbers in some run and not the same in all: those worth a plot. */
export function varyingKeys(rows: readonly SweepRow[]): string[] {
  const keys = [...new Set(rows.flatMap(({ summary }) => Object.keys(summary)))];
  return keys.filter(key => {
    const values = rows.map(({ summary }) => summary[key]).filter(value => value !== undefined);
    return values.some(value => typeof value === "number") && new Set(values).size > 1;
  });
}

/** The axes of runs: each path with the values that it takes. */
export function axesOf(runs: readonly Pick<PlannedRun, "parameters">[]): Axis[] {
  const paths = Object.keys(runs[0]?.parameters ?? {});
  return paths.map(path => ({ path, values: [...new Set(runs.map(({ parameters }) => parameters[path]))] }));
}

/** Mean and 95 % interval over the seeds of a key, along the first axis that has more than one value. */
export function seriesOf(rows: readonly SweepRow[], key: string): SweepSeries {
  const [along, ...others] = axesOf(rows).filter(({ values }) => values.length > 1) as (Axis | undefined)[];
  const places = along?.values ?? [""];
  const labels = [...new Set(rows.map(row => labelOf(row, others)))];
  const lines = labels.map((label): SweepLine => {
    const own = rows.filter(row => labelOf(row, others) === label);
    return {
      label,
      intervals: places.map(place =>
        intervalOf(
          own.filter(row => along === undefined || row.parameters[along.path] === place),
          key,
        ),
      ),
    };
  });
  const { positions, unit } = along === undefined ? { unit: "" } : readPositions(along.values);
  return { key, along: { label: along?.path ?? "all runs", unit }, places, positions, lines };
}

function labelOf({ parameters }: SweepRow, others: readonly (Axis | undefined)[]): string {
  return others.map(axis => (axis === undefined ? "" : `${lastKey(axis.path)} ${parameters[axis.path]}`)).join(", ");
}

/** `count` of `federates.houses.params.count`. */
const lastKey = (path: string) => path.slice(path.lastIndexOf(".") + 1);

function intervalOf(rows: readonly SweepRow[], key: string): Interval | undefined {
  const values = rows.map(({ summary }) => summary[key]).filter(value => typeof value === "number");
  return values.length === 0 ? undefined : meanInterval(values);
}

/** The numbers of values such as `10` or `15s` when all have one unit. */
function readPositions(values: readonly string[]): { positions?: number[]; unit: string } {
  const matches = values.map(value => /^([-+]?[\d.]+(?:[eE][-+]?\d+)?)([a-zA-Z%]*)$/.exec(value));
  const units = new Set(matches.map(match => match?.[2]));
  const [unit] = units;
  if (units.size > 1 || unit === undefined) return { unit: "" };
  const positions = matches.map(match => Number(match?.[1]));
  return positions.every(Number.isFinite) ? { positions, unit } : { unit: "" };
}
