import { DispatchError } from "../dispatch-error.js";
import type { LocalSolver, QuadraticProgram, Solution } from "../program.js";
import { AugmentedSystem } from "./augmented-system.js";
import { type EqualityForm, equalityForm } from "./equality-form.js";

const MAX_ITERATIONS = 150;
/** Of the residuals and of the gap, relative to the data's size. */
const TOLERANCE = 1e-10;
/** Products of slack and multiplier are aimed at no more than this share of their mean, also where the predictor fails. */
const MOST_CENTRING = 0.5;
/** No product of slack and multiplier may fall below this share of their mean: the wide neighbourhood of the central path. */
const BALANCE = 1e-3;
/** Share of the way to the nearest bound that a step goes. */
const STEP = 0.995;

/**
 * A sparse interior-point method (Mehrotra 1992) for quadratic programs as large as a network over a day. The augmented
 * system is factored in an order that follows the program's structure, so its cost grows with the network's size.
 */
export const sparseInteriorPoint: LocalSolver = {
  prepare: program => ({
    solve: (linear, curvature = program.curvature) => solveProgram({ ...program, linear, curvature }),
  }),
};

function solveProgram(program: QuadraticProgram): Solution {
  const form = equalityForm(program);
  const state = new InteriorPoint(form);
  for (let iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
    if (state.isOptimal()) return solutionOf(program, form, { state, iterations: iteration - 1 });
    state.advance();
  }
  throw new DispatchError(
    "INFEASIBLE_NETWORK",
    `No optimum within ${MAX_ITERATIONS} iterations of the interior-point method. Look at limits, loads and prices.`,
  );
}

/** A point between the bounds, its multipliers, and the directions that it may take. */
class InteriorPoint {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly atLower: Float64Array;
  readonly atUpper: Float64Array;
  readonly #form: EqualityForm;
  readonly #system: AugmentedSystem;
  readonly #scaling: Float64Array;
  readonly #dual: Float64Array;
  readonly #primal: Float64Array;
  readonly #step: Float64Array;
  readonly #stepAtLower: Float64Array;
  readonly #stepAtUpper: Float64Array;
  readonly #bounds: number;

  constructor(form: EqualityForm) {
    const { variables, rhs, lower, upper } = form;
    this.#form = form;
    this.#system = new AugmentedSystem(form);
    this.x = new Float64Array(variables);
    this.y = new Float64Array(rhs.length);
    this.atLower = new Float64Array(variables);
    this.atUpper = new Float64Array(variables);
    this.#scaling = new Float64Array(variables);
    this.#dual = new Float64Array(variables);
    this.#primal = new Float64Array(rhs.length);
    this.#step = new Float64Array(variables + rhs.length);
    this.#stepAtLower = new Float64Array(variables);
    this.#stepAtUpper = new Float64Array(variables);
    this.#bounds = lower.filter(Number.isFinite).length + upper.filter(Number.isFinite).length;
    this.#start();
  }

