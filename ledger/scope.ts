import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LedgerDriver } from "./open-ledger.js";

/** File in a ledger's folder that holds the scope of its run. */
const SCOPE_FILE = "scope";

/**
 * The scope of the contract that holds a run's accounts: made up when the run begins and kept in its folder, so that any number
 * of runs share a network, and a resumed one finds its accounts. An embedded ledger has one run, whose scope is empty.
 */
export function scopeOf(driver: LedgerDriver, folder: string): string {
  if (driver === "embedded") return "";
  const file = join(folder, SCOPE_FILE);
  if (!existsSync(file)) writeFileSync(file, `run-${randomBytes(8).toString("hex")}\n`, { flag: "wx" });
  return readFileSync(file, "utf8").trim();
}
