import { Worker } from "node:worker_threads";
import { fromPlainError, LedgerError } from "../errors.js";
import type { Command, Committed, Head, LedgerEvent, LedgerPort, Verification } from "../port.js";
import { followEvents } from "./events.js";
import { OPENING, type Answer, type Call, type HostedMethod, type HostOrder } from "./messages.js";
import type { EmbeddedOptions } from "./options.js";

interface Waiting {
  resolve(value: unknown): void;
  reject(error: LedgerError): void;
}

/**
 * Opens the embedded ledger in a worker thread, so that whoever settles never waits for its work.
 * @throws LedgerError `LEDGER_LOCKED` while another writer has the folder, `LEDGER_CORRUPT` for a damaged log.
 */
export async function openEmbedded(folder: string, options: EmbeddedOptions = {}): Promise<LedgerPort> {
  const host = new LedgerHost({ folder, options });
  await host.opened;
  return host;
}

/** A ledger in a worker thread, seen from outside. */
class LedgerHost implements LedgerPort {
  readonly opened: Promise<unknown>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #tickets = 0;
  /** Why no call is answered any more. */
  #ended: LedgerError | undefined;

  constructor(order: HostOrder) {
    this.#worker = new Worker(new URL("./ledger-worker.js", import.meta.url), { workerData: order });
    this.#worker.on("message", (answer: Answer) => {
      this.#take(answer);
    });
    this.#worker.on("error", error => {
      this.#end(`has failed: ${error.message}`);
    });
    this.#worker.on("exit", code => {
      this.#end(`has ended with code ${code}`);
    });
    this.opened = this.#answerTo(OPENING);
    this.opened.catch(() => this.#worker.terminate());
  }

  submit(command: Command, signal?: AbortSignal): Promise<Committed> {
    const submitted = this.#call<Committed>("submit", command);
    return signal === undefined ? submitted : Promise.race([submitted, abortion(signal, command.function)]);
  }

  query(command: Command): Promise<string> {
    return this.#call("query", command);
  }

  events(from?: string): AsyncIterable<LedgerEvent> {
    return followEvents(after => this.#call<readonly LedgerEvent[]>("nextEvents", after), from);
  }

  verify(): Promise<Verification> {
    return this.#call("verify");
  }

  head(): Promise<Head> {
    return this.#call("head");
  }

  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    await this.#call("close");
    this.#ended = new LedgerError("LEDGER_CLOSED", "The ledger was closed before this was carried out.");
    await this.#worker.terminate();
  }

  #call<T>(method: HostedMethod, ...args: readonly unknown[]): Promise<T> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const ticket = this.#tickets++;
    this.#worker.postMessage({ ticket, method, args } satisfies Call);
    return this.#answerTo(ticket) as Promise<T>;
  }

  #answerTo(ticket: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.#waiting.set(ticket, { resolve, reject }));
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting.get(answer.ticket);
    this.#waiting.delete(answer.ticket);
    if ("error" in answer) waiting?.reject(fromPlainError(answer.error));
    else waiting?.resolve(answer.value);
  }

  #end(how: string): void {
    this.#ended ??= new LedgerError("LEDGER_UNREACHABLE", `The worker of the embedded ledger ${how}.`, "after-query");
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

function abortion(signal: AbortSignal, name: string): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => {
      reject(new LedgerError("LEDGER_CLOSED", `${name} was called off; it may have been carried out.`, "after-query"));
    };
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}
