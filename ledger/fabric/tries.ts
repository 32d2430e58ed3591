import { asLedgerError, LedgerError } from "../errors.js";
import type { Patience } from "./channel.js";

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1000;
/** A peer that lags answers like the others after some milliseconds; answers that differ so often differ for good. */
const MOST_MISMATCHES = 8;

/** Time and sleep, so that tests need neither. */
export interface Clock {
  now(): number;
  /** Rejects when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The tries of one command: how often, with what pauses, and when to give up. */
export class Tries {
  readonly #end: number;
  #wait = FIRST_WAIT_MS;
  #mismatches = 0;
  #inDoubt = false;

  constructor(
    readonly patience: Patience,
    readonly clock: Clock,
    readonly signal?: AbortSignal,
    /** Until when, by the clock, a peer may not have the newest block. */
    readonly lagsUntil = -Infinity,
  ) {
    this.#end = clock.now() + patience.totalMs;
  }

  /** Acts until it succeeds. @throws LedgerError when it fails for good or patience ends. */
  async until<T>(act: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await act();
      } catch (error) {
        await this.pause(asLedgerError(error));
      }
    }
  }

  /**
   * Waits before the next try, longer each time.
   * @throws LedgerError the failure itself if it is final, or when patience ends or the caller gives up.
   */
  async pause(failure: LedgerError): Promise<void> {
    const isLate = restsOnState(failure) && this.clock.now() < this.lagsUntil;
    if (failure.retry === "never" && !isLate) throw failure;
    if (failure.retry === "after-query") this.#inDoubt = true;
    if (failure.code === "LEDGER_MISMATCH" && ++this.#mismatches >= MOST_MISMATCHES) {
      throw this.#final(failure, `The peers' answers still differ after ${MOST_MISMATCHES} tries`);
    }
    if (this.clock.now() + this.#wait > this.#end) {
      throw this.#final(failure, `Given up after ${this.patience.totalMs / 1000} s`);
    }
    await this.#sleep(failure);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  /** A new round of pauses, because something went right. */
  calm(): void {
    this.#wait = FIRST_WAIT_MS;
  }

  async #sleep(failure: LedgerError): Promise<void> {
    try {
      await this.clock.sleep(this.#wait, this.signal);
    } catch {
      const message = `The command was called off while it was tried again: ${failure.message}`;
      throw new LedgerError("LEDGER_CLOSED", message, this.#inDoubt ? "after-query" : "same");
    }
  }

  /** Once a transaction may have been ordered, its outcome stays in doubt. */
  #final({ code, message }: LedgerError, why: string): LedgerError {
    const retry = this.#inDoubt ? "after-query" : "same";
    return new LedgerError(code as "LEDGER_UNREACHABLE", `${why}: ${message}`, retry);
  }
}

/** True for a refusal that a peer takes back as soon as it knows the blocks before: who is registered, who has what, which round is next. */
function restsOnState({ code, message }: LedgerError): boolean {
  return code === "LEDGER_FUNDS" || (code === "LEDGER_REFUSED" && /^(?:SEQUENCE|UNKNOWN): /.test(message));
}

/** Lets a number of tasks run at once; the others wait in the order in which they came. */
export class Gate {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(width: number) {
    this.#free = width;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>(resolve => this.#waiting.push(resolve));
    else this.#free--;
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}
