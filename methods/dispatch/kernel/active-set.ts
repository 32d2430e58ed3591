import {
  type BandedProgram,
  type Costs,
  excess,
  largestOf,
  type Point,
  priceScale,
  transposedProduct,
} from "./banded-program.js";
import { NormalFactor } from "./normal-factor.js";

/** Where a variable is: inside its bounds, or held at one of them. */
const FREE = 0;
const AT_LOWER = 1;
const AT_UPPER = 2;

/** Sets tried before the search is given up: it may cycle. */
const MAX_SETS = 12;
/** How far a variable may leave its bounds or a multiplier its sign, relative to the largest. */
const TOLERANCE = 1e-12;
/** How far a row may be missed, relative to the largest variable, before another Newton step and before the set is refused. */
const REFINE = 1e-15;
const REFUSE = 1e-11;
/** Curvature in the factor, relative to the cost, of a variable that has none. */
const PROXIMAL = 1e-8;
const POLISHING_STEPS = 3;

/**
 * Solves a banded program by the set of variables that are held at their bounds: with the set known, the rest is one linear system,
 * whose factor stays for as long as the set does. With curvature on every variable the set is searched from the last one
 * (primal-dual active set, Hintermüller, Ito and Kunisch, SIAM J. Optim. 13, 2002), and the answer depends on the set alone, not on
 * the way to it. After an interior point, `polish` takes the set from its point and gains the last digits.
 */
export class ActiveSet {
  readonly x: Float64Array;
  readonly y: Float64Array;
  iterations = 0;

  private readonly state: Uint8Array;
  private readonly dropped: Uint8Array;
  private readonly weight: Float64Array;
  private readonly slope: Float64Array;
  private readonly moved: Float64Array;
  private readonly dy: Float64Array;
  private readonly kept: Float64Array;
  private readonly normal = new NormalFactor();
  private isFactored = false;
  private costScale = 1;
  private sizeScale = 1;

  constructor(private readonly program: BandedProgram) {
    const { columns, rows } = program;
    this.x = new Float64Array(columns);
    this.slope = new Float64Array(columns);
    this.moved = new Float64Array(columns);
    this.weight = new Float64Array(columns);
    this.state = new Uint8Array(columns);
    this.y = new Float64Array(rows);
    this.dy = new Float64Array(rows);
    this.kept = new Float64Array(rows);
    this.dropped = new Uint8Array(rows);
  }

  /**
   * Searches the set from the last one. Every variable must have curvature. Multipliers that the set leaves open, as those of a full
   * battery that rests, stay what they were.
   * @param isSameCurvature true when the curvature is that of the last solve
   * @returns false when no set was found; x and y are then of no use
   */
  search(costs: Costs, isSameCurvature: boolean): boolean {
    if (!isSameCurvature) this.isFactored = false;
    for (this.iterations = 1; this.iterations <= MAX_SETS; this.iterations++) {
      this.hold();
      if (!this.isFactored) this.factor(costs.curvature);
      this.newton(costs);
      if (!this.revise(costs)) return this.solveCleanly(costs) <= REFUSE && this.violation(costs) <= REFUSE;
      this.isFactored = false;
    }
    return false;
  }

  /**
   * Takes the set from an interior point and solves for it, starting at that point.
   * @returns the largest relative error of the result: of a row, a bound, a free variable's slope or a multiplier's sign
   */
  polish(point: Point, costs: Costs): number {
    const { program, x, y, state } = this;
    const { columns, rows, lower, upper } = program;
    this.costScale = priceScale(costs, point.x, columns);
    const ratio = this.costScale / Math.max(1e-9, largestOf(point.x, columns));
    for (let j = 0; j < columns; j++) {
      x[j] = point.x[j];
      state[j] = FREE;
      if ((x[j] - lower[j]) * ratio < point.zl[j]) state[j] = AT_LOWER;
      else if ((upper[j] - x[j]) * ratio < point.zu[j]) state[j] = AT_UPPER;
    }
    for (let i = 0; i < rows; i++) y[i] = point.y[i];
    this.hold();
    this.factor(costs.curvature);
    let missed = 0;
    for (let turn = 0; turn < POLISHING_STEPS; turn++) missed = this.newton(costs);
    return Math.max(missed, this.violation(costs));
  }

  /** x from the set alone, with no trace of earlier points; returns how far the rows are missed. */
  private solveCleanly(costs: Costs): number {
    const { program, x, y, state, kept } = this;
    kept.set(y);
    y.fill(0);
    for (let j = 0; j < program.structural; j++) if (state[j] === FREE) x[j] = 0;
    let missed = this.newton(costs);
    if (missed > REFINE) missed = this.newton(costs);
    y.set(kept);
    return missed;
  }

