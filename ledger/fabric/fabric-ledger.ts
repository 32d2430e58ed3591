import { setTimeout as sleep } from "node:timers/promises";
import { asLedgerError, LedgerError } from "../errors.js";
import type { Command, Committed, Head, LedgerEvent, LedgerPort, Verification } from "../port.js";
import { blockAt, ChainCheck, eventsOf, headOf } from "./blocks.js";
import type { FabricChannel, Patience } from "./channel.js";
import { submitOnce } from "./submission.js";
import { Gate, Tries, type Clock } from "./tries.js";

const WALL_CLOCK: Clock = { now: () => performance.now(), sleep: (ms, signal) => sleep(ms, undefined, { signal }) };

/** Blocks that are asked for at once when all are examined. */
const BLOCKS_AT_ONCE = 16;

const UNCHECKED =
  "The chain of the peer's blocks was examined; the signatures in them and what their transactions did, its peers check.";

/** The ledger that a Fabric network keeps, over either SDK. Blocks have the numbers that Fabric gives them: the first is 0. */
export class FabricLedger implements LedgerPort {
  readonly #gate: Gate;
  readonly #losers = new Gate(1);
  readonly #closing = new AbortController();
  /** When the last command was committed. */
  #committedAt = -Infinity;

  constructor(
    readonly channel: FabricChannel,
    readonly chaincode: string,
    readonly patience: Patience,
  ) {
    this.#gate = new Gate(patience.inFlight);
  }

  async submit(command: Command, signal?: AbortSignal): Promise<Committed> {
    const lagsUntil = this.#committedAt + this.patience.lagMs;
    const once = (tries: Tries) => submitOnce(this.channel, command, tries, this.#losers);
    const committed = await this.#run(once, signal, lagsUntil);
    if (!committed.replayed) this.#committedAt = WALL_CLOCK.now();
    return committed;
  }

  query(command: Command): Promise<string> {
    return this.#run(tries => tries.until(() => this.channel.evaluate(command)));
  }

  async *events(from?: string): AsyncIterable<LedgerEvent> {
    const closing = this.#closing.signal;
    let next = from === undefined ? 0n : readPosition(from) + 1n;
    let tries = new Tries(this.patience, WALL_CLOCK, closing);
    while (!closing.aborted) {
      try {
        for await (const block of this.channel.blocks(next, closing)) {
          tries = new Tries(this.patience, WALL_CLOCK, closing);
          next++;
          yield* eventsOf(block, this.chaincode);
        }
      } catch (error) {
        await tries.pause(asLedgerError(error)).catch((failure: unknown) => {
          if (!closing.aborted) throw failure;
        });
      }
    }
  }

  verify(): Promise<Verification> {
    return this.#run(async tries => {
      const { height, hash } = await tries.until(() => headOf(this.channel));
      const check = new ChainCheck();
      for (let first = 0; first < height; first += BLOCKS_AT_ONCE) {
        const numbers = Array.from({ length: Math.min(BLOCKS_AT_ONCE, height - first) }, (_, i) => BigInt(first + i));
        const blocks = await Promise.all(numbers.map(number => tries.until(() => blockAt(this.channel, number))));
        blocks.forEach(block => {
          check.add(block);
        });
      }
      if (check.hash !== hash)
        check.faults.push({ height, problem: "The peer names another hash for its newest block." });
      return { ok: check.faults.length === 0, height, faults: check.faults, unchecked: UNCHECKED };
    });
  }

  head(): Promise<Head> {
    return this.#run(tries => tries.until(() => headOf(this.channel)));
  }

  close(): Promise<void> {
    if (!this.#closing.signal.aborted) {
      this.#closing.abort();
      this.channel.close();
    }
    return Promise.resolve();
  }

  async #run<T>(task: (tries: Tries) => Promise<T>, signal?: AbortSignal, lagsUntil?: number): Promise<T> {
    const closing = this.#closing.signal;
    const ends = signal === undefined ? closing : AbortSignal.any([signal, closing]);
    if (ends.aborted) throw new LedgerError("LEDGER_CLOSED", "The ledger was closed before the command began.", "same");
    try {
      return await this.#gate.run(() => task(new Tries(this.patience, WALL_CLOCK, ends, lagsUntil)));
    } catch (error) {
      throw asLedgerError(error);
    }
  }
}

function readPosition(position: string): bigint {
  if (/^\d+$/.test(position)) return BigInt(position);
  throw new LedgerError("LEDGER_REFUSED", `The position ${JSON.stringify(position)} is not one of this ledger's.`);
}
