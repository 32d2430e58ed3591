import assert from "node:assert/strict";
import fc from "fast-check";
import { canonical, digestOf, type Json } from "./canonical.js";

describe("canonical text", () => {
  it("is the same whatever the order of the keys, and reads back as the value", () => {
    const { tree } = fc.letrec<{ tree: Json }>(tie => ({
      tree: fc.oneof(
        fc.string(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("tree")),
        fc.dictionary(fc.string(), tie("tree")),
      ),
    }));
    fc.assert(
      fc.property(tree, value => {
        assert.equal(canonical(JSON.parse(JSON.stringify(value)) as Json), canonical(value));
        assert.deepEqual(JSON.parse(canonical(value)), JSON.parse(JSON.stringify(value)));
      }),
    );
    assert.equal(canonical({ b: "2", a: { d: [], c: null } }), '{"a":{"c":null,"d":[]},"b":"2"}');
    assert.equal(canonical({ a: undefined, b: "1" }), '{"b":"1"}');
  });

  it("has no numbers", () => {
    assert.throws(() => canonical({ a: 1 } as unknown as Json), /A number has no canonical text/);
  });

  it("digests as SHA-256 does", () => {
    assert.equal(digestOf("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
