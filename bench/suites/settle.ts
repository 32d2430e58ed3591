import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EmbeddedLedger, verifyFolder, type EmbeddedOptions } from "../../ledger/embedded/index.js";
import { openingOf, roundOf, settling, testMarket } from "../../ledger/testing/settlements.js";
import type { Row, Runner } from "../measure.js";
import type { Suite } from "../suite.js";
import { fabricRows } from "./fabric-settle.js";

const TRUSTING: EmbeddedOptions = { contract: new URL("../processes/trusting-contract.js", import.meta.url).href };
const WARM_UP = 10;
const ROUNDS_A_DAY = 288;

/** What is settled, and how. */
interface Load {
  /** Bids that get something, as receipts count them: one half buys, the other sells; each has an account of its own. */
  readonly trades: number;
  readonly rounds: number;
  readonly options?: EmbeddedOptions;
}

/** Settles rounds one after the other, each on the disk before the next; the milliseconds of each, warm-up left out. */
async function settleRounds(folder: string, { trades, rounds, options }: Load): Promise<number[]> {
  const market = testMarket("feeder", trades / 2);
  const commands = Array.from({ length: rounds + WARM_UP }, (_, period) => settling(roundOf(market, period)));
  const ledger = await EmbeddedLedger.open(folder, options);
  try {
    for (const command of openingOf(market)) await ledger.submit(command);
    const millis: number[] = [];
    for (const command of commands) {
      const startedAt = performance.now();
      await ledger.submit(command);
      millis.push(performance.now() - startedAt);
    }
    return millis.slice(WARM_UP);
  } finally {
    await ledger.close();
  }
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "gridloom-bench-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const settles =
  (load: Load, measure: "p50Ms" | "p95Ms"): Runner =>
  () =>
    inFolder(async folder => {
      const millis = await settleRounds(folder, load);
      const sorted = millis.toSorted((a, b) => a - b);
      const figures = { p50Ms: sorted[sorted.length >> 1], p95Ms: sorted[Math.floor(sorted.length * 0.95)] };
      const total = millis.reduce((sum, one) => sum + one, 0);
      const { [measure]: value, ...other } = figures;
      return { value, also: { ...other, roundsPerSecond: (millis.length * 1000) / total } };
    });

/** Examines a day's ledger from its first block: every round is carried out again, every signature checked. */
const verifies =
  (load: Load): Runner =>
  () =>
    inFolder(async folder => {
      await settleRounds(folder, load);
      const startedAt = performance.now();
      const { ok, height } = await verifyFolder(folder);
      if (!ok) throw new Error(`The ledger of ${height} blocks does not verify.`);
      return { value: (performance.now() - startedAt) / 1000 };
    });

const driver = "embedded";

const ROWS: readonly Row[] = [
  {
    ...{ bench: "settle", labels: { driver, trades: 30 }, measure: "p50Ms", goal: 10 },
    ours: settles({ trades: 30, rounds: 200 }, "p50Ms"),
  },
  {
    ...{ bench: "settle", labels: { driver, trades: 1000 }, measure: "p95Ms" },
    ours: settles({ trades: 1000, rounds: 30 }, "p95Ms"),
  },
  {
    ...{ bench: "settle", labels: { driver, trades: 1000, signatures: "unchecked" }, measure: "p95Ms", goal: 15 },
    ours: settles({ trades: 1000, rounds: 60, options: TRUSTING }, "p95Ms"),
  },
  {
    ...{ bench: "settle", labels: { driver, trades: 30, work: "verify 288 rounds" }, measure: "seconds", goal: 3 },
    ours: verifies({ trades: 30, rounds: ROUNDS_A_DAY - WARM_UP }),
  },
];

/** A round on the ledger: endorsed, hashed, signed, on the disk. */
export const settle: Suite = {
  name: "settle",
  doc: "One settlement of a market round on the ledger: checked, signed and on the disk.",
  rows: () => [...ROWS, ...fabricRows],
};
