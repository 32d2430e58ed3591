import assert from "node:assert/strict";
import type { LedgerCode, Retry } from "../errors.js";
import { readFault, readVerdict, type Fault, type Step } from "./faults.js";
import { RECORDED, type Trouble } from "./testing/troubles.js";

type Expected = readonly [code: LedgerCode, retry: Retry];

const faultOf = ({ on, status, text, detail }: Trouble): Fault => ({
  step: on,
  status,
  text: [text, detail].filter(Boolean).join("; "),
});

const REMEDIES: Readonly<Record<keyof typeof RECORDED, Expected>> = {
  noPeers: ["LEDGER_UNREACHABLE", "same"],
  mismatch: ["LEDGER_MISMATCH", "same"],
  chaincodeDown: ["LEDGER_UNREACHABLE", "same"],
  crowd: ["LEDGER_UNREACHABLE", "same"],
  peerDown: ["LEDGER_UNREACHABLE", "same"],
  noOrderer: ["LEDGER_UNREACHABLE", "after-query"],
  slowOrderer: ["LEDGER_UNREACHABLE", "after-query"],
  slowCommit: ["LEDGER_UNREACHABLE", "after-query"],
};

describe("faults of Fabric", () => {
  for (const [name, expected] of Object.entries(REMEDIES)) {
    it(`knows what to do about ${name}`, () => {
      const { code, retry } = readFault(faultOf(RECORDED[name as keyof typeof RECORDED]));
      assert.deepEqual([code, retry], expected);
    });
  }

  const texts: readonly (readonly [Step, string, ...Expected])[] = [
    ["endorse", "REQUEST TIMEOUT (peer0)", "LEDGER_UNREACHABLE", "same"],
    ["evaluate", "Broadcast Client peer0 localhost:7051 is not connected (peer0)", "LEDGER_UNREACHABLE", "same"],
    ["order", "the orderer answered SERVICE_UNAVAILABLE", "LEDGER_UNREACHABLE", "after-query"],
    ["order", "SYSTEM TIMEOUT", "LEDGER_UNREACHABLE", "after-query"],
    ["commit", "no block has the transaction within 30 s", "LEDGER_UNREACHABLE", "after-query"],
    ["endorse", "proposal client identity expired", "LEDGER_IDENTITY", "never"],
    ["endorse", "access denied: channel [x] creator org unknown, creator is malformed", "LEDGER_IDENTITY", "never"],
    ["order", "No connection established. Last error: self-signed certificate", "LEDGER_IDENTITY", "never"],
    ["endorse", "something that nobody has seen", "LEDGER_FAILED", "never"],
  ];
  for (const [step, text, ...expected] of texts) {
    it(`reads "${text}" while it tries to ${step}`, () => {
      const { code, retry, message } = readFault({ step, text });
      assert.deepEqual([code, retry], expected);
      assert.ok(message.includes(text));
    });
  }

  it("hands the contract's refusals on as they are, and never tries them again", () => {
    const { code, message, retry } = readFault({
      step: "endorse",
      status: 10,
      text: "chaincode response 500, CONFLICT: The connection refused to match: period 12.",
    });
    assert.deepEqual(
      [code, message, retry],
      ["LEDGER_CONFLICT", "The connection refused to match: period 12.", "never"],
    );
    const other = readFault({ step: "endorse", text: "chaincode response 500, Expected 1 parameters, but 0" });
    assert.deepEqual([other.code, other.retry], ["LEDGER_REFUSED", "never"]);
  });

  it("tries lost races again, and nothing that is invalid for good", () => {
    const races = [9, 11, 12].map(verdict => readVerdict(verdict, "id").retry);
    assert.deepEqual(races, ["same", "same", "same"]);
    assert.equal(readVerdict(10, "id").code, "LEDGER_MISMATCH");
    const final = [1, 4, 5, 22, 255].map(verdict => readVerdict(verdict, "id").retry);
    assert.deepEqual([...new Set(final)], ["never"]);
  });
});
