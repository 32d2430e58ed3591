import assert from "node:assert/strict";
import { common, peer } from "@hyperledger/fabric-protos";
import { ChainCheck, eventsOf, hasEffect } from "./blocks.js";
import { blockOf } from "./testing/messages.js";
import { message } from "./testing/protobuf.js";

/** A chain of blocks with an envelope each. */
function chain(length: number): common.Block[] {
  const blocks: common.Block[] = [];
  for (let i = 0; i < length; i++) {
    const envelope = message(common.Envelope, { payload: Buffer.from(`payload ${i}`) });
    blocks.push(blockOf(blocks.at(-1), [envelope], [0]));
  }
  return blocks;
}

const copyOf = (block: common.Block) => common.Block.deserializeBinary(block.serializeBinary());

function check(blocks: readonly common.Block[]) {
  const found = new ChainCheck();
  for (const block of blocks) found.add(block);
  return found.faults;
}

describe("the chain of a peer's blocks", () => {
  it("is whole when each names the one before it and its own transactions", () => {
    assert.deepEqual(check(chain(300)), []);
  });

  const tampered: readonly (readonly [string, (blocks: common.Block[]) => void, number])[] = [
    ["a transaction that was changed", blocks => blocks[3].getData()?.setDataList([Buffer.from("forged")]), 4],
    ["a transaction that was added", blocks => blocks[2].getData()?.addData(Buffer.from("more")), 3],
    ["a block that was taken out", blocks => blocks.splice(4, 1), 5],
    ["blocks in another order", blocks => ([blocks[5], blocks[6]] = [blocks[6], blocks[5]]), 6],
    ["a header that was changed", blocks => blocks[7].getHeader()?.setDataHash(Buffer.alloc(32)), 8],
    ["another number", blocks => blocks[8].getHeader()?.setNumber(9), 9],
  ];
  for (const [what, tamper, height] of tampered) {
    it(`betrays ${what}, with its height`, () => {
      const blocks = chain(10).map(copyOf);
      tamper(blocks);
      assert.equal(check(blocks).at(0)?.height, height);
    });
  }
});

describe("a chaincode's action", () => {
  it("without writes and events has no effect", () => {
    assert.equal(hasEffect(new peer.ChaincodeAction()), false);
    const event = message(peer.ChaincodeEvent, { eventName: "Told" }).serializeBinary();
    assert.equal(hasEffect(message(peer.ChaincodeAction, { events: event })), true);
  });

  it("tells nothing in a block that only configures the channel", () => {
    assert.deepEqual(eventsOf(blockOf(undefined, [], []), "settlement"), []);
  });
});
