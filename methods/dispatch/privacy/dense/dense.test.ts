import assert from "node:assert/strict";
import fc from "fast-check";
import { RandomStream } from "../../../../runtime/stream.js";
import {
  dot,
  gaussian,
  identity,
  multiply,
  randomOrder,
  randomOrthogonal,
  rowOf,
  rowSpace,
  symmetricEigen,
  transpose,
  weightedGram,
  zeros,
  type Matrix,
} from "./index.js";

const uniformOf = (seed: number) => {
  const stream = new RandomStream(seed, "dense");
  return () => stream.next();
};

function randomMatrix(rows: number, columns: number, uniform: () => number): Matrix {
  const normal = gaussian(uniform);
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, normal) };
}

function difference(a: Matrix, b: Matrix): number {
  assert.deepEqual([a.rows, a.columns], [b.rows, b.columns]);
  return a.data.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b.data[i])), 0);
}

const seeds = fc.integer({ min: 0, max: 1e6 });
const sizes = fc.integer({ min: 1, max: 24 });

describe("dense matrices", () => {
  it("the row space's bases are orthonormal, split the space, and the triangle gives the rows back", () => {
    fc.assert(
      fc.property(seeds, sizes, sizes, fc.integer({ min: 0, max: 24 }), (seed, rows, columns, limit) => {
        const rank = Math.min(rows, columns, limit);
        const uniform = uniformOf(seed);
        const matrix = multiply(randomMatrix(rows, rank, uniform), randomMatrix(rank, columns, uniform));
        const space = rowSpace(matrix);
        assert.equal(space.rank, rank);
        const basis = { rows: columns, columns, data: Float64Array.from([...space.range.data, ...space.null.data]) };
        assert.ok(difference(multiply(basis, transpose(basis)), identity(columns)) < 1e-13);
        assert.ok(difference(multiply(matrix, transpose(space.null)), zeros(rows, columns - rank)) < 1e-11);
        const rebuilt = multiply(space.triangle, space.range);
        for (let i = 0; i < rows; i++) {
          const row = rowOf(matrix, space.order[i]);
          rowOf(rebuilt, i).forEach((value, j) => assert.ok(Math.abs(value - row[j]) < 1e-11));
        }
      }),
    );
  });

  it("eigenvectors are orthonormal and rebuild the matrix, also with eigenvalues that coincide", () => {
    fc.assert(
      fc.property(seeds, sizes, sizes, (seed, size, rank) => {
        const factor = randomMatrix(rank, size, uniformOf(seed));
        const symmetric = weightedGram(factor, new Float64Array(rank).fill(1));
        const { values, vectors } = symmetricEigen(symmetric);
        assert.ok(difference(multiply(vectors, transpose(vectors)), identity(size)) < 1e-12);
        const scaled = { ...vectors, data: vectors.data.map((value, k) => value * values[Math.floor(k / size)]) };
        assert.ok(difference(multiply(transpose(vectors), scaled), symmetric) < 1e-11 * (1 + Math.max(...values)));
      }),
    );
  });

  it("a random rotation is orthogonal, and each of its entries has mean 0 and variance 1/size", () => {
    const [size, draws] = [4, 4000];
    const uniform = uniformOf(7);
    const sum = zeros(size, size);
    const squares = zeros(size, size);
    for (let draw = 0; draw < draws; draw++) {
      const rotation = randomOrthogonal(size, uniform);
      if (draw < 20) assert.ok(difference(multiply(rotation, transpose(rotation)), identity(size)) < 1e-14);
      rotation.data.forEach((value, k) => {
        sum.data[k] += value / draws;
        squares.data[k] += (value * value) / draws;
      });
    }
    for (const mean of sum.data) assert.ok(Math.abs(mean) < 4 * Math.sqrt(1 / size / draws), String(mean));
    for (const square of squares.data) assert.ok(Math.abs(square - 1 / size) < 0.02, String(square));
  });

  it("normal numbers have the moments of the normal distribution", () => {
    const normal = gaussian(uniformOf(3));
    const draws = Float64Array.from({ length: 40_000 }, normal);
    const moment = (power: number) => draws.reduce((sum, x) => sum + x ** power, 0) / draws.length;
    for (const [power, expected, tolerance] of [
      [1, 0, 0.02],
      [2, 1, 0.03],
      [3, 0, 0.06],
      [4, 3, 0.2],
    ]) {
      assert.ok(Math.abs(moment(power) - expected) < tolerance, `moment ${power}: ${moment(power)}`);
    }
  });

  it("a random order has each number once", () => {
    const order = randomOrder(50, uniformOf(1));
    assert.deepEqual(
      [...order].sort((a, b) => a - b),
      [...Array(50).keys()],
    );
    assert.notDeepEqual([...order], [...Array(50).keys()]);
  });

  it("inner products agree with a sum by hand", () => {
    assert.equal(dot(Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)), 32);
  });
});
