/** What a presolve step took out of a program, and what it needs to put it back. Entries are those at the time of the step. */
export type Reduction =
  | { readonly kind: "fixed"; readonly column: number; readonly value: number }
  /** An equality of one variable: it fixes the variable. */
  | {
      readonly kind: "pinned";
      readonly column: number;
      readonly value: number;
      readonly row: number;
      readonly pivot: number;
      readonly others: Entries;
    }
  /** An inequality of one variable that tightens its bound. */
  | {
      readonly kind: "bounded";
      readonly column: number;
      readonly row: number;
      readonly pivot: number;
      readonly others: Entries;
    }
  /** A free variable without curvature, expressed by the other variables of an equality. */
  | {
      readonly kind: "substituted";
      readonly column: number;
      readonly row: number;
      readonly pivot: number;
      readonly rhs: number;
      /** Other variables of the row. */
      readonly along: Entries;
      /** Other rows of the variable. */
      readonly others: Entries;
    };

/** Indices (columns or rows) with a value each. */
export interface Entries {
  readonly index: Int32Array;
  readonly value: Float64Array;
}

export function entriesOf(map: ReadonlyMap<number, number>, without: number): Entries {
  const kept = [...map].filter(([index]) => index !== without);
  return { index: Int32Array.from(kept, ([index]) => index), value: Float64Array.from(kept, ([, value]) => value) };
}

/**
 * Takes the steps' effect on the cost: a substituted variable's price moves to those that replace it.
 * @param cost changed in place
 * @param seen cost of each step's variable when the step was taken, filled in
 */
export function reduceCost(steps: readonly Reduction[], cost: Float64Array, seen: Float64Array): void {
  for (let s = 0; s < steps.length; s++) {
    const step = steps[s];
    seen[s] = cost[step.column];
    if (step.kind !== "substituted") continue;
    const { index, value } = step.along;
    const price = seen[s] / step.pivot;
    for (let k = 0; k < index.length; k++) cost[index[k]] -= price * value[k];
  }
}

/**
 * Puts back what the steps took out, last step first: the variables, and the multipliers y of the rows.
 * @param seen as `reduceCost` filled it
 */
export function restore(steps: readonly Reduction[], seen: Float64Array, point: Restored): void {
  const { x, y, curvature } = point;
  for (let s = steps.length - 1; s >= 0; s--) {
    const step = steps[s];
    if (step.kind === "fixed" || step.kind === "pinned") x[step.column] = step.value;
    if (step.kind === "fixed") continue;
    if (step.kind === "substituted") x[step.column] = (step.rhs - product(step.along, x)) / step.pivot;
    const slope = seen[s] + curvature[step.column] * x[step.column] + product(step.others, y);
    y[step.row] = -slope / step.pivot;
    if (step.kind === "bounded" && y[step.row] < 0) y[step.row] = 0;
  }
}

/** Variables and row multipliers by their index in the original program. */
export interface Restored {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly curvature: Float64Array;
}

function product(entries: Entries, vector: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < entries.index.length; k++) sum += entries.value[k] * vector[entries.index[k]];
  return sum;
}
