import assert from "node:assert/strict";
import { philox, RandomStream } from "./stream.js";

describe("random streams", () => {
  it("are Philox4x32-10: the known answers that its authors publish", () => {
    const answer = (counter: number[], k0: number, k1: number) => {
      const block = Uint32Array.from(counter);
      philox(block, k0, k1);
      return [...block].map(word => word.toString(16).padStart(8, "0")).join(" ");
    };
    assert.equal(answer([0, 0, 0, 0], 0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8");
    const ones = 0xffffffff;
    assert.equal(answer([ones, ones, ones, ones], ones, ones), "408f276d 41c83b0e a20bc7c6 6d5451fd");
    const pi = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
    assert.equal(answer(pi, 0xa4093822, 0x299f31d0), "d16cfe09 94fdcceb 5001e420 24126ea1");
  });

  it("depend on seed and name only, and go on where they stopped", () => {
    const a = new RandomStream(7, "houses/bids");
    const first = [a.next(), a.next(), a.next()];
    const resumed = new RandomStream(7, "houses/bids", 2);
    assert.equal(resumed.next(), first[2]);
    assert.notEqual(new RandomStream(7, "houses/bids2").next(), first[0]);
    assert.notEqual(new RandomStream(8, "houses/bids").next(), first[0]);
  });

  it("are uniform and normal: mean and variance of 20,000 draws within five standard errors", () => {
    const stream = new RandomStream(1, "moments");
    const draws = Array.from({ length: 20_000 }, () => stream.next());
    const mean = draws.reduce((a, b) => a + b) / draws.length;
    assert.ok(Math.abs(mean - 0.5) < 5 * Math.sqrt(1 / 12 / draws.length), `mean ${mean}`);
    const normals = Array.from({ length: 20_000 }, () => stream.normal(2, 3));
    const centre = normals.reduce((a, b) => a + b) / normals.length;
    assert.ok(Math.abs(centre - 2) < 5 * (3 / Math.sqrt(normals.length)), `mean ${centre}`);
  });
});