  /** Puts held variables on their bounds, and drops the rows of free slacks with their multipliers. */
  private hold(): void {
    const { program, x, y, state, dropped } = this;
    for (let j = 0; j < program.columns; j++) {
      if (state[j] !== FREE) x[j] = state[j] === AT_LOWER ? program.lower[j] : program.upper[j];
    }
    for (let i = 0; i < program.rows; i++) {
      const slack = program.slack[i];
      dropped[i] = slack >= 0 && state[slack] === FREE ? 1 : 0;
      if (dropped[i] === 1) y[i] = 0;
    }
  }

  private factor(curvature: Float64Array): void {
    const { program, weight, state } = this;
    const proximal = PROXIMAL * this.costScale;
    for (let j = 0; j < program.structural; j++) {
      weight[j] = state[j] === FREE ? 1 / Math.max(curvature[j], proximal) : 0;
    }
    this.normal.factor(program, weight, this.dropped);
    this.isFactored = true;
  }

  /**
   * One Newton step on the linear system of the set, which ends there but for rounding when every free variable has curvature.
   * @returns how far the rows are missed afterwards, relative to the largest variable
   */
  private newton(costs: Costs): number {
    const { linear, curvature } = costs;
    const { program, x, y, dy, slope, moved, weight } = this;
    const { columns, rows, rhs } = program;
    transposedProduct(program, y, slope);
    for (let j = 0; j < columns; j++) {
      slope[j] = weight[j] === 0 ? 0 : -(curvature[j] * x[j] + linear[j] + slope[j]);
      moved[j] = x[j] + weight[j] * slope[j];
    }
    for (let i = 0; i < rows; i++) dy[i] = rhs[i];
    excess(program, moved, dy);
    this.normal.solve(dy);
    transposedProduct(program, dy, moved);
    for (let j = 0; j < columns; j++) x[j] += weight[j] * (slope[j] - moved[j]);
    for (let i = 0; i < rows; i++) y[i] += dy[i];
    this.costScale = priceScale(costs, x, columns);
    return this.fillSlacks();
  }

  /** Gives free slacks their value; returns how far the other rows are missed, relative to the largest variable. */
  private fillSlacks(): number {
    const { program, x, dy, state } = this;
    const { structural, rows, rhs, slack } = program;
    for (let i = 0; i < rows; i++) dy[i] = rhs[i];
    excess(program, x, dy);
    let missed = 0;
    for (let i = 0; i < rows; i++) {
      if (slack[i] >= 0 && state[slack[i]] === FREE) x[slack[i]] -= dy[i];
      else missed = Math.max(missed, Math.abs(dy[i]));
    }
    this.sizeScale = Math.max(1e-9, largestOf(x, structural));
    return missed / this.sizeScale;
  }

  /** Holds what left its bounds and frees what pushes inwards; false when nothing changed. */
  private revise({ linear, curvature }: Costs): boolean {
    const { program, x, y, slope, state } = this;
    const { columns, lower, upper } = program;
    const away = TOLERANCE * this.sizeScale;
    const inwards = TOLERANCE * this.costScale;
    transposedProduct(program, y, slope);
    let changed = false;
    for (let j = 0; j < columns; j++) {
      let next = state[j];
      if (next === FREE) {
        if (x[j] < lower[j] - away) next = AT_LOWER;
        else if (x[j] > upper[j] + away) next = AT_UPPER;
      } else {
        const push = curvature[j] * x[j] + linear[j] + slope[j];
        if (next === AT_LOWER ? push < -inwards : push > inwards) next = FREE;
      }
      if (next === state[j]) continue;
      state[j] = next;
      changed = true;
    }
    return changed;
  }

  private violation({ linear, curvature }: Costs): number {
    const { program, x, y, slope, state } = this;
    const { columns, lower, upper } = program;
    transposedProduct(program, y, slope);
    let primal = 0;
    let dual = 0;
    for (let j = 0; j < columns; j++) {
      const push = curvature[j] * x[j] + linear[j] + slope[j];
      primal = Math.max(primal, lower[j] - x[j], x[j] - upper[j]);
      if (state[j] === AT_LOWER) dual = Math.max(dual, -push);
      else if (state[j] === AT_UPPER) dual = Math.max(dual, push);
      else dual = Math.max(dual, Math.abs(push));
    }
    return Math.max(primal / this.sizeScale, dual / this.costScale);
  }
}
