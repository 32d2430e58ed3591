import assert from "node:assert/strict";
import fc from "fast-check";
import type { PublicProblem, RootTariff } from "../problem.js";
import { certify, tighten, UNKNOWN } from "./gap.js";
import { RootExchange } from "./root-exchange.js";

const exchange = (root: Partial<RootTariff> = {}, regulariser = 0) =>
  new RootExchange({
    regulariser,
    root: {
      buyPrice: Float64Array.of(4),
      sellPrice: Float64Array.of(1),
      importLimit: 10,
      exportLimit: 5,
      reactiveShare: 0.75,
      ...root,
    },
  } as PublicProblem);

const price = fc.double({ min: -8, max: 8, noNaN: true });
const GRID = Array.from({ length: 61 }, (_, i) => (i - 30) / 2);

/** Least of cost − price over a grid of exchanges. */
const searched = (root: RootExchange, active: number, reactive: number) =>
  Math.min(...GRID.flatMap(p => GRID.map(q => root.cost(0, p, q) - active * p - reactive * q)));

describe("an exchange with the grid", () => {
  it("buys and sells at the tariff, and trades both ways for reactive power", () => {
    assert.equal(exchange().cost(0, 3, 0), 12);
    assert.equal(exchange().cost(0, -3, 0), -3);
    assert.equal(exchange().cost(0, 0, 3), 4 * 2 - 1 * 2);
    assert.equal(exchange({ reactiveShare: Infinity }).cost(0, 3, 100), 12);
  });

  it("ends at its limits", () => {
    assert.equal(exchange().cost(0, 10.1, 0), Infinity);
    assert.equal(exchange().cost(0, -5.1, 0), Infinity);
    assert.equal(exchange().cost(0, 10, 0), 40);
  });

  it("is bounded by its least cost at a price: the corners of what can be exchanged", () => {
    fc.assert(
      fc.property(price, fc.double({ min: -3, max: 3, noNaN: true }), (active, reactive) => {
        const root = exchange();
        const found = searched(root, active, reactive);
        const bound = root.bound(0, active, reactive);
        assert.ok(bound <= found + 1e-9);
        assert.ok(found - bound < 4, `${found} against ${bound}: a grid of 0.5 comes this near`);
      }),
      { numRuns: 60 },
    );
  });

  it("is bounded by its least cost at a price: where exchanges cost more the larger they are", () => {
    fc.assert(
      fc.property(price, fc.double({ min: -1, max: 1, noNaN: true }), (active, reactive) => {
        const root = exchange({ reactiveShare: Infinity }, 0.1);
        const found = searched(root, active, reactive);
        const bound = root.bound(0, active, reactive);
        assert.ok(bound <= found + 1e-9 && found - bound < 0.1, `${found} against ${bound}`);
      }),
      { numRuns: 60 },
    );
  });

  it("stays below the least cost with a share and a regulariser", () => {
    fc.assert(
      fc.property(price, price, (active, reactive) => {
        const root = exchange({}, 0.1);
        assert.ok(root.bound(0, active, reactive) <= searched(root, active, reactive) + 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it("has no bound where an unlimited exchange earns without end, and names the nearest price where it does", () => {
    const root = exchange({ importLimit: Infinity, exportLimit: Infinity });
    assert.equal(root.bound(0, 4.1, 0), -Infinity);
    assert.deepEqual(root.attainable(0, 4.1, 0.5), [4, 0]);
    assert.deepEqual(root.attainable(0, 3.7, -5), [3.7, -(4 - 3.7) / 0.75]);
    assert.equal(root.bound(0, 3.7, -(4 - 3.7) / 0.75), 0);
  });
});

describe("a certificate", () => {
  it("measures its gap against the upper bound, at least 1", () => {
    assert.equal(certify(90, 100).gap, 0.1);
    assert.equal(certify(-0.5, 0).gap, 0.5);
    assert.equal(certify(-Infinity, 5).gap, Infinity);
  });

  it("keeps the better bounds", () => {
    assert.deepEqual(tighten(certify(1, 9), certify(3, 12)), certify(3, 9));
    assert.deepEqual(tighten(UNKNOWN, certify(3, 12)), certify(3, 12));
  });
});
