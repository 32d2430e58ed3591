import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { receiptsDigest, type Receipt } from "gridloom-settlement/rules";
import { killNode, resetNetwork, runningNodes, startNetwork } from "../../fabric-network/network.js";
import { openLedger } from "../open-ledger.js";
import type { LedgerPort } from "../port.js";
import { describeLedger } from "../testing/conformance.js";
import { asking, expectedReceipt, openingOf, roundOf, settling, testMarket } from "../testing/settlements.js";

const DRIVERS = ["gateway", "fabric-network"] as const;
/** Kills of each node; more of them for a soak: `GRIDLOOM_KILLS=10`. */
const KILLS = Number(process.env.GRIDLOOM_KILLS ?? 1);
const DOWN_MS = 500;
const SKIPPED =
  process.env.FABRIC_BIN === undefined ? "no programs of Fabric: name their folder in FABRIC_BIN" : undefined;

let state: string | undefined;

/** The one native network of this file; starts it, and revives what was killed. */
async function network(): Promise<string> {
  state ??= await mkdtemp(join(tmpdir(), "gridloom-network-"));
  await startNetwork({ state, mode: "native" });
  return state;
}

async function open(driver: (typeof DRIVERS)[number]): Promise<LedgerPort> {
  return openLedger(driver, { network: { description: join(await network(), "summary.json") } });
}

describe("a native Fabric network", function () {
  this.timeout(120_000 + KILLS * 400_000);

  before(async function () {
    if (SKIPPED !== undefined) {
      console.log(`      skipped: both drivers on a native network: ${SKIPPED}`);
      this.skip();
    }
    await network();
  });

  after(async () => {
    if (state === undefined) return;
    await resetNetwork(state);
    await rm(state, { recursive: true, force: true });
  });

  for (const driver of DRIVERS) describeLedger(driver, { open: () => open(driver), skipped: SKIPPED });

  it("gives the same receipts as the embedded ledger, whichever driver", async () => {
    const folder = await mkdtemp(join(tmpdir(), "gridloom-embedded-"));
    const market = testMarket(`same-${process.pid}`, 30);
    const rounds = Array.from({ length: 16 }, (_, period) => roundOf(market, period));
    const digests = new Map<string, string>();
    for (const driver of ["embedded", ...DRIVERS] as const) {
      const ledger = driver === "embedded" ? await openLedger(driver, { folder }) : await open(driver);
      for (const command of openingOf(market)) await ledger.submit(command);
      const { result } = await ledger.submit(settling(...rounds));
      digests.set(driver, receiptsDigest(JSON.parse(result) as Receipt[]));
      await ledger.close();
    }
    await rm(folder, { recursive: true });
    assert.deepEqual(
      new Set(digests.values()),
      new Set([receiptsDigest(rounds.map(round => expectedReceipt(market, round)))]),
    );
  });

  const victims: readonly (readonly [what: string, pattern: RegExp])[] = [
    ["the peer that the client talks to", /^peer0\.operator/],
    ["the other organisation's peer", /^peer0\.prosumers/],
    ["the orderer", /^orderer0/],
    ["a chaincode", /^chaincode\.prosumers/],
    ["everything at once", /^(?:peer|orderer|chaincode)/],
  ];
  for (const driver of DRIVERS) {
    for (const [what, pattern] of victims) {
      it(`loses and doubles no round when ${what} is killed (${driver})`, async () => {
        const ledger = await open(driver);
        const market = testMarket(`k-${driver}-${what.replace(/\W/g, "")}-${process.pid}`.slice(0, 50), 3);
        for (const command of openingOf(market)) await ledger.submit(command);
        const before = BigInt(await balanceOf(ledger, market.buyers[0]));
        const killing = killAgain(pattern);
        let spent = 0n;
        let period = 0;
        for (; killing.left() || period < 10; period++) {
          const round = roundOf(market, period);
          const { result } = await ledger.submit(settling(round));
          assert.deepEqual(JSON.parse(result), [expectedReceipt(market, round)]);
          spent += spentBy(round, market.buyers[0]);
        }
        await killing.done;
        assert.equal(before - BigInt(await balanceOf(ledger, market.buyers[0])), spent);
        const { ok, faults } = await ledger.verify();
        assert.deepEqual([ok, faults], [true, []]);
        console.log(`      ${period} rounds, ${KILLS} kills`);
        await ledger.close();
      });
    }
  }
});

/** Kills nodes at odd moments and brings them up again. */
function killAgain(pattern: RegExp): { readonly done: Promise<void>; left(): boolean } {
  let left = KILLS;
  const kill = async () => {
    for (; left > 0; left--) {
      await sleep(200 + ((left * 137) % 300));
      const folder = state ?? "";
      const victims = [...(await runningNodes(folder)).keys()].filter(name => pattern.test(name));
      await Promise.all(victims.map(name => killNode(folder, name)));
      await sleep(DOWN_MS);
      await network();
    }
  };
  return { done: kill(), left: () => left > 0 };
}

async function balanceOf(ledger: LedgerPort, party: string): Promise<string> {
  return (JSON.parse(await ledger.query(asking("Balance", party))) as { available: string }).available;
}

/** What a buyer pays in a round of a market with one price and a fee of 1000. */
function spentBy({ bids, accepted, price }: ReturnType<typeof roundOf>, buyer: string): bigint {
  const energy = bids.reduce((sum, { bidder }, i) => (bidder === buyer ? sum + BigInt(accepted[i]) : sum), 0n);
  return energy * (BigInt(price) + 1000n);
}
