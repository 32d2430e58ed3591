import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClearedRound } from "gridloom-settlement/rules";
import { fromPlainError, LedgerError } from "../errors.js";
import { acknowledge, forget, isFull, type Entry, type Mismatch, type Outbox } from "../outbox.js";
import type { LedgerDriver } from "../open-ledger.js";
import type { FromClerk, ToClerk } from "./messages.js";

/** The way to a clerk and back. */
export interface ClerkLine {
  send(message: ToClerk): void;
  listen(hear: (message: FromClerk) => void): void;
  /** Ends the clerk, whatever it does. */
  end(): Promise<void>;
}

/** How settling went, in wall-clock terms: it stands in the manifest and in no result. */
export interface Standing {
  readonly driver: LedgerDriver;
  readonly settledRounds: number;
  /** Rounds that were handed over and have no receipt yet. */
  readonly waitingRounds: number;
  /** Most rounds that waited at a time. */
  readonly lagRounds: number;
  /** From the last round's clearing until the last receipt. */
  readonly drainSeconds: number;
}

/** File of the standing in the ledger's folder. */
export const STANDING_FILE = "standing.json";

/** What a courier is told. */
export interface CourierSettings {
  readonly driver: LedgerDriver;
  readonly folder: string;
  /** Wall-clock milliseconds without any answer after which the ledger counts as gone. */
  readonly patienceMs: number;
}

const CLOSING_MS = 3000;
/** Milliseconds between two tellings of how a drain goes. */
const TELLING_MS = 500;

/**
 * Carries rounds from an outbox to a clerk and takes them out as their receipts come back. Whoever hands rounds over goes on
 * at once; a failure is thrown at the next call.
 */
export class Courier {
  private failure: LedgerError | undefined;
  private settledRounds = 0;
  private lagRounds = 0;
  private drainSeconds = 0;
  private isDraining = false;
  private toldAt = -Infinity;
  private isClosed = false;
  private heard: () => void = () => undefined;

  /** Sends everything that lies in the outbox: after a resume, some of it may have been settled before. */
  constructor(
    private readonly outbox: Outbox,
    private readonly line: ClerkLine,
    private readonly settings: CourierSettings,
  ) {
    line.listen(message => {
      this.hear(message);
    });
    for (const { round } of outbox.waiting) line.send({ kind: "settle", round });
  }

  get isFull(): boolean {
    return isFull(this.outbox);
  }

  /** Hands a round over. @throws LedgerError of an earlier one. */
  put(entry: Entry): void {
    this.check();
    this.outbox.waiting.push(entry);
    this.lagRounds = Math.max(this.lagRounds, this.outbox.waiting.length);
    this.line.send({ kind: "settle", round: entry.round });
  }

  /** Resolves when the outbox is not full. */
  async room(): Promise<void> {
    await this.until(() => !this.isFull);
  }

  /** Resolves when everything is committed. */
  async settled(): Promise<void> {
    await this.until(() => this.outbox.waiting.length === 0);
  }

  /** As `settled`, at the end of a run; the standing tells meanwhile how many rounds wait. */
  async drain(): Promise<void> {
    const startedAt = performance.now();
    this.isDraining = true;
    this.tellStanding();
    await this.settled();
    this.isDraining = false;
    this.drainSeconds = (performance.now() - startedAt) / 1000;
  }

  /** Forgets a round that was refused, and the refusal. */
  withdraw(round: ClearedRound): void {
    forget(this.outbox, round);
    this.failure = undefined;
  }

  /** @throws LedgerError when a round was refused or the ledger failed. */
  check(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  /** Lets the clerk close the ledger; what is not settled stays in the outbox. */
  async close(): Promise<void> {
    this.line.send({ kind: "close" });
    const deadline = performance.now() + CLOSING_MS;
    while (!this.isClosed && performance.now() < deadline) await this.nextMessage(deadline - performance.now());
    await this.line.end();
    this.tellStanding();
  }

  private tellStanding(): void {
    const { driver, folder } = this.settings;
    const { settledRounds, lagRounds, drainSeconds } = this;
    const standing: Standing = {
      ...{ driver, settledRounds, waitingRounds: this.outbox.waiting.length },
      ...{ lagRounds, drainSeconds },
    };
    const file = join(folder, STANDING_FILE);
    writeFileSync(`${file}.part`, `${JSON.stringify(standing)}\n`);
    renameSync(`${file}.part`, file);
    this.toldAt = performance.now();
  }

  private async until(isReached: () => boolean): Promise<void> {
    for (this.check(); !isReached(); this.check()) {
      if (await this.nextMessage(this.settings.patienceMs)) continue;
      const { length } = this.outbox.waiting;
      throw new LedgerError(
        "LEDGER_UNREACHABLE",
        `The ledger has not answered for ${this.settings.patienceMs / 1000} s; ${length} rounds wait for it. They are kept: \`resume\` sends them again.`,
      );
    }
  }

  /** True when a message has come within the time. */
  private nextMessage(milliseconds: number): Promise<boolean> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, milliseconds, false);
      this.heard = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  private hear(message: FromClerk): void {
    if (message.kind === "failed") this.failure ??= fromPlainError(message.error);
    if (message.kind === "closed") this.isClosed = true;
    if (message.kind === "settled") {
      this.settledRounds += message.receipts.length;
      const mismatch = acknowledge(this.outbox, message.receipts);
      if (mismatch !== undefined) this.failure ??= strangeReceipt(mismatch);
      if (this.isDraining && performance.now() - this.toldAt > TELLING_MS) this.tellStanding();
    }
    this.heard();
  }
}

function strangeReceipt({ expected, receipt }: Mismatch): LedgerError {
  const { market, period } = expected;
  return new LedgerError(
    "LEDGER_RECEIPT",
    `The ledger's receipt of round ${period} of ${market} is ${JSON.stringify(receipt)}; the round gives ${JSON.stringify(expected)}.`,
  );
}
