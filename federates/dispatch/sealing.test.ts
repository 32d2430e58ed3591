import assert from "node:assert/strict";
import type { Payload } from "../../methods/index.js";
import type { Context } from "../../runtime/index.js";
import type { NodePayload } from "./messages.js";
import { sealingFaults } from "./sealing-faults.js";
import { addAnswers, dropKeys, openAnswers, ownKeys, sealAnswers } from "./sealing.js";

/** Kinds of the price bundle's offers. */
const [STEPWISE, OWN] = [0, 2];
const [operator, agents, aggregator] = ["operator", "agents", "aggregator"].map(name => ({ name }) as Context);
const offered = (node: number, kind: number, ...offer: number[]): NodePayload => ({
  node,
  payload: { kind, offer: Float64Array.from(offer) } as Payload,
});
const ANSWERS = [offered(0, STEPWISE, 1.5, -2), offered(1, OWN, 7), offered(2, STEPWISE, 0.25, 4)];

describe("sealed answers", function () {
  this.timeout(30_000);
  after(() => Promise.all([operator, agents, aggregator].map(dropKeys)));

  const message = { dispatch: "answer", horizon: 0, round: 0, asked: 3, answers: ANSWERS } as const;

  it("leave the agents as ciphertext where they are summed, and come to the operator as exact sums", async () => {
    const { publicKey, sums } = await ownKeys(operator);
    const sealed = await sealAnswers(message, publicKey, agents);
    assert.equal(sealed.key, publicKey.id);
    assert.deepEqual(sealed.answers[1], ANSWERS[1]);
    assert.ok((sealed.answers[0].payload.offer as Float64Array).length > 10_000);
    const added = await addAnswers(sealed.answers, aggregator);
    assert.equal((added[2].payload.offer as Float64Array).length, 0);
    const opened = openAnswers(added, sums).map(({ payload }) => Array.from(payload.offer as Float64Array));
    assert.deepEqual(opened, [[1.75, 2], [7], [0, 0]]);
  });

  it("that are in the open are refused where sealed ones are added", async () => {
    await assert.rejects(addAnswers(ANSWERS, aggregator), { code: "INVALID_PROFILE", message: /should be sealed/ });
  });

  it("need the library, and the check says how to get it", () => {
    const params = { encrypt: "ckks", method: "price-bundle", onSilence: "stop" } as const;
    assert.deepEqual(sealingFaults(params), []);
    const [fault] = sealingFaults(params, "no-such-library");
    assert.match(fault.problem, /^LIBRARY_MISSING: encrypted sums need no-such-library/);
    assert.match(fault.cure, /^npm install no-such-library/);
  });
});
