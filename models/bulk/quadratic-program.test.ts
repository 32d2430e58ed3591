import assert from "node:assert/strict";
import fc from "fast-check";
import { type QuadraticProgram, type QuadraticSolution, solveQuadraticProgram } from "./quadratic-program.js";

interface Sketch {
  readonly hessian: number[][];
  readonly linear: number[];
  readonly equalities?: [number[], number][];
  readonly rows?: [number, number[], number][];
  readonly bounds?: [number, number][];
}

function program({ hessian, linear, equalities = [], rows = [], bounds }: Sketch): QuadraticProgram {
  const limits = bounds ?? linear.map((): [number, number] => [-Infinity, Infinity]);
  return {
    hessian: Float64Array.from(hessian.flat()),
    linear: Float64Array.from(linear),
    equalities: {
      matrix: Float64Array.from(equalities.flatMap(([a]) => a)),
      rhs: Float64Array.from(equalities, ([, b]) => b),
    },
    rows: {
      matrix: Float64Array.from(rows.flatMap(([, a]) => a)),
      lower: Float64Array.from(rows, ([low]) => low),
      upper: Float64Array.from(rows, ([, , high]) => high),
    },
    lower: Float64Array.from(limits, ([low]) => low),
    upper: Float64Array.from(limits, ([, high]) => high),
  };
}

const times = (matrix: Float64Array, row: number, x: Float64Array) =>
  x.reduce((sum, value, j) => sum + matrix[row * x.length + j] * value, 0);

/** Largest violation of the conditions that are necessary and sufficient for an optimum of a convex program. */
function optimalityError(qp: QuadraticProgram, found: QuadraticSolution): number {
  const { x, equalityDuals, rowDuals, boundDuals } = found;
  let worst = 0;
  const note = (value: number) => (worst = Math.max(worst, Math.abs(value)));
  x.forEach((_value, j) => {
    let gradient = times(qp.hessian, j, x) + qp.linear[j] - boundDuals[j];
    equalityDuals.forEach((dual, k) => (gradient -= dual * qp.equalities.matrix[k * x.length + j]));
    rowDuals.forEach((dual, k) => (gradient -= dual * qp.rows.matrix[k * x.length + j]));
    note(gradient);
  });
  equalityDuals.forEach((_dual, k) => note(times(qp.equalities.matrix, k, x) - qp.equalities.rhs[k]));
  const within = (value: number, low: number, high: number, dual: number) => {
    note(Math.max(0, low - value, value - high));
    if (low === high) return;
    if (dual > 0) note(Math.min(dual, value - low));
    if (dual < 0) note(Math.min(-dual, high - value));
  };
  x.forEach((value, j) => within(value, qp.lower[j], qp.upper[j], boundDuals[j]));
  rowDuals.forEach((dual, k) => within(times(qp.rows.matrix, k, x), qp.rows.lower[k], qp.rows.upper[k], dual));
  return worst;
}

const small = fc.integer({ min: -6, max: 6 });

/** Random convex programs, among them linear, degenerate and fixed ones, that are feasible at a known point. */
const feasiblePrograms = fc
  .record({
    n: fc.integer({ min: 1, max: 6 }),
    rank: fc.integer({ min: 0, max: 6 }),
    m: fc.integer({ min: 0, max: 5 }),
  })
  .chain(({ n, rank, m }) =>
    fc.record({
      factors: fc.array(fc.array(small, { minLength: n, maxLength: n }), { minLength: rank, maxLength: rank }),
      linear: fc.array(small, { minLength: n, maxLength: n }),
      inside: fc.array(small, { minLength: n, maxLength: n }),
      room: fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: n, maxLength: n }),
      equality: fc.array(small, { minLength: n, maxLength: n }),
      rows: fc.array(fc.tuple(fc.nat(3), fc.array(small, { minLength: n, maxLength: n }), fc.nat(3)), {
        minLength: m,
        maxLength: m,
      }),
    }),
  )
  .map(({ factors, linear, inside, room, equality, rows }) => {
    const at = (a: number[]) => a.reduce((sum, value, j) => sum + value * inside[j], 0);
    return program({
      hessian: linear.map((_i, i) => linear.map((_j, j) => factors.reduce((sum, f) => sum + f[i] * f[j], 0))),
      linear,
      equalities: [[equality, at(equality)]],
      rows: rows.map(([below, a, above]) => [at(a) - below, a, at(a) + above]),
      bounds: inside.map((value, j) => [value - room[j][0], value + room[j][1]]),
    });
  });

