import { CosimError, ERRORS, type ErrorCode, type ErrorDetails } from "../broker/wire/index.js";

/** What to do with a command that failed: drop it, send it again, or first ask whether it was carried out. */
export type Retry = "never" | "same" | "after-query";

/** Codes of the catalogue that concern ledgers. */
export type LedgerCode = Extract<ErrorCode, `LEDGER_${string}`>;

/** An error of a ledger: its code, what happened, and whether to try again. */
export class LedgerError extends CosimError {
  constructor(
    code: LedgerCode,
    message: string,
    readonly retry: Retry = "never",
    details: ErrorDetails = {},
  ) {
    super(code, message, details);
  }
}

/** An error as plain data, as it crosses from one thread to another. */
export interface PlainLedgerError {
  readonly code: LedgerCode;
  readonly message: string;
  readonly retry: Retry;
}

/** The error in plain data; one without a code of its own becomes `LEDGER_FAILED`. */
export function toPlainError(error: unknown): PlainLedgerError {
  const { code, message, retry } = asLedgerError(error);
  return { code: code as LedgerCode, message, retry };
}

/** The error that plain data stand for. */
export function fromPlainError({ code, message, retry }: PlainLedgerError): LedgerError {
  return new LedgerError(code, message, retry);
}

/** The error itself if a ledger raised it, else `LEDGER_FAILED` with its message. */
export function asLedgerError(error: unknown): LedgerError {
  if (error instanceof LedgerError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new LedgerError("LEDGER_FAILED", `The ledger failed: ${message}`, "never", { cause: error });
}

/**
 * The error for a refusal of the contract, whose message begins with a code of its own (`FUNDS: …`);
 * a code that the catalogue does not have becomes `LEDGER_REFUSED` and stays in the message.
 */
export function refusal(message: string): LedgerError {
  const [, word, sentence] = /^([A-Z][A-Z_]*): ([^]*)$/.exec(message) ?? [];
  const code = `LEDGER_${word}`;
  return isLedgerCode(code) ? new LedgerError(code, sentence) : new LedgerError("LEDGER_REFUSED", message);
}

function isLedgerCode(code: string): code is LedgerCode {
  return code.startsWith("LEDGER_") && Object.hasOwn(ERRORS, code);
}
