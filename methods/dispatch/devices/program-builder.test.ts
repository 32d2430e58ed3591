import assert from "node:assert/strict";
import { ProgramBuilder, scaled } from "./index.js";

describe("a program builder", () => {
  it("lays blocks of one variable per step one after the other", () => {
    const builder = new ProgramBuilder(2, 0.5);
    assert.equal(builder.block("a", "p", { lower: 0, upper: [3, 4], linear: 7 }), 0);
    assert.equal(builder.block("b", "q", { curvature: [1, 2] }), 2);
    const program = builder.build(9);
    assert.deepEqual([...program.lower], [0, 0, -Infinity, -Infinity]);
    assert.deepEqual([...program.upper], [3, 4, Infinity, Infinity]);
    assert.deepEqual([...program.linear], [7, 7, 0, 0]);
    assert.deepEqual([...program.curvature], [0.5, 0.5, 1.5, 2.5]);
    assert.deepEqual([...program.step], [0, 1, 0, 1]);
    assert.equal(program.constant, 9);
  });

  it("sorts rows by step, leaves out zeros and tells where rows went", () => {
    const builder = new ProgramBuilder(2);
    const [a, b] = [builder.block("a", "p"), builder.block("b", "p")];
    const handles = builder.equal([scaled(a), scaled(b, [0, -2])], [5, 6]);
    builder.equalAt(0, [[a, 3]], 1);
    const { equalities } = builder.build();
    assert.deepEqual([...equalities.rhs], [5, 1, 6]);
    assert.deepEqual([...equalities.start], [0, 1, 2, 4]);
    assert.deepEqual([...equalities.column], [0, 0, 1, 3]);
    assert.deepEqual([...equalities.value], [1, 3, 1, -2]);
    assert.deepEqual([...builder.equalityPlaces(handles)], [0, 2]);
  });

  it("takes in another program, its rows at the last step that they touch", () => {
    const part = new ProgramBuilder(2);
    const x = part.block("x", "energy", { lower: -1 });
    part.equalAt(
      1,
      [
        [x, -1],
        [x + 1, 1],
      ],
      4,
    );
    part.atMost([scaled(x)], 8);
    const whole = new ProgramBuilder(2);
    whole.block("y", "p");
    assert.equal(whole.append(part.build()), 2);
    const { equalities, inequalities, step, lower } = whole.build();
    assert.deepEqual([...equalities.column], [2, 3]);
    assert.deepEqual([...inequalities.column], [2, 3]);
    assert.deepEqual([...step], [0, 1, 0, 1]);
    assert.deepEqual([...lower], [-Infinity, -Infinity, -1, -1]);
  });

  it("goes on from a program, whose variables keep their places and steps", () => {
    const part = new ProgramBuilder(2);
    part.block("x", "energy", { lower: -1, linear: 3 });
    part.equal([scaled(0)], 4);
    const whole = ProgramBuilder.upon(part.build(), 2);
    assert.equal(whole.block("y", "p"), 2);
    const { step, linear, equalities } = whole.build();
    assert.deepEqual([...step], [0, 1, 0, 1]);
    assert.deepEqual([...linear], [3, 3, 0, 0]);
    assert.deepEqual([...equalities.column], [0, 1]);
  });
});
