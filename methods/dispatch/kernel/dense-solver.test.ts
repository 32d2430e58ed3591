import assert from "node:assert/strict";
import type { DenseProgram, DenseSolution } from "./index.js";
import { localSolver, solveDense } from "./index.js";
import { seededUniform } from "./testing/uniform.js";
import { sparseRows } from "./testing/rows.js";

/** A program with a Hessian of the given rank, random rows of lengths over several magnitudes, and a box around it. */
function randomDense(size: number, rank: number, uniform: () => number): DenseProgram {
  const centred = (): number => uniform() - 0.5;
  const basis = Array.from({ length: rank }, () => Array.from({ length: size }, centred));
  const hessian = new Float64Array(size * size);
  for (const vector of basis) {
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) hessian[i * size + j] += vector[i] * vector[j];
  }
  const rows: number[][] = [];
  const rhs: number[] = [];
  for (let r = 0; r < 2 * size; r++) {
    const scale = 0.01 + 100 * uniform() * uniform() * uniform();
    rows.push(Array.from({ length: size }, () => scale * centred()));
    rhs.push(3 * scale * uniform());
  }
  for (const sign of [1, -1]) {
    for (let i = 0; i < size; i++) {
      rows.push(Array.from({ length: size }, (_, j) => (i === j ? sign : 0)));
      rhs.push(10);
    }
  }
  const linear = Float64Array.from({ length: size }, centred);
  return { size, hessian, linear, rows: Float64Array.from(rows.flat()), rhs: Float64Array.from(rhs) };
}

/** A program with each row twice, the second time three times as long. */
function repeatRows({ rows, rhs, ...rest }: DenseProgram): DenseProgram {
  const longer = (values: Float64Array): Float64Array => values.map(value => 3 * value);
  return { ...rest, rows: concatenated(rows, longer(rows)), rhs: concatenated(rhs, longer(rhs)) };
}

function concatenated(first: Float64Array, second: Float64Array): Float64Array {
  return Float64Array.from([...first, ...second]);
}

/** Largest violation of feasibility, stationarity, sign and complementarity. */
function worstMiss({ size, hessian, linear, rows, rhs }: DenseProgram, { y, multiplier }: DenseSolution): number {
  const slope = Float64Array.from(linear, (value, i) =>
    y.reduce((sum, each, j) => sum + hessian[i * size + j] * each, value),
  );
  let worst = 0;
  for (let r = 0; r < rhs.length; r++) {
    let miss = -rhs[r];
    for (let i = 0; i < size; i++) {
      miss += rows[r * size + i] * y[i];
      slope[i] += rows[r * size + i] * multiplier[r];
    }
    worst = Math.max(worst, miss, -multiplier[r], Math.abs(miss * multiplier[r]));
  }
  return Math.max(worst, ...Array.from(slope, Math.abs));
}

describe("dense solver", () => {
  it("satisfies the optimality conditions, with and without curvature", () => {
    const uniform = seededUniform(2);
    let worst = 0;
    for (let k = 0; k < 30; k++) {
      const size = 1 + k;
      const program = randomDense(size, [0, size >> 1, size][k % 3], uniform);
      worst = Math.max(worst, worstMiss(program, solveDense(program)));
    }
    console.log(`      30 programs: conditions to ${worst.toExponential(1)}`);
    assert.ok(worst <= 1e-11);
  });

  it("is as good where a linear program has many optima and rows that depend on each other", () => {
    const uniform = seededUniform(6);
    let worst = 0;
    for (let k = 0; k < 30; k++) {
      const program = repeatRows(randomDense(4 + k, 0, uniform));
      const { size, rows, linear } = program;
      linear.fill(0);
      for (let r = 0; r < 1 + size / 3; r++) {
        const price = uniform();
        for (let i = 0; i < size; i++) linear[i] -= price * rows[r * size + i];
      }
      worst = Math.max(worst, worstMiss(program, solveDense(program)));
    }
    console.log(`      30 programs: conditions to ${worst.toExponential(1)}`);
    assert.ok(worst <= 1e-11);
  });

  it("agrees with the local solver", () => {
    const size = 12;
    const program = randomDense(size, 0, seededUniform(4));
    for (let i = 0; i < size; i++) program.hessian[i * size + i] = 0.1 + i;
    const entries = (r: number) => Array.from({ length: size }, (_, j) => [j, program.rows[r * size + j]] as const);
    const sparse = {
      curvature: Float64Array.from({ length: size }, (_, i) => 0.1 + i),
      linear: program.linear,
      constant: 0,
      lower: new Float64Array(size).fill(-Infinity),
      upper: new Float64Array(size).fill(Infinity),
      equalities: sparseRows([]),
      inequalities: sparseRows(Array.from(program.rhs, (rhs, r) => ({ entries: entries(r), rhs }))),
      step: new Int32Array(size),
    };
    const [dense, local] = [solveDense(program), localSolver.prepare(sparse).solve(sparse.linear)];
    assert.ok(Math.abs(dense.objective - local.objective) <= 1e-9);
    dense.y.forEach((value, i) => {
      assert.ok(Math.abs(value - local.x[i]) <= 1e-8);
    });
  });

  it("solves without rows, and refuses what nothing satisfies", () => {
    const hessian = Float64Array.of(2);
    const free = { size: 1, hessian, linear: Float64Array.of(-6), rows: new Float64Array(0), rhs: new Float64Array(0) };
    assert.ok(Math.abs(solveDense(free).y[0] - 3) <= 1e-9);
    const impossible = { ...free, rows: Float64Array.of(1, -1), rhs: Float64Array.of(1, -2) };
    assert.throws(() => solveDense(impossible), { code: "INFEASIBLE_AGENT" });
  });
});
