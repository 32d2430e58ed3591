import { LedgerError, refusal, type LedgerCode, type Retry } from "../errors.js";

/** Where a command stood when it failed. */
export type Step = "endorse" | "order" | "commit" | "evaluate";

/** What an SDK reported. */
export interface Fault {
  readonly step: Step;
  /** Status code of gRPC, where there is one. */
  readonly status?: number;
  /** All that was said, the peers' own words included. */
  readonly text: string;
}

interface Row {
  readonly steps?: readonly Step[];
  readonly statuses?: readonly number[];
  readonly text?: RegExp;
  readonly code: LedgerCode;
  readonly retry: Retry;
}

const UNKNOWN = 2;
const DEADLINE_EXCEEDED = 4;
const FAILED_PRECONDITION = 9;
const ABORTED = 10;
const UNAVAILABLE = 14;

const CERTIFICATE =
  /identity expired|access denied|creator (?:is malformed|org unknown)|certificate has expired|self.signed certificate|unable to (?:verify|get).*certificate|does not match certificate/i;

/** Nothing was carried out, and it may be next time. */
const AGAIN = { code: "LEDGER_UNREACHABLE", retry: "same" } as const;
/** It may have been carried out. */
const IN_DOUBT = { code: "LEDGER_UNREACHABLE", retry: "after-query" } as const;
const ASKING: readonly Step[] = ["endorse", "evaluate"];

/** What to do about a fault: the first row that fits. A fault that no row knows is final. */
const ROWS: readonly Row[] = [
  { text: CERTIFICATE, code: "LEDGER_IDENTITY", retry: "never" },
  { text: /do not match/, code: "LEDGER_MISMATCH", retry: "same" },
  { text: /concurrency limit/, ...AGAIN },
  { text: /could not launch chaincode|connection refused|stream terminated|timeout expired/, steps: ASKING, ...AGAIN },
  { text: /no combination of peers|no peers available|failed constructing descriptor/, steps: ASKING, ...AGAIN },
  { text: /timeout|timed out|not connected|failed to connect/i, steps: ASKING, ...AGAIN },
  { statuses: [DEADLINE_EXCEEDED, FAILED_PRECONDITION, UNAVAILABLE], steps: ASKING, ...AGAIN },
  { text: /failed to (?:endorse|collect enough)/, statuses: [UNKNOWN, ABORTED], steps: ASKING, ...AGAIN },
  { steps: ["order", "commit"], ...IN_DOUBT },
];

/**
 * The error for what an SDK reported. Its `retry` says whether the command failed for good (`never`), was not carried out
 * (`same`), or may have been (`after-query`).
 */
export function readFault(fault: Fault): LedgerError {
  const said = /chaincode response \d+, ([^]*)/.exec(fault.text)?.[1].trim();
  if (said !== undefined && /^[A-Z][A-Z_]*: /.test(said)) return refusal(said);
  const row = ROWS.find(candidate => fits(candidate, fault));
  if (row === undefined && said !== undefined) return refusal(said);
  const { code, retry } = row ?? { code: "LEDGER_FAILED" as const, retry: "never" as const };
  return new LedgerError(code, `The network failed to ${fault.step}: ${fault.text}`, retry);
}

function fits({ steps, statuses, text }: Row, fault: Fault): boolean {
  if (steps?.includes(fault.step) === false) return false;
  if (statuses !== undefined && !(fault.status !== undefined && statuses.includes(fault.status))) return false;
  return text === undefined || text.test(fault.text);
}

/** Verdicts of peers on transactions, `TxValidationCode`. */
export const VALID = 0;
const DUPLICATE_TXID = 9;
const ENDORSEMENT_POLICY_FAILURE = 10;
const MVCC_READ_CONFLICT = 11;
const PHANTOM_READ_CONFLICT = 12;

/** The error for a transaction that stands in a block and is invalid, so that it changed nothing. */
export function readVerdict(verdict: number, transactionId: string): LedgerError {
  const what = `The peers declared transaction ${transactionId} invalid, with code ${verdict}.`;
  switch (verdict) {
    case DUPLICATE_TXID:
    case MVCC_READ_CONFLICT:
    case PHANTOM_READ_CONFLICT:
      return new LedgerError("LEDGER_UNREACHABLE", `${what} Others changed what it had read.`, "same");
    case ENDORSEMENT_POLICY_FAILURE:
      return new LedgerError("LEDGER_MISMATCH", `${what} The endorsements do not match.`, "same");
    default:
      return new LedgerError("LEDGER_FAILED", what, "never");
  }
}
