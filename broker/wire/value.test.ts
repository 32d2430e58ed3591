import assert from "node:assert/strict";
import fc from "fast-check";
import { copyValue, sameValue } from "./value.js";

const plain = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.double({ noNaN: false }).map(x => x + 0),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.double({ noNaN: true })).map(list => Float64Array.from(list)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ minLength: 1 }).filter(key => key !== "__proto__"),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
})).value;

describe("published values", () => {
  it("are equal to their copies and share no memory with them", () => {
    fc.assert(
      fc.property(plain, value => {
        assert.ok(sameValue(copyValue(value), value));
      }),
    );
    const vector = Float64Array.of(1, 2);
    const copy = copyValue({ vector }) as { vector: Float64Array };
    vector[0] = 9;
    assert.equal(copy.vector[0], 1);
  });

  it("differ in any number, text, element, key or length", () => {
    const pairs: [unknown, unknown][] = [
      [1, 2],
      [1, "1"],
      [[1, 2], [1]],
      [{ a: 1 }, { a: 1, b: 2 }],
      [{ a: 1 }, { b: 1 }],
      [Float64Array.of(1, 2), Float64Array.of(1, 3)],
      [Float64Array.of(1), [1]],
      [null, {}],
      [Uint8Array.of(1), Uint8Array.of(2)],
    ];
    for (const [a, b] of pairs) assert.equal(sameValue(a, b), false);
    assert.ok(sameValue(NaN, NaN) && sameValue(Float64Array.of(NaN), Float64Array.of(NaN)));
  });

  it("have no negative zero, and are no functions, class instances or undefined", () => {
    assert.ok(Object.is(copyValue(-0), 0));
    for (const value of [() => 1, new Date(0), undefined, Symbol("s")])
      assert.throws(() => copyValue(value), TypeError);
  });
});
