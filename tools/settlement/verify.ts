import { receiptsDigest, type Receipt } from "gridloom-settlement/rules";
import type { Verification } from "../../ledger/index.js";
import { readSummary } from "../run/execute.js";
import { ledgerFolder } from "../run/settling.js";
import { ask, reading, type Reading, type SettledRun } from "./run-ledger.js";

/** What the examination of a run's ledger found. */
export interface RunVerification extends Verification {
  readonly settledRounds: number;
  /** Over all receipts on the ledger; the run's summary has the same. */
  readonly receiptsDigest: string;
}

/** Examines a run's ledger from its first block, and compares its receipts with what the run says of them. */
export async function verifyRun(run: SettledRun): Promise<RunVerification> {
  const found = await examine(run);
  if (!found.ok) return { ...found, settledRounds: 0, receiptsDigest: "" };
  const receipts = await reading(run, ledger => receiptsOf(ledger, run));
  const digest = receiptsDigest(receipts);
  const { receiptsDigest: told } = readSummary(run.folder);
  const faults = told === undefined || told === digest ? found.faults : [...found.faults, differs(found, digest)];
  return { ...found, ok: faults.length === 0, faults, settledRounds: receipts.length, receiptsDigest: digest };
}

async function examine(run: SettledRun): Promise<Verification> {
  if (run.ledger.driver === "embedded") {
    const { verifyFolder } = await import("../../ledger/embedded/index.js");
    return await verifyFolder(ledgerFolder(run.folder));
  }
  return await reading(run, ({ port }) => port.verify());
}

function differs({ height }: Verification, digest: string) {
  return { height, problem: `the receipts' digest is ${digest}, not the one of the run's summary.` };
}

/** Receipts that one question brings at most. */
const PAGE = 1000;

/** All receipts in the order of the rounds' closing, markets in the order of the case. */
async function receiptsOf(ledger: Reading, { params }: SettledRun): Promise<Receipt[]> {
  const dated: { readonly seconds: number; readonly receipt: Receipt }[] = [];
  for (const [market, { closesAtSeconds, periodSeconds }] of Object.entries(params.markets)) {
    for (let from = 0; ; from += PAGE) {
      const receipts = await ask<Receipt[]>(ledger, "Receipts", market, String(from), String(PAGE));
      for (const receipt of receipts)
        dated.push({ seconds: closesAtSeconds + Number(receipt.period) * periodSeconds, receipt });
      if (receipts.length < PAGE) break;
    }
  }
  return dated.sort((one, other) => one.seconds - other.seconds).map(({ receipt }) => receipt);
}
