import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Case } from "../../cases/schema.js";
import { LEDGER_DRIVERS, STANDING_FILE, type LedgerDriver, type Standing } from "../../ledger/index.js";

/** Where settlements may go, as `--ledger` names it. */
export const LEDGER_NAMES = [...LEDGER_DRIVERS, "none"] as const;
export type LedgerName = LedgerDriver | "none";

/** Name by which a case uses the federate that settles. */
export const SETTLEMENT = "settlement";

/** Where a case's settlements go: what was asked for, `embedded` by default, nowhere where nothing is settled. */
export function ledgerFor({ federates }: Pick<Case, "federates">, asked: LedgerName | undefined): LedgerName {
  const settles = Object.values(federates).some(({ use }) => use === SETTLEMENT);
  return settles ? (asked ?? DEFAULT_LEDGER) : "none";
}

/** Folder of a run's ledger. */
export function ledgerFolder(run: string): string {
  return join(run, "ledger");
}

/** How settling went, in wall-clock terms; undefined where nothing was settled. */
export function readStanding(run: string): Standing | undefined {
  const file = join(ledgerFolder(run), STANDING_FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Standing) : undefined;
}

const DEFAULT_LEDGER: LedgerName = "embedded";