  /** The least-squares point, moved between the bounds, with multipliers of its size. */
  #start(): void {
    const { x, y } = this;
    const { variables, curvature, linear, lower, upper, rhs } = this.#form;
    this.#system.factor(curvature.map(value => value + 1));
    const point = new Float64Array(variables + rhs.length);
    for (let i = 0; i < variables; i++) point[i] = -linear[i];
    point.set(rhs, variables);
    this.#system.solve(point);
    y.set(point.subarray(variables));
    for (let i = 0; i < variables; i++) x[i] = inside(point[i], lower[i], upper[i]);
    this.#updateResiduals();
    const typical = this.#dual.reduce((sum, value) => sum + Math.abs(value), 0) / variables + 1e-3;
    for (let i = 0; i < variables; i++) {
      if (Number.isFinite(lower[i])) this.atLower[i] = Math.max(this.#dual[i], 0) + typical;
      if (Number.isFinite(upper[i])) this.atUpper[i] = Math.max(-this.#dual[i], 0) + typical;
    }
    this.#updateResiduals();
  }

  /** Dual residual: the gradient of the Lagrangian; primal residual: matrix·x − rhs. */
  #updateResiduals(): void {
    const { x, y, atLower, atUpper } = this;
    const { variables, curvature, linear, rhs, rows, columns, values } = this.#form;
    const [dual, primal] = [this.#dual, this.#primal];
    for (let i = 0; i < variables; i++) dual[i] = curvature[i] * x[i] + linear[i] - atLower[i] + atUpper[i];
    for (let r = 0; r < rhs.length; r++) primal[r] = -rhs[r];
    for (let e = 0; e < values.length; e++) {
      dual[columns[e]] += values[e] * y[rows[e]];
      primal[rows[e]] += values[e] * x[columns[e]];
    }
  }

  /** Sum of slack times multiplier over all bounds, after a step of this length. */
  #complementarity(length: number): number {
    const { x, atLower, atUpper } = this;
    const { variables, lower, upper } = this.#form;
    const [step, lowerStep, upperStep] = [this.#step, this.#stepAtLower, this.#stepAtUpper];
    let sum = 0;
    for (let i = 0; i < variables; i++) {
      const moved = x[i] + length * step[i];
      if (atLower[i] > 0) sum += (moved - lower[i]) * (atLower[i] + length * lowerStep[i]);
      if (atUpper[i] > 0) sum += (upper[i] - moved) * (atUpper[i] + length * upperStep[i]);
    }
    return sum;
  }

  isOptimal(): boolean {
    const { linear, rhs, curvature } = this.#form;
    const objective = this.x.reduce((sum, x, i) => sum + (curvature[i] * x * x) / 2 + linear[i] * x, 0);
    return (
      largest(this.#dual) <= TOLERANCE * (1 + largest(linear)) &&
      largest(this.#primal) <= TOLERANCE * (1 + largest(rhs)) &&
      this.#complementarity(0) <= TOLERANCE * (1 + Math.abs(objective))
    );
  }

  /** A predictor towards the optimum, then a step that keeps the products of slack and multiplier alike. */
  advance(): void {
    const { variables, curvature, lower, upper } = this.#form;
    const { x, y, atLower, atUpper } = this;
    const scaling = this.#scaling;
    for (let i = 0; i < variables; i++) {
      scaling[i] = curvature[i];
      if (atLower[i] > 0) scaling[i] += atLower[i] / (x[i] - lower[i]);
      if (atUpper[i] > 0) scaling[i] += atUpper[i] / (upper[i] - x[i]);
    }
    this.#system.factor(scaling);
    const mean = this.#bounds > 0 ? this.#complementarity(0) / this.#bounds : 0;
    this.#direction(0, 0);
    if (this.#bounds > 0) {
      const reach = this.#longest();
      const share = this.#complementarity(reach) / this.#bounds / mean;
      this.#direction(Math.min(MOST_CENTRING, share * share * share) * mean, reach * reach);
    }
    const length = this.#balancedLength();
    const [step, lowerStep, upperStep] = [this.#step, this.#stepAtLower, this.#stepAtUpper];
    for (let i = 0; i < variables; i++) {
      x[i] += length * step[i];
      atLower[i] += length * lowerStep[i];
      atUpper[i] += length * upperStep[i];
    }
    for (let r = 0; r < y.length; r++) y[r] += length * step[variables + r];
    this.#updateResiduals();
  }

  /** The step towards products of this size, corrected by a share of what the step before left out. */
  #direction(product: number, correction: number): void {
    const { x, atLower, atUpper } = this;
    const { variables, lower, upper } = this.#form;
    const [step, wantedAtLower, wantedAtUpper] = [this.#step, this.#stepAtLower, this.#stepAtUpper];
    const [dual, primal] = [this.#dual, this.#primal];
    for (let i = 0; i < variables; i++) {
      const moved = correction * step[i];
      wantedAtLower[i] = atLower[i] > 0 ? (product - moved * wantedAtLower[i]) / (x[i] - lower[i]) - atLower[i] : 0;
      wantedAtUpper[i] = atUpper[i] > 0 ? (product + moved * wantedAtUpper[i]) / (upper[i] - x[i]) - atUpper[i] : 0;
      step[i] = -dual[i] + wantedAtLower[i] - wantedAtUpper[i];
    }
    for (let r = 0; r < primal.length; r++) step[variables + r] = -primal[r];
    this.#system.solve(step);
    for (let i = 0; i < variables; i++) {
      if (atLower[i] > 0) wantedAtLower[i] -= (atLower[i] / (x[i] - lower[i])) * step[i];
      if (atUpper[i] > 0) wantedAtUpper[i] += (atUpper[i] / (upper[i] - x[i])) * step[i];
    }
  }

  /** A step short of the nearest bound, shortened until no product of slack and multiplier lags far behind the others. */
  #balancedLength(): number {
    let length = Math.min(1, STEP * this.#longest());
    for (let trial = 0; trial < 12 && !this.#isBalanced(length); trial++) length *= 0.8;
    return length;
  }

  #isBalanced(length: number): boolean {
    const { x, atLower, atUpper } = this;
    const { variables, lower, upper } = this.#form;
    const [step, lowerStep, upperStep] = [this.#step, this.#stepAtLower, this.#stepAtUpper];
    const least = (BALANCE * this.#complementarity(length)) / this.#bounds;
    for (let i = 0; i < variables; i++) {
      const moved = x[i] + length * step[i];
      if (atLower[i] > 0 && (moved - lower[i]) * (atLower[i] + length * lowerStep[i]) < least) return false;
      if (atUpper[i] > 0 && (upper[i] - moved) * (atUpper[i] + length * upperStep[i]) < least) return false;
    }
    return true;
  }

  /** The longest step, at most 1, that keeps slacks and multipliers from falling below 0. */
  #longest(): number {
    const { x, atLower, atUpper } = this;
    const { variables, lower, upper } = this.#form;
    const [step, lowerStep, upperStep] = [this.#step, this.#stepAtLower, this.#stepAtUpper];
    let length = 1;
    for (let i = 0; i < variables; i++) {
      if (atLower[i] > 0) {
        if (step[i] < 0) length = Math.min(length, (lower[i] - x[i]) / step[i]);
        if (lowerStep[i] < 0) length = Math.min(length, -atLower[i] / lowerStep[i]);
      }
      if (atUpper[i] > 0) {
        if (step[i] > 0) length = Math.min(length, (upper[i] - x[i]) / step[i]);
        if (upperStep[i] < 0) length = Math.min(length, -atUpper[i] / upperStep[i]);
      }
    }
    return length;
  }
}

/** A place between two bounds, at least a tenth of the way or 0.1 from each. */
function inside(value: number, lower: number, upper: number): number {
  const margin = Math.min(0.1, (upper - lower) / 10);
  return Math.min(Math.max(value, lower + margin), upper - margin);
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}

/** The solution in the program's own variables, the fixed ones with multipliers from the gradient. */
function solutionOf(
  program: QuadraticProgram,
  form: EqualityForm,
  { state, iterations }: { state: InteriorPoint; iterations: number },
): Solution {
  const { curvature, linear, lower, equalities, inequalities } = program;
  const x = lower.slice();
  form.kept.forEach((variable, i) => (x[variable] = state.x[i]));
  const equality = state.y.slice(0, equalities.rhs.length);
  const inequality = state.y.slice(equalities.rhs.length);
  const gradient = x.map((value, i) => curvature[i] * value + linear[i]);
  for (const [rows, multipliers] of [[equalities, equality] as const, [inequalities, inequality] as const]) {
    multipliers.forEach((multiplier, r) => {
      for (let e = rows.start[r]; e < rows.start[r + 1]; e++) gradient[rows.column[e]] += rows.value[e] * multiplier;
    });
  }
  const atLower = gradient.map(value => Math.max(value, 0));
  const atUpper = gradient.map(value => Math.max(-value, 0));
  form.kept.forEach((variable, i) => {
    atLower[variable] = state.atLower[i];
    atUpper[variable] = state.atUpper[i];
  });
  const objective = x.reduce(
    (sum, value, i) => sum + (curvature[i] * value * value) / 2 + linear[i] * value,
    program.constant,
  );
  return { x, equality, inequality, atLower, atUpper, objective, iterations };
}
