import type { QuadraticProgram } from "../program.js";
import { ActiveSet } from "./active-set.js";
import { bandRows, type BandedProgram } from "./banded-program.js";
import type { InteriorPoint } from "./interior-point.js";
import { presolve, type Presolved } from "./presolve.js";
import { reduceCost, restore } from "./reduction.js";
import { StepPrograms } from "./step-programs.js";

/** A worse relative error than this is no solution. */
const ACCEPTED = 1e-8;
/** The interior point comes this close before its set is tried. */
const ROUGH = 1e-6;
/** A polished point as good as this is taken even where the interior point came closer. */
const PRECISE = 1e-11;

/** A program after its presolve for one pattern of curvature: reduces the costs, solves what is left, restores the rest. */
export class ReducedProgram {
  /** Variables, and multipliers of the equalities and then the inequalities, of the original program. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  iterations = 0;

  private readonly isLinear: Uint8Array;
  private readonly presolved: Presolved;
  private readonly banded: BandedProgram;
  /** Original column of each variable that is left, and place of each row that is left. */
  private readonly columns: Int32Array;
  private readonly place: Int32Array;
  private readonly cost: Float64Array;
  private readonly seen: Float64Array;
  private readonly linear: Float64Array;
  private readonly curvature: Float64Array;
  private readonly activeSet: ActiveSet;
  private readonly steps: StepPrograms | undefined;

  constructor(
    program: QuadraticProgram,
    curvature: Float64Array,
    private readonly engine: InteriorPoint,
  ) {
    this.isLinear = Uint8Array.from(curvature, value => (value === 0 ? 1 : 0));
    const presolved = (this.presolved = presolve(program, this.isLinear));
    this.columns = Int32Array.from(presolved.columns);
    const { program: banded, place } = bandPresolved(program, presolved);
    this.banded = banded;
    this.place = place;
    this.activeSet = new ActiveSet(banded);
    this.cost = new Float64Array(program.linear.length);
    this.seen = new Float64Array(presolved.steps.length);
    this.linear = new Float64Array(banded.columns);
    this.curvature = new Float64Array(banded.columns);
    this.steps = this.splitSteps(program.linear);
    this.x = new Float64Array(program.linear.length);
    this.y = new Float64Array(program.equalities.rhs.length + program.inequalities.rhs.length);
  }

  /** True when this curvature is zero where that of the presolve was. */
  suits(curvature: Float64Array): boolean {
    for (let j = 0; j < curvature.length; j++) if ((curvature[j] === 0) !== (this.isLinear[j] === 1)) return false;
    return true;
  }

  /** @returns false when the program has no solution, or none was found to 1e-8 */
  solve(linear: Float64Array, curvature: Float64Array): boolean {
    const { presolved, cost, seen } = this;
    if (!presolved.isConsistent) return false;
    cost.set(linear);
    reduceCost(presolved.steps, cost, seen);
    const isSameCurvature = this.gather(curvature);
    const point = this.solveBanded(isSameCurvature);
    if (!point || !this.solveLoose(curvature)) return false;
    for (let j = 0; j < this.columns.length; j++) this.x[this.columns[j]] = point.x[j];
    this.y.fill(0);
    for (let r = 0; r < this.place.length; r++) this.y[presolved.rows[r].index] = point.y[this.place[r]];
    restore(presolved.steps, seen, { x: this.x, y: this.y, curvature });
    return true;
  }

  /** The small programs of a linear program that falls apart, begun at the vertex of its own prices. */
  private splitSteps(linear: Float64Array): StepPrograms | undefined {
    const { presolved, banded, cost, seen, isLinear } = this;
    if (!presolved.isConsistent || this.columns.some(column => isLinear[column] === 0)) return undefined;
    cost.set(linear);
    reduceCost(presolved.steps, cost, seen);
    this.gather(new Float64Array(cost.length));
    return StepPrograms.split(banded, this.linear);
  }

  private gather(curvature: Float64Array): boolean {
    let isSame = true;
    for (let j = 0; j < this.columns.length; j++) {
      const column = this.columns[j];
      this.linear[j] = this.cost[column];
      if (this.curvature[j] !== curvature[column]) isSame = false;
      this.curvature[j] = curvature[column];
    }
    return isSame;
  }

  private solveBanded(isSameCurvature: boolean): { x: Float64Array; y: Float64Array } | undefined {
    const { activeSet, engine, banded, linear, curvature } = this;
    this.iterations = 0;
    if (banded.rows === 0) return activeSet;
    if (this.steps && this.steps.solve(linear) <= PRECISE) {
      this.iterations = this.steps.iterations;
      return this.steps;
    }
    if (this.isStrictlyConvex() && activeSet.search({ linear, curvature }, isSameCurvature)) {
      this.iterations = activeSet.iterations;
      return activeSet;
    }
    const costs = { linear, curvature };
    engine.solve(banded, costs, ROUGH);
    let error = activeSet.polish(engine, costs);
    if (error > PRECISE) {
      engine.resume(PRECISE);
      error = activeSet.polish(engine, costs);
    }
    this.iterations += engine.iterations;
    if (error <= Math.min(Math.max(engine.error, PRECISE), ACCEPTED)) return activeSet;
    return engine.error <= ACCEPTED ? engine : undefined;
  }

  private isStrictlyConvex(): boolean {
    for (let j = 0; j < this.banded.structural; j++) if (this.curvature[j] === 0) return false;
    return true;
  }

  /** Variables that stand in no row; false when one falls without end. */
  private solveLoose(curvature: Float64Array): boolean {
    const { loose, lower, upper } = this.presolved;
    for (const column of loose) {
      const slope = this.cost[column];
      let best = 0;
      if (curvature[column] > 0) best = -slope / curvature[column];
      else if (slope !== 0) best = slope > 0 ? -Infinity : Infinity;
      this.x[column] = Math.min(Math.max(best, lower[column]), upper[column]);
      if (!Number.isFinite(this.x[column])) return false;
    }
    return true;
  }
}

function bandPresolved(program: QuadraticProgram, presolved: Presolved): ReturnType<typeof bandRows> {
  const { columns, lower, upper } = presolved;
  const dense = new Map(columns.map((column, index) => [column, index]));
  const rows = presolved.rows.map(({ row }) => ({
    ...row,
    entries: new Map([...row.entries].map(([column, value]) => [dense.get(column) ?? -1, value])),
  }));
  return bandRows(
    rows,
    Int32Array.from(columns, column => program.step[column]),
    {
      lower: Float64Array.from(columns, column => lower[column]),
      upper: Float64Array.from(columns, column => upper[column]),
    },
  );
}
