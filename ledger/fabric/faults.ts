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

/** What to do about a fault: the first row that fits. A fault that no row knows is final. */
const ROWS: readonly Row[] = [
  { text: CERTIFICATE, code: "LEDGER_IDENTITY", retry: "never" },
  { text: /do not match/, code: "LEDGER_MISMATCH", retry: "same" },
  { text: /concurrency limit|too many requests/i, code: "LEDGER_UNREACHABLE", retry: "same" },
  {
    text: /could not launch chaincode|connection refused/,
    steps: ["endorse", "evaluate"],
    code: "LEDGER_UNREACHABLE",
    retry: "same",
  },
  {
    text: /no combination of peers|no peers available|failed constructing descriptor/i,
    code: "LEDGER_UNREACHABLE",
    retry: "same",
  },
  {
    steps: ["endorse", "evaluate"],
    statuses: [DEADLINE_EXCEEDED, FAILED_PRECONDITION, UNAVAILABLE],
    code: "LEDGER_UNREACHABLE",
    retry: "same",
  },
  {
    steps: ["endorse", "evaluate"],
    text: /timeout|timed out|not connected/i,
    code: "LEDGER_UNREACHABLE",
    retry: "same",
  },
  {
    steps: ["endorse"],
    statuses: [UNKNOWN, ABORTED],
    text: /failed to (?:endorse|collect enough)/i,
    code: "LEDGER_UNREACHABLE",
    retry: "same",
  },
  { steps: ["order", "commit"], code: "LEDGER_UNREACHABLE", retry: "after-query" },
];

/**
 * The error for what an SDK reported. Its `retry` says whether the command failed for good (`never`), was not carried out
 * (`same`), or may have been (`after-query`).
 */
export function readFault(fault: Fault): LedgerError {
  const refused = /chaincode response \d+, ([^]*)/.exec(fault.text);
  if (refused !== null) return refusal(refused[1].trim());
  const row = ROWS.find(candidate => fits(candidate, fault));
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
