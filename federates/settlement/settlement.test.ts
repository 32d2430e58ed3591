import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { checkClearing, type Receipt } from "gridloom-settlement/rules";
import { openReader, verifyFolder } from "../../ledger/embedded/index.js";
import { clearingRules, toKw, type Book } from "../../methods/index.js";
import { decodeImage, encodeImage, type AnyFederate, type CaseShape } from "../../runtime/index.js";
import { runCase, scripted, withFolder, type RunOptions, type ScriptEntry } from "../../testing/case-runner.js";
import { settlementRound, type SettlementRound } from "../market/settlement-round.js";
import settlement from "./settlement.js";
import { clearedRound, termsOf } from "./terms.js";
import { watcher, type Seen } from "./testing/watcher.js";

const HOUSES = ["a", "b", "c"];
const PERIOD_SECONDS = 300;
const CAP_NANO = 1e9;

/** Prices and energies that differ from round to round; `c` and the utility sell. */
function bookOf(period: number): Book {
  return {
    buyers: [
      { bidder: "a", priceNano: 30_000_000 + period * 1000, energyWh: 200 + period },
      { bidder: "b", priceNano: 15_000_000, energyWh: 100 },
      { bidder: "unresponsive load", priceNano: CAP_NANO, energyWh: 50 },
    ],
    sellers: [
      { bidder: "c", priceNano: 12_000_000, energyWh: 90 },
      { bidder: "utility", priceNano: 20_000_000, energyWh: 5000 },
    ],
  };
}

function honestRound(period: number): SettlementRound {
  const book = bookOf(period);
  const clearing = clearingRules.uniform.clear(book, { priceCapNano: CAP_NANO, behaviour: "corrected" });
  return settlementRound(book, clearing, { period, rule: "uniform", priceCapNano: CAP_NANO });
}

/** A round in which `b`, whose bid is too low, gets what `a` should have. */
function falseRound(period: number): SettlementRound {
  const round = honestRound(period);
  const acceptedWh = [...round.acceptedWh];
  [acceptedWh[0], acceptedWh[1]] = [acceptedWh[0] - 10, acceptedWh[1] + 10];
  return { ...round, acceptedWh };
}

const ROUNDS = 12;

interface Variant {
  readonly rounds?: (period: number) => SettlementRound;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly depositUsd?: number;
}

function shapeOf({ params = {}, depositUsd = 10 }: Variant): CaseShape {
  const isBinding = params.mode === "binding";
  const market = {
    ...{ bidders: HOUSES, periodSeconds: PERIOD_SECONDS, closesAtSeconds: PERIOD_SECONDS },
    ...{ priceCapUsdPerKwh: CAP_NANO / 1e9, depositUsd },
  };
  return {
    name: "settled",
    start: "2024-07-01T00:00:00-07:00",
    until: `${ROUNDS * PERIOD_SECONDS}s`,
    seed: 5,
    federates: {
      market: { use: "market" },
      settlement: { use: "settlement", params: { ...params, markets: { market } } },
      watcher: { use: "watcher", params: { isBinding } },
    },
    links: [
      "market.round -> settlement.market",
      "settlement.marketReceipt -> watcher.receipt",
      "settlement.totals -> watcher.totals",
      ...(isBinding
        ? ["market.accepted -> settlement.marketAccepted", "settlement.marketAccepted -> watcher.accepted"]
        : []),
    ],
  };
}

/** Runs the rounds and returns what a listener saw. */
async function settle(folder: string, variant: Variant, options: Partial<RunOptions> = {}): Promise<Seen[]> {
  const { rounds = honestRound } = variant;
  const script = Array.from({ length: ROUNDS }, (_, period): ScriptEntry => {
    const round = rounds(period);
    const accepted = Float64Array.from(HOUSES, (_, i) => toKw(round.acceptedWh[i], PERIOD_SECONDS));
    return { seconds: (period + 1) * PERIOD_SECONDS, outputs: { round, accepted } };
  });
  const outputs = { round: { type: "json" }, accepted: { type: "vector", elements: HOUSES, unit: "kW" } } as const;
  const seen: Seen[] = [];
  const kinds = {
    market: scripted(outputs, script),
    settlement: settlement as unknown as AnyFederate,
    watcher: watcher(HOUSES, seen),
  };
  await runCase(shapeOf(variant), { folder, kinds, ...options });
  return seen;
}

