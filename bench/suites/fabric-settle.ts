import { openLedger, type LedgerDriver } from "../../ledger/open-ledger.js";
import { openingOf, roundOf, settling, testMarket } from "../../ledger/testing/settlements.js";
import { Skipped, type Row, type Runner } from "../measure.js";

/** Names the summary that `fabric-network/start.sh` leaves. */
const NETWORK = "GRIDLOOM_NETWORK";
const PAIRS = 15;
const ROUNDS = 20;
const BATCH = 32;
const BATCHES = 3;

/** Settles rounds of 30 trades on a running Fabric network; the milliseconds of each submission. */
const settles =
  (driver: LedgerDriver, sizes: readonly number[]): Runner =>
  async () => {
    const description = process.env[NETWORK];
    if (description === undefined) throw new Skipped(`no Fabric network: ${NETWORK} names the summary of one`);
    const ledger = await openLedger(driver, { network: { description } });
    try {
      const market = testMarket(`bench-${driver}-${Date.now()}`, PAIRS);
      for (const command of openingOf(market)) await ledger.submit(command);
      const millis: number[] = [];
      let period = 0;
      for (const size of sizes) {
        const rounds = Array.from({ length: size }, () => roundOf(market, period++));
        const startedAt = performance.now();
        await ledger.submit(settling(...rounds));
        millis.push(performance.now() - startedAt);
      }
      const sorted = millis.toSorted((a, b) => a - b);
      const roundsPerSecond = (period * 1000) / millis.reduce((sum, one) => sum + one, 0);
      const [p50Ms, p95Ms] = [sorted[sorted.length >> 1], sorted[Math.floor(sorted.length * 0.95)]];
      return { value: sizes[0] === 1 ? p50Ms : roundsPerSecond, also: { p50Ms, p95Ms, roundsPerSecond } };
    } finally {
      await ledger.close();
    }
  };

const one = Array.from({ length: ROUNDS }, () => 1);
const joined = Array.from({ length: BATCHES }, () => BATCH);

/** Rounds on Fabric one by one, and a backlog that is joined. */
export const fabricRows: readonly Row[] = (["gateway", "fabric-network"] as const).flatMap((driver): Row[] => [
  { bench: "settle", labels: { driver, trades: 30 }, measure: "p50Ms", goal: 120, ours: settles(driver, one) },
  {
    ...{ bench: "settle", labels: { driver, trades: 30, work: "backlog" } },
    ...{ measure: "roundsPerSecond", goal: 60, ours: settles(driver, joined) },
  },
]);
