import fc from "fast-check";
import assert from "node:assert/strict";
import { compareKeys, compositeKey, splitCompositeKey } from "./keys.js";
import { memoryState, Overlay, PUBLIC, type Range } from "./state.js";
import { Store } from "./store.js";
import { withFolder } from "../testing/toy-ledger.js";

const key = fc.string({ unit: "binary", minLength: 1, maxLength: 6 });

describe("keys", () => {
  it("are in the order of their UTF-8 bytes", () => {
    fc.assert(
      fc.property(key, key, (one, other) => {
        assert.equal(Math.sign(compareKeys(one, other)), Buffer.compare(Buffer.from(one), Buffer.from(other)));
      }),
      { numRuns: 5000 },
    );
  });

  it("are composed and taken apart", () => {
    const part = fc.string({ unit: "grapheme", minLength: 1 }).filter(text => !text.includes("\u0000"));
    fc.assert(
      fc.property(part, fc.array(part), (objectType, attributes) => {
        assert.deepEqual(splitCompositeKey(compositeKey(objectType, attributes)), { objectType, attributes });
      }),
    );
    assert.deepEqual(splitCompositeKey("simple"), { objectType: null, attributes: [] });
  });
});

describe("the state", () => {
  const writes = fc.array(fc.record({ key, value: fc.option(fc.uint8Array({ minLength: 1, maxLength: 4 })) }));
  const ranges = fc.record({ start: key, end: fc.oneof(key, fc.constant("")), limit: fc.integer({ min: 1, max: 5 }) });

  it("gives the same from disk, from memory and from layers over them, as far as blocks go", function () {
    this.timeout(60_000);
    const property = fc.asyncProperty(fc.array(writes, { maxLength: 4 }), ranges, async (blocks, bounds) => {
      await withFolder(async folder => {
        const [disk, memory] = [await Store.open(folder), memoryState()];
        const layers = blocks
          .map((_, i) => i)
          .reduce<Overlay[]>(made => [...made, new Overlay(made.at(-1) ?? memoryState())], []);
        blocks.forEach((block, i) => {
          const version = { height: i + 1, index: 0 };
          const list = block.map(({ key, value }) => ({
            namespace: PUBLIC,
            key,
            value: value === null ? undefined : Buffer.from(value),
          }));
          disk.write(
            { height: i + 1, hash: "" },
            list.map(write => [write, version] as const),
          );
          for (const state of [memory, layers[i]]) state.write(list, version);
        });
        const range: Range = { namespace: PUBLIC, ...bounds };
        const expected = await memory.range(range);
        assert.deepEqual(await disk.range(range), expected);
        assert.deepEqual(await (layers.at(-1) ?? memoryState()).range(range), expected);
        for (const { key } of blocks.flat()) assert.deepEqual(disk.get(PUBLIC, key), memory.get(PUBLIC, key));
        await disk.close();
      });
    });
    return fc.assert(property, { numRuns: 60 });
  });
});
