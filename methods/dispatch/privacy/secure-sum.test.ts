import assert from "node:assert/strict";
import fc from "fast-check";
import { DispatchError } from "../dispatch-error.js";
import { plainAggregator } from "./aggregator.js";
import { fromLimbs, toLimbs } from "./limbs.js";
import { pack, unpack } from "./packing.js";
import { SecureSum, sealedAggregator } from "./secure-sum.js";
import { openSeal } from "./seal.js";

const QUANTUM = 1 / 67108864;
const quantised = (numbers: ArrayLike<number>) => Float64Array.from(numbers, x => Math.round(x / QUANTUM) * QUANTUM);

describe("encrypted sums", () => {
  let sums: SecureSum;
  before(async function () {
    try {
      sums = await SecureSum.create();
    } catch (error) {
      if (!(error instanceof DispatchError && error.code === "LIBRARY_MISSING")) throw error;
      console.log(`      skipped: ${error.message}`);
      this.skip();
    }
  });
  after(() => sums?.close());

  const vectors = fc.tuple(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 5 })).chain(([length, count]) =>
    fc.array(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: length, maxLength: length }), {
      minLength: count,
      maxLength: count,
    }),
  );

  it("are exactly the sums of the rounded numbers, whatever the noise and the order", () => {
    const sealed = sealedAggregator(sums);
    fc.assert(
      fc.property(vectors, rows => {
        const numbers = rows.map(row => Float64Array.from(row));
        const exact = plainAggregator.sum(numbers.map(quantised));
        const sent = numbers.map(sealed.seal);
        assert.deepEqual(sealed.sum(sent), exact);
        assert.deepEqual(sealed.sum(sent.toReversed()), exact);
      }),
      { numRuns: 8 },
    );
  });

  it("leave room for noise: the largest distance from a whole number in a sum of 40 vectors", async () => {
    const seal = await openSeal();
    const values = Float64Array.from({ length: seal.slots }, (_, i) => (i % 2 === 0 ? 16777215 : -536870912 + i));
    const total = seal.encrypt(values);
    for (let i = 1; i < 40; i++) {
      const next = seal.encrypt(values);
      seal.add(total, next);
      next.delete();
    }
    const noise = seal.decrypt!(total).reduce((most, value, i) => Math.max(most, Math.abs(value - 40 * values[i])), 0);
    total.delete();
    seal.close();
    console.log(`      noise ${noise.toExponential(2)}, bound 0.5`);
    assert.ok(noise < 0.05, String(noise));
  }).timeout(20_000);

  it("hold vectors that are longer than a ciphertext has places", () => {
    const numbers = Float64Array.from({ length: 3000 }, (_, i) => i - 1500.25);
    const sealed = sums.encrypt(numbers);
    assert.deepEqual(sums.decrypt(sealed), quantised(numbers));
    sums.release(sealed);
  });

  it("are readable by the owner of the key alone; others encrypt and add for him, in bytes", async () => {
    const agent = await SecureSum.join(sums.publicKey);
    const [first, second] = [agent.encrypt(Float64Array.of(1, -2.5)), agent.encrypt(Float64Array.of(3, 4))];
    agent.add(first, second);
    assert.throws(() => agent.decrypt(first), /Only the maker of the key pair/);
    const packet = agent.toPacket(first);
    console.log(`      ${packet.parts[0].length} bytes in a sealed vector, ${sums.publicKey.length} in the public key`);
    const arrived = sums.fromPacket(unpack(pack(packet)));
    assert.deepEqual(sums.decrypt(arrived), Float64Array.of(4, 1.5));
    const stranger = await SecureSum.create();
    const copy = stranger.fromPacket(packet);
    assert.notDeepEqual(stranger.decrypt(copy), Float64Array.of(4, 1.5), "another key opens nothing");
    sums.release(arrived);
    stranger.release(copy);
    for (const vector of [first, second]) agent.release(vector);
    stranger.close();
    agent.close();
  });

  it("of equal numbers never look alike on the way", () => {
    const [first, second] = [sums.encrypt(Float64Array.of(7)), sums.encrypt(Float64Array.of(7))];
    assert.notDeepEqual(sums.toPacket(first), sums.toPacket(second));
    for (const vector of [first, second]) sums.release(vector);
  });

  it("refuse vectors of two lengths", () => {
    const [first, second] = [sums.encrypt(Float64Array.of(7)), sums.encrypt(Float64Array.of(7, 8))];
    assert.throws(() => sums.add(first, second), { code: "INVALID_PROFILE", message: /1 and 2 numbers/ });
    for (const vector of [first, second]) sums.release(vector);
  });
});

describe("limbs", () => {
  it("give back every number that fits, and refuse the others", () => {
    const numbers = Float64Array.of(0, 0.5, -0.5, 1e8, -1e8, 123456.789, -QUANTUM);
    assert.deepEqual(fromLimbs(toLimbs(numbers, QUANTUM), QUANTUM), quantised(numbers));
    for (const number of [2e8, -2e8, NaN, Infinity]) {
      assert.throws(() => toLimbs(Float64Array.of(number), QUANTUM), { code: "INVALID_PROFILE" });
    }
  });
});

describe("packets", () => {
  it("carry any bytes as whole numbers, and are recognised", () => {
    const bytes = fc.uint8Array({ minLength: 13, maxLength: 13 });
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1, maxLength: 3 }), parts => {
        const packed = pack({ length: 40, parts });
        assert.ok(packed.every(Number.isSafeInteger));
        const { length, parts: back } = unpack(packed);
        assert.equal(length, 40);
        assert.deepEqual(
          back.map(part => [...part]),
          parts.map(part => [...part]),
        );
      }),
    );
    assert.throws(() => unpack(Float64Array.of(1, 2, 3, 4)), { code: "INVALID_PROFILE", message: /should be sealed/ });
  });
});

describe("without the library", () => {
  it("one sentence says what to install", async () => {
    await assert.rejects(openSeal(undefined, "no-such-package"), (error: DispatchError) => {
      assert.equal(error.code, "LIBRARY_MISSING");
      assert.match(error.message, /cannot be loaded .*: npm install /);
      return true;
    });
  });
});
