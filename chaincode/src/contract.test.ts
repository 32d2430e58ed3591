import "reflect-metadata";
import assert from "node:assert/strict";
import type { Context } from "fabric-contract-api";
import { clearUniform } from "./testing/honest-rounds.js";
import { closeOf, houses, keysOf, openMarket, plainTerms, plenty, signRound } from "./testing/settlement.js";
import { contractFunctions, contracts, SettlementContract, type ContractFunction, type Receipt } from "./index.js";

interface Described {
  readonly name: string;
  readonly tag: string[];
  readonly parameters: readonly { readonly name: string; readonly schema: { readonly type: string } }[];
  readonly returns: { readonly type: string };
}

/** A stub as a peer gives it: bytes, composite keys, iterators that may be awaited; what is written is seen at once. */
class PeerStub {
  readonly state = new Map<string, Uint8Array>();
  readonly events: string[] = [];
  transient = new Map<string, Uint8Array>();

  getTransient = () => this.transient;
  getState = (key: string) => Promise.resolve(this.state.get(key) ?? new Uint8Array());
  putState = (key: string, value: Uint8Array) => Promise.resolve(void this.state.set(key, value));
  deleteState = (key: string) => Promise.resolve(void this.state.delete(key));
  setEvent = (name: string) => void this.events.push(name);
  getStateByPartialCompositeKey = (type: string, attributes: string[]) =>
    this.iterate(this.found(type, attributes), "");
  getStateByPartialCompositeKeyWithPagination = (
    type: string,
    attributes: string[],
    size: number,
    bookmark?: string,
  ) => {
    const rest = this.found(type, attributes).filter(({ key }) => key >= (bookmark ?? ""));
    return this.iterate(rest.slice(0, size), rest[size]?.key ?? "");
  };

  private found(type: string, attributes: readonly string[]): { key: string; value: Uint8Array }[] {
    const prefix = `\u0000${[type, ...attributes].join("\u0000")}\u0000`;
    const found = [...this.state]
      .filter(([key]) => key.startsWith(prefix))
      .sort(([one], [other]) => (one < other ? -1 : 1));
    return found.map(([key, value]) => ({ key, value }));
  }

  private iterate(found: readonly { key: string; value: Uint8Array }[], bookmark: string) {
    const answer = Promise.resolve({ metadata: { bookmark, fetchedRecordsCount: found.length } });
    return Object.assign(answer, { [Symbol.asyncIterator]: () => entriesOf(found) });
  }
}

async function* entriesOf<T>(found: readonly T[]): AsyncGenerator<T> {
  for (const each of found) yield await Promise.resolve(each);
}

function contextOf(stub: PeerStub, roles: string | null): Context {
  const clientIdentity = { getAttributeValue: () => roles, getMSPID: () => "Org1MSP", getID: () => "x509::/CN=client" };
  return { stub, clientIdentity } as unknown as Context;
}

describe("the contract class", () => {
  const contract = new SettlementContract();
  const described = Reflect.getMetadata("fabric:transactions", contract) as Described[];

  it("offers every function of the table with its arguments, all of them texts, and nothing else", () => {
    assert.deepEqual(contracts, [SettlementContract]);
    assert.equal(contract.getName(), "settlement");
    assert.deepEqual(described.map(({ name }) => name).sort(), Object.keys(contractFunctions).sort());
    for (const { name, tag, parameters, returns } of described) {
      const { args, kind } = (contractFunctions as Record<string, ContractFunction>)[name];
      assert.deepEqual(
        parameters.map(parameter => parameter.name).filter(each => each !== "_ctx"),
        name === "Version" ? args : ["scope", ...args],
        name,
      );
      assert.ok(
        parameters.every(({ schema }) => schema.type === "string"),
        name,
      );
      assert.deepEqual(tag.includes("submitTx"), kind === "transaction", name);
      assert.equal(returns.type, "string", name);
    }
  });

  it("settles over a peer's stub what the rules settle in memory", async () => {
    const stub = new PeerStub();
    const all = contextOf(stub, "operator,registrar,treasury");
    const people = [...houses, "market operator"];
    const registrations = people.map(participant => ({
      participant,
      publicKey: keysOf(participant).publicKey,
      validUntil: "",
    }));
    await contract.RegisterParticipants(all, "", JSON.stringify(registrations));
    const transfers = people.map(participant => ({ participant, amount: plenty, reference: participant }));
    await contract.Deposit(all, "", JSON.stringify(transfers));
    await contract.CreateMarket(all, "", "m", JSON.stringify(plainTerms));
    const book = clearUniform([
      { bidder: "house 0", side: "buy", price: 80n, energy: 700n },
      { bidder: "house 1", side: "sell", price: 40n, energy: 500n },
    ]);
    const rounds = JSON.stringify([signRound(0, book)]);
    const answer = await contract.Settle(contextOf(stub, "operator"), "", rounds);
    assert.equal(answer, await (await openMarket()).submit("operator", "Settle", rounds));
    assert.deepEqual(stub.events, ["ParticipantsRegistered", "SupplyChanged", "MarketCreated", "RoundsSettled"]);
    const nobody = contextOf(stub, null);
    assert.deepEqual(JSON.parse(await contract.Receipt(nobody, "", "m", "0")), (JSON.parse(answer) as Receipt[])[0]);
    const { lines } = JSON.parse(await contract.Statement(nobody, "", "house 0", "m", "")) as {
      lines: { closesAt: string }[];
    };
    assert.deepEqual(
      lines.map(({ closesAt }) => closesAt),
      [closeOf(0)],
    );
    await contract.Audit(nobody, "");
  });

  it("keeps scopes apart: names, money, markets, and what queries find", async () => {
    const stub = new PeerStub();
    const all = contextOf(stub, "operator,registrar,treasury");
    const supplies: string[] = [];
    for (const [i, scope] of ["", "one", "two"].entries()) {
      const { publicKey } = keysOf(houses[i]);
      const registrations = ["house", "market operator"].map(participant => ({
        participant,
        publicKey,
        validUntil: "",
      }));
      await contract.RegisterParticipants(all, scope, JSON.stringify(registrations));
      const transfers = [{ participant: "house", amount: String(100 + i), reference: "opening" }];
      await contract.Deposit(all, scope, JSON.stringify(transfers));
      if (scope === "one") await contract.CreateMarket(all, scope, "m", JSON.stringify(plainTerms));
      supplies.push(await contract.Supply(all, scope), await contract.Audit(all, scope));
      const journal = JSON.parse(await contract.Journal(all, scope, "house", "")) as { entries: unknown[] };
      assert.equal(journal.entries.length, 1);
    }
    assert.equal(new Set(supplies).size, 6);
    await contract.Market(all, "one", "m");
    for (const scope of ["", "two"]) await assert.rejects(contract.Market(all, scope, "m"), /UNKNOWN: /);
    await assert.rejects(contract.Supply(all, "one two\n"), /BAD_INPUT: the scope is /);
  });

  it("denies by default: no certificate attribute, no role", async () => {
    for (const roles of [null, "", "reader", "operators", "Operator", "operator registrar"])
      await assert.rejects(
        contract.Settle(contextOf(new PeerStub(), roles), "", "[]"),
        /^SettlementError: FORBIDDEN: /,
      );
  });

  it("tells its version and a digest of its programs, the same each time", async () => {
    const version = await contract.Version(contextOf(new PeerStub(), null));
    const { code } = JSON.parse(version) as { code: string };
    assert.match(code, /^[0-9a-f]{64}$/);
    assert.equal(await new SettlementContract().Version(contextOf(new PeerStub(), null)), version);
  });
});
