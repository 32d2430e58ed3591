import { refusals } from "gridloom-settlement/rules";
import { LedgerError } from "../../ledger/index.js";

const codes = new Set(["LEDGER_REFUSED", ...Object.keys(refusals).map(code => `LEDGER_${code}`)]);

/** True when the contract refused a round, false when the ledger itself is at fault. */
export function isRefusal(error: unknown): boolean {
  return error instanceof LedgerError && codes.has(error.code) && error.code !== "LEDGER_CORRUPT";
}
