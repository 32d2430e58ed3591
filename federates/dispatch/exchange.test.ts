import assert from "node:assert/strict";
import fc from "fast-check";
import { asksAgain, openExchange, silentNodes, takeAnswer } from "./exchange.js";

const PATIENCE = { ticks: 10, retries: 2 };
const orders = [{ price: 1 }, undefined, { price: 2 }, { price: 3 }, { price: 4 }];
const open = () => openExchange({ round: 0, kind: "ask", method: "sweep", orders }, 100, PATIENCE);

describe("a round of orders and answers", () => {
  it("holds the same answers in whatever order they arrive, and however often", () => {
    const arrivals = fc
      .shuffledSubarray([0, 2, 3, 4], { minLength: 4 })
      .chain(order => fc.array(fc.constantFrom(0, 2, 3, 4)).map(again => [...order, ...again]));
    fc.assert(
      fc.property(arrivals, order => {
        const exchange = open();
        for (const node of order) takeAnswer(exchange, node, { offer: node });
        assert.deepEqual(exchange.answers, [{ offer: 0 }, undefined, { offer: 2 }, { offer: 3 }, { offer: 4 }]);
        assert.deepEqual(silentNodes(exchange), []);
      }),
    );
  });

  it("takes the first answer of a node, and none of a node that was not asked", () => {
    const exchange = open();
    takeAnswer(exchange, 0, { offer: 1 });
    takeAnswer(exchange, 0, { offer: 2 });
    takeAnswer(exchange, 1, { offer: 3 });
    assert.deepEqual(exchange.answers[0], { offer: 1 });
    assert.equal(exchange.answers[1], undefined);
    assert.deepEqual(silentNodes(exchange), [2, 3, 4]);
  });

  it("is repeated as often as the patience says, each time with a new deadline", () => {
    const exchange = open();
    assert.equal(exchange.deadline, 110);
    assert.ok(asksAgain(exchange, 110, PATIENCE));
    assert.ok(asksAgain(exchange, 120, PATIENCE));
    assert.equal(exchange.deadline, 130);
    assert.ok(!asksAgain(exchange, 130, PATIENCE));
    assert.equal(exchange.attempts, 3);
  });
});
