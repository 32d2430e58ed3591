import "../testing/quiet-shim.js";
import { JSONSerializer } from "fabric-contract-api";
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { Toy } from "../testing/toy-contract.js";
import { callerOf, Dispatcher, type Contract } from "./dispatcher.js";
import { validate } from "./rwset.js";
import { memoryState, PUBLIC, type Overlay } from "./state.js";
import { Stub } from "./stub.js";

/** A self-made certificate of CN=operator with the attribute gridloom.role, as Fabric CA writes it (OID 1.2.3.4.5.6.7.8.1). */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBnjCCAUOgAwIBAgIURDmeKEMdXhlGrLil741YAPddjl4wCgYIKoZIzj0EAwIw
IjERMA8GA1UEAwwIb3BlcmF0b3IxDTALBgNVBAoMBE9yZzEwIBcNMjYxMTIxMTYw
ODMyWhgPMjEyNjEwMjgxNjA4MzJaMCIxETAPBgNVBAMMCG9wZXJhdG9yMQ0wCwYD
VQQKDARPcmcxMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2kket0FuxgKBFUWa
eDPuTbTQmDq8wn2WsUCpfF0JnR9Ylu6ajk3rEXn84U0utTzwXGS6qYEu5c3fvQCl
rexx+6NVMFMwMgYIKgMEBQYHCAEEJnsiYXR0cnMiOnsiZ3JpZGxvb20ucm9sZSI6
Im9wZXJhdG9yIn19MB0GA1UdDgQWBBTMVcRbzhRfKmdkRLXioUSA5vqTtDAKBggq
hkjOPQQDAgNJADBGAiEA24QxiCfNB41qH/82tzMo7AzVRvUeISN/BW2M2f6bemMC
IQDW3ayZ+zVjhbd9ys3WwWaXaUsIb8rfEsfb7F0kQsjAQw==
-----END CERTIFICATE-----`;

interface Response {
  readonly status: number;
  readonly message: string;
  readonly payload: Buffer;
}

const load = createRequire(import.meta.url);

/** The dispatcher of the real shim, from its internals. */
const ChaincodeFromContract = load("fabric-shim/lib/contract-spi/chaincodefromcontract") as new (
  classes: readonly unknown[],
  serializers: object,
  metadata: object,
  ...info: readonly string[]
) => { Invoke(stub: unknown): Promise<Response> };

const shim = new ChaincodeFromContract(
  [Toy],
  { transaction: "json", serializers: { json: JSONSerializer } },
  ...([{}, "toy", "1"] as [object, string, string]),
);
const ours = new Dispatcher(new Toy() as unknown as Contract);
const caller = callerOf({ role: "operator", mspid: "Org1MSP", publicKey: "" });

function stubOn(
  state: Overlay,
  [name, ...args]: readonly string[],
  transient: Readonly<Record<string, string>> = {},
): Stub {
  const invocation = {
    ...{ transactionId: "a1", channel: "market", time: "2013-07-01T00:05:00.250Z", args: [name, ...args] },
    creator: { mspid: "Org1MSP", idBytes: Buffer.from(CERTIFICATE) },
    transient: new Map(Object.entries(transient).map(([key, value]) => [key, Buffer.from(value)])),
  };
  return new Stub(invocation, state);
}

let height = 0;

/** Calls and commits; what a contract refuses changes nothing. */
async function call(state: Overlay, ...words: readonly string[]): Promise<string> {
  const stub = stubOn(state, words);
  const result = await ours.invoke(stub, caller);
  state.write(stub.readWriteSet.writes, { height: ++height, index: 0 });
  return result;
}

const rejection = (attempt: Promise<string>) => attempt.then(assert.fail, (error: unknown) => (error as Error).message);

describe("the embedded stub", () => {
  it("shows what was committed and never the transaction's own writes; what is missing is empty", async () => {
    const state = memoryState();
    assert.equal(await call(state, "put", "a", "1"), "");
    assert.equal(await call(state, "put", "a", "2"), "1");
    assert.equal(await call(state, "get", "a"), "2");
    assert.equal((await stubOn(state, ["get"]).getState("none")).length, 0);
  });

  it("deletes with an empty value, as a peer does", async () => {
    const state = memoryState();
    await call(state, "put", "a", "1");
    await call(state, "put", "a", "");
    assert.equal(await call(state, "list", "", ""), "[]");
  });

  it("keeps composite keys out of open ranges and orders keys by their bytes", async () => {
    const state = memoryState();
    for (const key of ["\u{1f600}", "\uff5e", "b", "a", "é"]) await call(state, "put", key, "1");
    await call(state, "putPart", "kind", "one", "1");
    assert.deepEqual(JSON.parse(await call(state, "list", "", "")), ["a", "b", "é", "\uff5e", "\u{1f600}"]);
    assert.deepEqual(JSON.parse(await call(state, "list", "a", "b")), ["a"]);
    assert.deepEqual(JSON.parse(await call(state, "listParts", "kind", "")), ["one"]);
    assert.match(await rejection(call(state, "list", "\u0000kind", "")), /null character/);
    assert.match(await rejection(call(state, "putPart", "kind", "", "1")), /non-zero length string/);
    assert.match(await rejection(call(state, "put", "", "1")), /empty string/);
    assert.match(await rejection(call(state, "put", "\ud800", "1")), /UTF-8/);
  });

  it("finds a read that changed and a key that came into a range when it is committed", async () => {
    const state = memoryState();
    const [one, other] = [stubOn(state, ["add", "n", "1"]), stubOn(state, ["add", "n", "1"])];
    for (const stub of [one, other]) await ours.invoke(stub, caller);
    assert.equal(await validate(one.readWriteSet, state), "VALID");
    state.write(one.readWriteSet.writes, { height: ++height, index: 0 });
    assert.equal(await validate(other.readWriteSet, state), "MVCC_READ_CONFLICT");

    const counting = stubOn(state, ["count", "x", "z"]);
    await ours.invoke(counting, caller);
    await call(state, "put", "y", "1");
    assert.equal(await validate(counting.readWriteSet, state), "PHANTOM_READ_CONFLICT");
  });

  it("tells the last event only", async () => {
    const stub = stubOn(memoryState(), ["add", "n", "4"]);
    await ours.invoke(stub, caller);
    assert.deepEqual([stub.event?.name, stub.event?.payload.toString()], ["Added", "n=4"]);
  });

  it("pages with bookmarks, and lets no transaction page and write", async () => {
    const state = memoryState();
    for (const key of ["a", "b", "c"]) await call(state, "put", key, "1");
    assert.deepEqual(JSON.parse(await call(state, "page", "2", "")), { keys: ["a", "b"], bookmark: "c" });
    assert.deepEqual(JSON.parse(await call(state, "page", "2", "c")), { keys: ["c"], bookmark: "" });
    assert.match(await rejection(call(state, "pageAndPut")), /paginated query. Writes are not allowed/);
  });

  it("keeps private values apart and their hashes in public", async () => {
    const state = memoryState();
    const stub = stubOn(state, ["hide", "k"], { value: "secret" });
    await ours.invoke(stub, caller);
    state.write(stub.readWriteSet.writes, { height: ++height, index: 0 });
    const hash = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
    assert.deepEqual(JSON.parse(await call(state, "reveal", "k")), ["secret", hash]);
    assert.equal(state.get(PUBLIC, "k"), undefined);
  });

  it("gives the transaction's time, caller and arguments", () => {
    const stub = stubOn(memoryState(), ["get", "a"]);
    assert.deepEqual(stub.getTxTimestamp(), { seconds: 1372637100, nanos: 250_000_000 });
    assert.deepEqual(stub.getFunctionAndParameters(), { fcn: "get", params: ["a"] });
    assert.deepEqual([stub.getTxID(), stub.getChannelID(), stub.getMspID()], ["a1", "market", "Org1MSP"]);
    assert.throws(() => stub.getHistoryForKey(), /history database not enabled/);
    assert.throws(() => stub.getQueryResult(), /not supported for leveldb/);
  });
});

/** Fabric's programs print every refusal. */
function setShimLevel(level: string): void {
  for (const part of ["fabric-contract-api", "fabric-shim"]) {
    (load(`${part}/lib/logger`) as { setLevel(level: string): void }).setLevel(level);
  }
}

describe("our dispatcher", () => {
  const level = process.env.CORE_CHAINCODE_LOGGING_LEVEL ?? "";

  before(() => {
    setShimLevel("CRITICAL");
  });

  after(() => {
    setShimLevel(level);
    process.env.CORE_CHAINCODE_LOGGING_LEVEL = level;
  });

  const CALLS: readonly (readonly string[])[] = [
    ["put", "a", "ä\u0000"],
    ["toy:put", "a", "2"],
    ["get", "a"],
    ["add", "n", "-3"],
    ["list", "", ""],
    ["putPart", "kind", "x", "1"],
    ["listParts", "kind", "x"],
    ["page", "1", ""],
    ["pageAndPut"],
    ["nothing"],
    ["whoami"],
    ["putBytes", "bytes", "ff00fe"],
    ["refuse", "FUNDS: house_1 has too little."],
    ["get"],
    ["get", "a", "b"],
    ["undeclared"],
    ["constructor"],
    ["other:get", "a"],
    ["add", "n", "x"],
    ["put", "", ""],
  ];

  it("answers, writes, reads and refuses as the shim's does, driven by the same stub", async () => {
    const state = memoryState();
    for (const words of CALLS) {
      const [one, other] = [stubOn(state, words), stubOn(state, words)];
      const response = await shim.Invoke(one);
      const answer = await ours.invoke(other, caller).then(
        result => ({ status: 200, text: result }),
        (error: unknown) => ({ status: 500, text: (error as Error).message }),
      );
      assert.equal(answer.status, response.status, words.join(" "));
      const text = response.status === 200 ? response.payload.toString() : response.message.replace("FUNDS: ", "");
      assert.equal(answer.text, text, words.join(" "));
      if (response.status !== 200) continue;
      assert.deepEqual(other.readWriteSet, one.readWriteSet);
      assert.deepEqual(other.event, one.event);
      state.write(one.readWriteSet.writes, { height: ++height, index: 0 });
    }
  });

  it("takes no contract whose parameters are not texts", () => {
    class Numbers extends Toy {}
    const { defineMetadata } = Reflect as unknown as { defineMetadata(key: string, value: unknown, to: object): void };
    const parameters = [{ name: "amount", schema: { type: "number" } }];
    defineMetadata("fabric:transactions", [{ name: "put", parameters }], Numbers.prototype);
    assert.throws(() => new Dispatcher(new Numbers() as unknown as Contract), /put declares amount/);
  });
});