async function ask<T>(folder: string, name: string, ...args: string[]): Promise<T> {
  const reader = await openReader(join(folder, "ledger"));
  try {
    return JSON.parse(await reader.query({ function: name, args: ["", ...args] })) as T;
  } finally {
    await reader.close();
  }
}

const receiptsOn = (folder: string) => ask<Receipt[]>(folder, "Receipts", "market", "0", "1000");

describe("settlement", function () {
  this.timeout(60_000);

  it("brings every round to the ledger, whose receipts are those that it told before", () =>
    withFolder(async folder => {
      const seen = await settle(folder, {}, { ledger: "embedded" });
      const receipts = await receiptsOn(folder);
      assert.equal(receipts.length, ROUNDS);
      assert.deepEqual(
        seen.map(({ receipt }) => receipt.receipt.digest),
        receipts.map(({ digest }) => digest),
      );
      assert.equal((await verifyFolder(join(folder, "ledger"))).ok, true);
    }));

  it("tells the same without a ledger, with one, and when it waits for every commit", async () => {
    const runs: [Variant, Partial<RunOptions>][] = [
      [{}, {}],
      [{}, { ledger: "embedded" }],
      [{ params: { outboxRounds: 1 } }, { ledger: "embedded" }],
      [{ params: { mode: "binding" } }, { ledger: "embedded" }],
      [{ params: { mode: "binding" } }, {}],
    ];
    const seen: unknown[] = [];
    for (const [variant, options] of runs)
      await withFolder(async folder => {
        const all = await settle(folder, variant, options);
        seen.push(all.map(({ receipt, totals, seconds }) => ({ receipt, totals, seconds })));
      });
    for (const other of seen.slice(1)) assert.deepEqual(other, seen[0]);
  });

  it("moves money and makes none: what buyers pay is what sellers, fees and the operator get, to the unit", () =>
    withFolder(async folder => {
      await settle(folder, { params: { feeUsdPerKwh: 0.001 } }, { ledger: "embedded" });
      const parties = [...HOUSES, "utility", "unresponsive load", "operator"];
      const paidIn = [10n, 10n, 10n, 30n, 30n, 0n].map(usd => usd * 1_000_000_000_000n);
      const moved: bigint[] = [];
      for (const [i, party] of parties.entries()) {
        const { available } = await ask<{ available: string }>(folder, "Balance", party);
        moved.push(BigInt(available) - paidIn[i]);
      }
      assert.equal(
        moved.reduce((sum, each) => sum + each, 0n),
        0n,
      );
      const receipts = await receiptsOn(folder);
      const fees = receipts.reduce((sum, { feesPico }) => sum + BigInt(feesPico), 0n);
      assert.equal(moved[5], fees);
      assert.ok(moved[0] < 0n && moved[2] > 0n && fees > 0n);
    }));

  for (const mode of ["advisory", "binding"]) {
    it(`ends the run when a round is false in one number, ${mode}; nothing of it is booked`, () =>
      withFolder(async folder => {
        const rounds = (period: number) => (period === 7 ? falseRound(period) : honestRound(period));
        await assert.rejects(settle(folder, { rounds, params: { mode } }, { ledger: "embedded" }), /round 7 of market/);
        const receipts = await receiptsOn(folder);
        assert.ok(receipts.length <= 7, `${receipts.length} rounds are settled`);
        if (mode === "binding") assert.equal(receipts.length, 7);
      }));
  }

  it("moves no power of a refused round when binding, and goes on with an empty one where the case wants that", () =>
    withFolder(async folder => {
      const rounds = (period: number) => (period === 7 ? falseRound(period) : honestRound(period));
      const params = { mode: "binding", onRefusal: "repair" };
      const seen = await settle(folder, { rounds, params }, { ledger: "embedded" });
      const receipts = await receiptsOn(folder);
      assert.equal(receipts.length, ROUNDS);
      assert.deepEqual([receipts[7].energyWh, receipts[7].trades], ["0", "0"]);
      assert.deepEqual(seen[7].accepted, [0, 0, 0]);
      assert.ok(seen[6].accepted.some(kw => kw > 0) && seen[8].accepted.some(kw => kw > 0));
      assert.equal(seen[ROUNDS - 1].receipt.receipt.digest, receipts[ROUNDS - 1].digest);
    }));

  it("names who cannot pay, and loses nothing of what was settled before", () =>
    withFolder(async folder => {
      await assert.rejects(settle(folder, { depositUsd: 0.02 }, { ledger: "embedded" }), {
        code: "LEDGER_FUNDS",
        message: /(a|unresponsive load)/,
      });
      assert.equal((await verifyFolder(join(folder, "ledger"))).ok, true);
    }));

  it("goes on after a kill from a checkpoint: no round is lost, none is settled twice", () =>
    withFolder(async folder => {
      const whole = await settle(folder, {}, { ledger: "embedded" });
      const receipts = await receiptsOn(folder);
      const supply = await ask(folder, "Audit");
      await withFolder(async other => {
        const at = 5 * PERIOD_SECONDS * 1e6;
        const seen = await settleWithKill(other, at);
        assert.deepEqual(seen, whole);
        assert.deepEqual(await receiptsOn(other), receipts);
        assert.deepEqual(await ask(other, "Audit"), supply);
        assert.equal((await verifyFolder(join(other, "ledger"))).ok, true);
      });
    }));

  /** Saves at one time, goes on to the end, and begins again where it was saved. */
  async function settleWithKill(folder: string, at: number): Promise<Seen[]> {
    const script = Array.from({ length: ROUNDS }, (_, period): ScriptEntry => ({
      seconds: (period + 1) * PERIOD_SECONDS,
      outputs: { round: honestRound(period) },
    }));
    const seen: Seen[] = [];
    const kinds = {
      market: scripted({ round: { type: "json" } }, script),
      settlement: settlement as unknown as AnyFederate,
      watcher: watcher(HOUSES, seen),
    };
    const shape = shapeOf({});
    const first = await runCase(shape, { folder, kinds, ledger: "embedded", pauseAt: at, close: false });
    const image = decodeImage(encodeImage(first.save()));
    const before = seen.length;
    first.queue.release(ROUNDS * PERIOD_SECONDS * 1e6, Infinity);
    await first.advance();
    await first.close();
    seen.length = before;
    await runCase(shape, { folder, kinds, ledger: "embedded", image });
    return seen;
  }

  it("has accounts of its own for each market, and says when two have the same", () => {
    const market = { bidders: ["a"], periodSeconds: 300, closesAtSeconds: 300, priceCapUsdPerKwh: 1 };
    const faultsOf = (markets: object) =>
      settlement.check?.(settlement.params.parse({ markets }), {} as never).map(({ problem }) => problem);
    const accounts = { "utility": "utility_2", "unresponsive load": "unresponsive load_2" };
    assert.deepEqual(faultsOf({ one: market, two: { ...market, bidders: ["b"], accounts } }), []);
    assert.deepEqual(faultsOf({ one: market, two: { ...market, accounts } }), [
      'The account "a" is one of one already.',
    ]);
    assert.deepEqual(faultsOf({ one: { ...market, bidders: ["a", "b"], accounts: { a: "house 2", b: "house 1" } } }), [
      '"a" comes before "b", but its account "house 2" after "house 1".',
    ]);
    assert.deepEqual(faultsOf({ one: { ...market, bidders: ["Größe"] } }), [
      'The account "Größe" cannot be one on a ledger.',
    ]);
  });

  it("shares equal bids as the contract does, whatever the houses' names", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z][ -z]{0,8}[a-z]$/), { minLength: 1, maxLength: 8 });
    const energies = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 9, maxLength: 9 });
    const check = (bidders: string[], energyWh: number[], offeredWh: number) => {
      const params = settlement.params.parse({
        markets: { m: { bidders, periodSeconds: 300, closesAtSeconds: 300, priceCapUsdPerKwh: 1 } },
      });
      fc.pre(settlement.check?.(params, {} as never).length === 0);
      const buyers = [...bidders, "unresponsive load"].map((bidder, i) => {
        return { bidder, priceNano: CAP_NANO, energyWh: energyWh[i] };
      });
      const book: Book = { buyers, sellers: [{ bidder: "utility", priceNano: 0, energyWh: offeredWh }] };
      const clearing = clearingRules.uniform.clear(book, { priceCapNano: CAP_NANO, behaviour: "corrected" });
      const told = settlementRound(book, clearing, { period: 0, rule: "uniform", priceCapNano: CAP_NANO });
      const terms = termsOf(params.markets.m, params, "2024-07-01T00:00:00.000Z");
      checkClearing(clearedRound({ market: "m", terms, accounts: params.markets.m.accounts }, told), terms);
    };
    fc.assert(fc.property(names, energies, fc.integer({ min: 1, max: 200 }), check), { numRuns: 2000 });
  });
});
