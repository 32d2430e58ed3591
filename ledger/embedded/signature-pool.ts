import type { SignatureCheck, Verifier } from "gridloom-settlement";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { LedgerError } from "../errors.js";

/** Fewer than this are checked at once where they are: 0.1 ms each, as much as a letter to another thread costs. */
const FEWEST_TO_SHARE = 16;
const MOST_WORKERS = 4;

/** A share of the checks for a worker. */
export interface Share {
  readonly ticket: number;
  readonly checks: readonly SignatureCheck[];
}

/** What a worker found, 1 for each good signature. */
export interface Findings {
  readonly ticket: number;
  readonly good: Uint8Array;
}

interface Waiting {
  resolve(good: Uint8Array): void;
  reject(error: Error): void;
}

/**
 * Checks the signatures of bids in worker threads, which are started when they are first needed and never keep the
 * process alive.
 */
export class SignaturePool {
  readonly #here: Verifier;
  readonly #count: number;
  #helpers: readonly Helper[] = [];

  constructor(here: Verifier, count = Math.min(MOST_WORKERS, availableParallelism())) {
    this.#here = here;
    this.#count = count;
  }

  readonly verify: Verifier = async checks => {
    if (checks.length < FEWEST_TO_SHARE || this.#count < 2) return this.#here(checks);
    if (this.#helpers.length === 0) this.#helpers = Array.from({ length: this.#count }, () => new Helper());
    const size = Math.ceil(checks.length / this.#count);
    const shares = this.#helpers.map((helper, i) => helper.check(checks.slice(i * size, (i + 1) * size)));
    return (await Promise.all(shares)).flatMap(good => Array.from(good, one => one === 1));
  };

  async close(): Promise<void> {
    const helpers = this.#helpers;
    this.#helpers = [];
    await Promise.all(helpers.map(helper => helper.close()));
  }
}

/** One worker thread and the shares that it has not answered. */
class Helper {
  readonly #worker = new Worker(new URL("./signature-worker.js", import.meta.url));
  readonly #waiting = new Map<number, Waiting>();
  #tickets = 0;

  constructor() {
    this.#worker.unref();
    this.#worker.on("message", ({ ticket, good }: Findings) => {
      this.#waiting.get(ticket)?.resolve(good);
      this.#release(ticket);
    });
    this.#worker.on("error", error => {
      this.#fail(error);
    });
    this.#worker.on("exit", code => {
      this.#fail(new Error(`it ended with code ${code}`));
    });
  }

  check(checks: readonly SignatureCheck[]): Promise<Uint8Array> {
    if (checks.length === 0) return Promise.resolve(new Uint8Array(0));
    const ticket = this.#tickets++;
    return new Promise((resolve, reject) => {
      this.#worker.ref();
      this.#waiting.set(ticket, { resolve, reject });
      this.#worker.postMessage({ ticket, checks } satisfies Share);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #release(ticket: number): void {
    this.#waiting.delete(ticket);
    if (this.#waiting.size === 0) this.#worker.unref();
  }

  #fail({ message }: Error): void {
    const error = new LedgerError("LEDGER_FAILED", `A thread that checks signatures failed: ${message}.`, "same");
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
