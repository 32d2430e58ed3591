import { asLedgerError, LedgerError } from "../errors.js";
import type { Command, Committed, Head, LedgerEvent, LedgerPort, Verification } from "../port.js";
import { makeBlock, type Job } from "./block-maker.js";
import { eventsIn, followEvents, heightOf } from "./events.js";
import { execute } from "./execution.js";
import { closeNode, openNode, requestFor, type LedgerNode } from "./node.js";
import type { EmbeddedOptions } from "./options.js";
import { decodeRecord } from "./record.js";
import { verifyNode } from "./verify.js";

/** Commands that share a block at most. */
const MOST_JOBS = 256;

/** A command that waits for a block, or something else that needs the ledger for itself. */
type Task =
  { readonly job: Job } | { readonly run: () => Promise<void>; readonly reject: (error: LedgerError) => void };

/** The embedded ledger in the thread of its caller; commands, queries and examinations run in the order of their calls. */
export class EmbeddedLedger implements LedgerPort {
  readonly #node: LedgerNode;
  readonly #tasks: Task[] = [];
  readonly #listeners = new Set<() => void>();
  #working: Promise<void> | undefined;
  #closed = false;

  private constructor(node: LedgerNode) {
    this.#node = node;
  }

  /** @throws LedgerError `LEDGER_LOCKED` while another writer has the folder, `LEDGER_CORRUPT` for a damaged log. */
  static async open(folder: string, options: EmbeddedOptions = {}): Promise<EmbeddedLedger> {
    return new EmbeddedLedger(await openNode(folder, options));
  }

  submit(command: Command, signal?: AbortSignal): Promise<Committed> {
    return new Promise((resolve, reject) => {
      this.#enqueue({ job: { command, signal, resolve, reject } }, command.function);
    });
  }

  query(command: Command): Promise<string> {
    return this.#alone(command.function, async () => {
      const { contract, store } = this.#node;
      return (await execute(contract.dispatcher, requestFor(this.#node, command), store)).result;
    });
  }

  events(from?: string): AsyncIterable<LedgerEvent> {
    return followEvents(after => this.nextEvents(after), from);
  }

  /** Events of the next block that has some, as soon as there is one; none when the ledger closes. */
  async nextEvents(after: string): Promise<readonly LedgerEvent[]> {
    const { chain, log, places } = this.#node;
    for (let height = heightOf(after, chain.head.height); !this.#closed;) {
      if (height === chain.head.height) await this.#news();
      else {
        const line = await log.read(places[height]);
        const events = eventsIn(decodeRecord(line.subarray(0, -1)));
        if (events.length > 0) return events;
        height++;
      }
    }
    return [];
  }

  verify(): Promise<Verification> {
    return this.#alone("verify", () => verifyNode(this.#node));
  }

  head(): Promise<Head> {
    return Promise.resolve(this.#node.chain.head);
  }

  /** Carries out what was submitted before, then lets go of the folder. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#working;
    this.#tell();
    await closeNode(this.#node);
  }

  #alone<T>(name: string, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = () =>
        work().then(resolve, (error: unknown) => {
          reject(asLedgerError(error));
        });
      this.#enqueue({ run, reject }, name);
    });
  }

  #enqueue(task: Task, name: string): void {
    if (this.#closed) {
      const error = new LedgerError("LEDGER_CLOSED", `The ledger was closed before ${name} was carried out.`);
      ("job" in task ? task.job : task).reject(error);
      return;
    }
    this.#tasks.push(task);
    this.#working ??= this.#work();
  }

  async #work(): Promise<void> {
    for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) {
      if ("job" in task) await this.#makeBlock(task.job);
      else await task.run();
    }
    this.#working = undefined;
  }

  async #makeBlock(first: Job): Promise<void> {
    const jobs = [first];
    for (let next = this.#tasks.at(0); next !== undefined && "job" in next && jobs.length < MOST_JOBS;) {
      jobs.push(next.job);
      this.#tasks.shift();
      next = this.#tasks.at(0);
    }
    await makeBlock(this.#node, jobs);
    this.#tell();
  }

  #news(): Promise<void> {
    return new Promise(resolve => this.#listeners.add(resolve));
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}
