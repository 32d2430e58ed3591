import assert from "node:assert/strict";
import { LedgerError } from "../errors.js";
import { openLedger, type LedgerDriver } from "../open-ledger.js";
import type { Committed, LedgerPort } from "../port.js";
import { TOY } from "../testing/toy-ledger.js";
import type { Patience } from "./channel.js";
import { FakeNetwork, type FakeOptions } from "./testing/fake-network.js";
import { RECORDED, type Trouble } from "./testing/troubles.js";

const ADD = { function: "add", args: ["sum", "1"] };
const HASTY: Partial<Patience> = { endorseMs: 400, orderMs: 300, commitMs: 300, totalMs: 20_000 };

/** Runs with a fake network and its ledger, both of which are closed afterwards. */
async function withLedger<T>(
  driver: LedgerDriver,
  options: FakeOptions & { readonly patience?: Partial<Patience> },
  work: (ledger: LedgerPort, network: FakeNetwork) => Promise<T>,
): Promise<T> {
  const network = await FakeNetwork.start({ contract: TOY, ...options });
  const patience = options.patience ?? HASTY;
  const ledger = await openLedger(driver, { network: { description: network.description, patience } });
  try {
    return await work(ledger, network);
  } finally {
    await ledger.close();
    await network.stop();
  }
}

const sumOf = (ledger: LedgerPort) => ledger.query({ function: "get", args: ["sum"] });

/** Troubles that each driver's nodes may have; the other driver's client does not meet them, or not in these words. */
const MET: Readonly<Record<"gateway" | "fabric-network", readonly (keyof typeof RECORDED)[]>> = {
  "gateway": Object.keys(RECORDED) as (keyof typeof RECORDED)[],
  "fabric-network": ["peerDown", "noOrderer"],
};

for (const driver of ["gateway", "fabric-network"] as const) {
  describe(`a Fabric network in trouble (${driver}, fake nodes)`, () => {
    for (const name of MET[driver]) {
      it(`carries a command out once, though it meets ${name} three times`, () =>
        withLedger(driver, {}, async (ledger, { troubles }) => {
          troubles.add({ ...RECORDED[name], times: 3 });
          const committed: Committed = await ledger.submit(ADD);
          assert.equal(committed.result, "1");
          assert.equal(await sumOf(ledger), "1");
        }));
    }

    const lost: readonly (readonly [string, Trouble])[] = [
      ["the orderer's answer is lost", { ...RECORDED.slowOrderer, afterwards: true, times: 2 }],
      ["the orderer takes it and falls silent", { ...RECORDED.slowOrderer, afterwards: true, hangs: true }],
      ["the endorser falls silent", { ...RECORDED.peerDown, hangs: true }],
    ];
    for (const [what, trouble] of lost) {
      it(`carries a command out once, though ${what}`, () =>
        withLedger(driver, {}, async (ledger, { troubles }) => {
          troubles.add(trouble);
          assert.equal((await ledger.submit(ADD)).result, "1");
          assert.equal(await sumOf(ledger), "1");
        }));
    }

    it("gives up within its patience when the endpoint hangs, and says that nothing was ordered", () =>
      withLedger(driver, { patience: { ...HASTY, totalMs: 1500 } }, async (ledger, { troubles }) => {
        troubles.add({ ...RECORDED.peerDown, hangs: true, times: 100 });
        await assert.rejects(ledger.submit(ADD), { code: "LEDGER_UNREACHABLE", retry: "same" });
      }));

    it("leaves the outcome in doubt when the orderer hangs", () =>
      withLedger(driver, { patience: { ...HASTY, totalMs: 1500 } }, async (ledger, { troubles, channel }) => {
        troubles.add({ ...RECORDED.slowOrderer, hangs: true, times: 100 });
        await assert.rejects(ledger.submit(ADD), { code: "LEDGER_UNREACHABLE", retry: "after-query" });
        assert.equal(channel.blocks.length, 1);
      }));

    it("tells who is no longer accepted: an expired certificate, and one of a network that was reset", async () => {
      await withLedger(driver, { operatorUntil: new Date("2024-01-01") }, async ledger => {
        await assert.rejects(ledger.submit(ADD), { code: "LEDGER_IDENTITY", message: /ended on 2024-01-01/ });
      });
      await withLedger(driver, { foreign: true }, async ledger => {
        await assert.rejects(ledger.submit(ADD), { code: "LEDGER_IDENTITY", message: /creator org unknown/ });
      });
    });

    it("puts no secret into an error", () =>
      withLedger(driver, { patience: { ...HASTY, totalMs: 300 } }, async (ledger, { troubles }) => {
        troubles.add({ ...RECORDED.peerDown, times: 100 });
        const error: unknown = await ledger.submit(ADD).catch((failure: unknown) => failure);
        assert.ok(error instanceof LedgerError);
        assert.doesNotMatch(`${error.message}\n${error.stack}\n${JSON.stringify(error)}`, /PRIVATE|BEGIN/);
      }));

    it("closes while a command is tried again", () =>
      withLedger(driver, {}, async (ledger, { troubles }) => {
        troubles.add({ ...RECORDED.peerDown, times: 100 });
        const submitted = ledger.submit(ADD);
        setTimeout(() => void ledger.close(), 200);
        await assert.rejects(submitted, LedgerError);
      }));
  });
}
