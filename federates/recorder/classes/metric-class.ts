import type { Unit } from "../../../broker/wire/index.js";
import type { FieldParams, Statistic } from "../params.js";

/** A quantity that a class takes in: the recorder declares an input for it unless the case binds it elsewhere. */
export interface Quantity {
  readonly type: "number" | "vector" | "json" | "boolean";
  readonly unit?: Unit;
  /** True where the source may speak for the first time after the start. */
  readonly optional?: boolean;
}

/** A class of metrics: what it takes in, when its windows end, its fields in the order of the file. */
export interface MetricClass {
  readonly doc: string;
  readonly offset?: string;
  readonly sample?: string;
  readonly quantities: Readonly<Record<string, Quantity>>;
  readonly fields: readonly FieldParams[];
}

/** Length of a window where neither case nor class says otherwise. */
export const DEFAULT_PERIOD = "300s";

/** A quantity with one value for each object. */
export const vector = (unit?: Unit): Quantity => ({ type: "vector", unit });
/** A quantity of the only object. */
export const number = (unit?: Unit): Quantity => ({ type: "number", unit });

/** What a field says of itself. */
export interface Labels {
  readonly units: string;
  readonly doc: string;
}

/** One field for each statistic of an input, named `name_statistic`. */
export function statistics(
  name: string,
  list: readonly Statistic[],
  input: string,
  { units, doc }: Labels,
): FieldParams[] {
  return list.map(statistic => ({ name: `${name}_${statistic}`, units, statistic, input, doc }));
}

/** Minimum, maximum and average. */
export function spread(name: string, input: string, labels: Labels): FieldParams[] {
  return statistics(name, ["min", "max", "avg"], input, labels);
}

/** Minimum, maximum, average and median. */
export function spreadAndMedian(name: string, input: string, labels: Labels): FieldParams[] {
  return statistics(name, ["min", "max", "avg", "median"], input, labels);
}

/** One field: the latest value unless `more` says otherwise. */
export function single(
  name: string,
  input: string,
  { units, doc }: Labels,
  more: Partial<FieldParams> = {},
): FieldParams {
  return { name, units, input, statistic: "last", doc, ...more };
}

/** Minimum, maximum and average of what no object has. */
export function zeros(name: string, { units, doc }: Labels): FieldParams[] {
  const list = ["min", "max", "avg"] as const;
  return list.map(statistic => ({ name: `${name}_${statistic}`, units, statistic, constant: 0, doc }));
}