/** Least objective over a fine grid of a two-variable program. */
function gridMinimum(qp: QuadraticProgram, steps: number): number {
  let least = Infinity;
  for (let i = 0; i <= steps; i++)
    for (let j = 0; j <= steps; j++) {
      const x = Float64Array.of(i, j).map((k, v) => qp.lower[v] + (k / steps) * (qp.upper[v] - qp.lower[v]));
      const fits = qp.rows.lower.every(
        (low, r) => times(qp.rows.matrix, r, x) >= low - 1e-9 && times(qp.rows.matrix, r, x) <= qp.rows.upper[r] + 1e-9,
      );
      const value = x.reduce((sum, xi, v) => sum + xi * (0.5 * times(qp.hessian, v, x) + qp.linear[v]), 0);
      if (fits) least = Math.min(least, value);
    }
  return least;
}

describe("quadratic program", () => {
  it("finds an interior, a bounded and an equality-constrained minimum known by hand", () => {
    const free = solveQuadraticProgram(program({ hessian: [[2]], linear: [-6] }));
    assert.ok(Math.abs(free.x[0] - 3) < 1e-9 && Math.abs(free.objective + 9) < 1e-9);
    const bounded = solveQuadraticProgram(program({ hessian: [[2]], linear: [-6], bounds: [[0, 2]] }));
    assert.ok(Math.abs(bounded.x[0] - 2) < 1e-8 && Math.abs(bounded.boundDuals[0] + 2) < 1e-8);
    const shared = solveQuadraticProgram(
      program({ hessian: [[2, 0], [0, 4]], linear: [0, 0], equalities: [[[1, 1], 3]] }), // prettier-ignore
    );
    assert.ok(Math.abs(shared.x[0] - 2) < 1e-9 && Math.abs(shared.equalityDuals[0] - 4) < 1e-9);
  });

  it("meets the optimality conditions of 3,000 random convex programs, linear and degenerate ones among them", () => {
    let worst = 0;
    const check = fc.property(feasiblePrograms, qp => {
      const found = solveQuadraticProgram(qp);
      assert.ok(found.converged, `not converged after ${found.iterations} iterations`);
      worst = Math.max(worst, optimalityError(qp, found));
    });
    fc.assert(check, { numRuns: 3000, seed: 11 });
    console.log(`      largest violation of the optimality conditions ${worst.toExponential(1)} (bound 1e-6)`);
    assert.ok(worst < 1e-6);
  });

  it("is nowhere above the minimum of a fine grid", () => {
    const coefficient = fc.integer({ min: -3, max: 3 });
    const row = fc.tuple(coefficient, coefficient);
    const check = fc.property(row, row, row, fc.integer({ min: 0, max: 4 }), (f, c, a, high) => {
      const hessian = [[f[0] * f[0], f[0] * f[1]], [f[0] * f[1], f[1] * f[1]]]; // prettier-ignore
      const qp = program({ hessian, linear: c, rows: [[-Infinity, a, high]], bounds: [[-1, 1], [0, 2]] }); // prettier-ignore
      const least = gridMinimum(qp, 80);
      const found = solveQuadraticProgram(qp);
      if (least === Infinity) return;
      assert.ok(found.converged && found.objective <= least + 1e-7 && found.objective >= least - 0.5);
    });
    fc.assert(check, { numRuns: 200, seed: 12 });
  });

  it("says so when nothing is feasible or nothing bounds the objective", () => {
    const contradiction = program({ hessian: [[1]], linear: [0], rows: [[2, [1], Infinity]], bounds: [[0, 1]] });
    assert.equal(solveQuadraticProgram(contradiction).converged, false);
    assert.equal(solveQuadraticProgram(program({ hessian: [[0]], linear: [1] })).converged, false);
  });
});
