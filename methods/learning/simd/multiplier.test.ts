import assert from "node:assert/strict";
import fc from "fast-check";
import { RandomStream } from "../../../runtime/stream.js";
import type { MakeMultiplier } from "../product.js";
import { loopMultiplier } from "../testing/loop-multiplier.js";
import { unsigned } from "./assembler.js";
import { simdMultiplier } from "./multiplier.js";

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 6 }).map(blocks => 4 * blocks),
  columns: fc.integer({ min: 1, max: 6 }).map(blocks => 4 * blocks),
  inner: fc.integer({ min: 1, max: 20 }),
  transposed: fc.boolean(),
  rectified: fc.boolean(),
  seed: fc.nat(),
});

describe("products by vector instructions", () => {
  it("are those of plain loops, transposed and rectified or not", () => {
    fc.assert(
      fc.property(sizes, ({ rows, columns, inner, transposed, rectified, seed }) => {
        const [found, expected] = [simdMultiplier, loopMultiplier].map((make: MakeMultiplier) => {
          const { rooms, multiply } = make([rows * inner, inner * columns, rows * columns, 4]);
          const [left, right, to, behind] = rooms;
          const random = new RandomStream(seed, "numbers");
          for (const room of [left, right]) room.forEach((_, k) => (room[k] = random.uniform(-1, 1)));
          const [leftRow, leftStep] = transposed ? [1, rows] : [inner, 1];
          multiply({ left, leftRow, leftStep, right, to, rows, inner, columns, floor: rectified ? 0 : -Infinity });
          assert.deepEqual([...behind], [0, 0, 0, 0], "nothing is written behind the product");
          return to;
        });
        expected.forEach((value, k) => assert.ok(Math.abs(found[k] - value) < 1e-5, `${found[k]} for ${value}`));
      }),
      { numRuns: 60 },
    );
  });

  it("gate as plain loops do", () => {
    const gates = [1, 0, -1, -0, NaN, 1e-30, -Infinity, Infinity, 2, 2, 2, 2];
    const [found, expected] = [simdMultiplier, loopMultiplier].map((make: MakeMultiplier) => {
      const { rooms, gate } = make([12, 12]);
      rooms[0].fill(7);
      rooms[1].set(gates);
      gate(rooms[0], rooms[1], 8);
      return rooms[0];
    });
    assert.deepEqual(found, expected);
    assert.deepEqual([...found], [7, 0, 0, 0, 0, 7, 0, 7, 7, 7, 7, 7]);
  });

  it("pass on what is no number", () => {
    const { rooms, multiply } = simdMultiplier([4, 4, 16]);
    const [left, right, to] = rooms;
    left.set([NaN, 1, Infinity, -1]);
    right.fill(1);
    multiply({ left, leftRow: 1, leftStep: 1, right, to, rows: 4, inner: 1, columns: 4, floor: 0 });
    assert.deepEqual(
      [0, 4, 8, 12].map(k => to[k]),
      [NaN, 1, Infinity, 0],
    );
  });
});

describe("the assembler", () => {
  it("writes whole numbers as the specification's LEB128", () => {
    assert.deepEqual(unsigned(0), [0]);
    assert.deepEqual(unsigned(127), [0x7f]);
    assert.deepEqual(unsigned(128), [0x80, 0x01]);
    assert.deepEqual(unsigned(624_485), [0xe5, 0x8e, 0x26]);
  });
});
