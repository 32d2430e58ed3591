import type { QuadraticProgram, SparseRows } from "../../program.js";

/** What a sample agent has; the numbers differ by draw. */
export interface SampleOptions {
  readonly steps: number;
  /** Quadratic costs on every variable, or none at all. */
  readonly isQuadratic: boolean;
}

type Row = readonly (readonly [column: number, value: number])[];

function sparseRows(rows: readonly Row[], rhs: readonly number[]): SparseRows {
  const start = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => (start[i + 1] = start[i] + row.length));
  return {
    start,
    column: Int32Array.from(rows.flatMap(row => row.map(([column]) => column))),
    value: Float64Array.from(rows.flatMap(row => row.map(([, value]) => value))),
    rhs: Float64Array.from(rhs),
  };
}

/**
 * An agent with a generator that ramps, a panel and a battery: per step generation, panel, charging, discharging, energy and
 * injection (free). The battery ends as it began (fixed). One balance is written twice, so that equalities depend on each other.
 */
export function sampleProgram({ steps, isQuadratic }: SampleOptions, uniform: () => number): QuadraticProgram {
  const [generation, panel, charge, discharge, energy, injection] = Array.from({ length: 6 }, (_, k) => k * steps);
  const capacity = 20 + 60 * uniform();
  const largest = 50 + 100 * uniform();
  const size = 6 * steps;
  const [lower, upper] = [new Float64Array(size), new Float64Array(size).fill(Infinity)];
  lower.fill(-Infinity, injection, injection + steps);
  upper.fill(largest, generation, generation + steps);
  upper.fill(capacity / 3, charge, charge + steps);
  upper.fill(capacity / 3, discharge, discharge + steps);
  upper.fill(capacity, energy, energy + steps);
  for (let t = 0; t < steps; t++) upper[panel + t] = 5 + 10 * uniform();
  lower[energy + steps - 1] = upper[energy + steps - 1] = 0.3 * capacity;

  const balances = Array.from({ length: steps }, (_, t): Row => [
    [injection + t, 1],
    [generation + t, -1],
    [panel + t, -1],
    [charge + t, 1],
    [discharge + t, -1],
  ]);
  const recursions = Array.from({ length: steps }, (_, t): Row => [
    [energy + t, 1],
    ...(t > 0 ? [[energy + t - 1, -0.99] as const] : []),
    [charge + t, -0.95],
    [discharge + t, 1 / 0.95],
  ]);
  const recursionRhs = recursions.map((_, t) => (t === 0 ? 0.99 * 0.3 * capacity : 0));
  const ramps = Array.from({ length: steps - 1 }, (_, t): Row => [
    [generation + t + 1, 1],
    [generation + t, -1],
  ]);

  const linear = new Float64Array(size);
  for (let t = 0; t < steps; t++) {
    linear[generation + t] = 0.4 + 0.2 * uniform();
    linear[injection + t] = -(0.3 + 0.6 * uniform());
  }
  const curvature = new Float64Array(size).map(() => (isQuadratic ? 0.001 + 0.02 * uniform() : 0));
  return {
    curvature,
    linear,
    constant: 3,
    lower,
    upper,
    equalities: sparseRows([...balances, ...recursions, balances[0]], [...balances.map(() => 0), ...recursionRhs, 0]),
    inequalities: sparseRows(
      ramps,
      ramps.map(() => largest / 4),
    ),
    step: Int32Array.from({ length: size }, (_, i) => i % steps),
  };
}
