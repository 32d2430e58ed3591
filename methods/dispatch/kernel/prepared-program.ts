import type { PreparedProgram, QuadraticProgram, Solution, SparseRows } from "../program.js";
import { explainFailure } from "./failure.js";
import type { InteriorPoint } from "./interior-point.js";
import { ReducedProgram } from "./reduced-program.js";

/** A program reduced once for each pattern of curvature that it meets, and solved by whatever its structure allows. */
export class PreparedQuadratic implements PreparedProgram {
  private readonly reduced: ReducedProgram[] = [];
  private readonly solution: Writable<Solution>;

  constructor(
    private readonly program: QuadraticProgram,
    private readonly engine: InteriorPoint,
  ) {
    const { linear, equalities, inequalities } = program;
    this.solution = {
      x: new Float64Array(linear.length),
      equality: new Float64Array(equalities.rhs.length),
      inequality: new Float64Array(inequalities.rhs.length),
      atLower: new Float64Array(linear.length),
      atUpper: new Float64Array(linear.length),
      objective: NaN,
      iterations: 0,
    };
    this.reduceFor(program.curvature);
  }

  solve(linear: Float64Array, curvature: Float64Array = this.program.curvature): Solution {
    const { solution, program } = this;
    const reduced = this.reduceFor(curvature);
    if (!reduced.solve(linear, curvature)) throw explainFailure({ ...program, linear, curvature });
    solution.iterations = reduced.iterations;
    solution.x.set(reduced.x);
    const equalities = solution.equality.length;
    solution.equality.set(reduced.y.subarray(0, equalities));
    solution.inequality.set(reduced.y.subarray(equalities));
    for (let r = 0; r < solution.inequality.length; r++) {
      solution.inequality[r] = Math.max(0, solution.inequality[r]);
    }
    finish(program, solution, linear, curvature);
    return solution;
  }

  private reduceFor(curvature: Float64Array): ReducedProgram {
    let reduced = this.reduced.find(each => each.suits(curvature));
    if (!reduced) {
      reduced = new ReducedProgram(this.program, curvature, this.engine);
      this.reduced.push(reduced);
    }
    return reduced;
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Objective and multipliers of bounds from x and the multipliers of rows: each variable's slope goes to the bound that it pushes at. */
function finish(
  program: QuadraticProgram,
  solution: Writable<Solution>,
  linear: Float64Array,
  curvature: Float64Array,
): void {
  const { x, atLower, atUpper } = solution;
  let objective = program.constant;
  for (let j = 0; j < x.length; j++) {
    objective += x[j] * (linear[j] + 0.5 * curvature[j] * x[j]);
    atLower[j] = curvature[j] * x[j] + linear[j];
  }
  addTransposed(program.equalities, solution.equality, atLower);
  addTransposed(program.inequalities, solution.inequality, atLower);
  for (let j = 0; j < x.length; j++) {
    const slope = atLower[j];
    atLower[j] = slope > 0 && program.lower[j] > -Infinity ? slope : 0;
    atUpper[j] = slope < 0 && program.upper[j] < Infinity ? -slope : 0;
  }
  solution.objective = objective;
}

function addTransposed(rows: SparseRows, y: Float64Array, to: Float64Array): void {
  for (let r = 0; r < y.length; r++) {
    if (y[r] === 0) continue;
    for (let at = rows.start[r]; at < rows.start[r + 1]; at++) to[rows.column[at]] += rows.value[at] * y[r];
  }
}
