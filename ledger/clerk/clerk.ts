import type { KeyObject } from "node:crypto";
import {
  bidText,
  participantKeys,
  signText,
  type ClearedRound,
  type Receipt,
  type Round,
} from "gridloom-settlement/rules";
import { asLedgerError } from "../errors.js";
import type { Command, LedgerPort } from "../port.js";
import { openingCommands, type Accounts, type MarketOpening } from "./opening.js";

/** How long a command that may be repeated is repeated. */
export interface Patience {
  /** Wall-clock milliseconds for one command with all its repetitions. */
  readonly milliseconds: number;
  /** Before the first repetition; each one waits twice as long as the one before, at most 2 s. */
  readonly firstPauseMs: number;
}

const DEFAULT_PATIENCE: Patience = { milliseconds: 60_000, firstPauseMs: 50 };
const LONGEST_PAUSE_MS = 2000;

/** Signs rounds with the keys of a simulated run and brings them to a ledger, in order and surely. */
export class Clerk {
  private readonly keys = new Map<string, KeyObject>();

  constructor(
    private readonly port: LedgerPort,
    private readonly run: Accounts,
    private readonly patience: Patience = DEFAULT_PATIENCE,
  ) {}

  /** Makes the ledger ready for these markets. */
  async open(markets: readonly MarketOpening[]): Promise<void> {
    for (const command of openingCommands(this.run, markets)) await this.carryOut(command);
  }

  /**
   * Settles consecutive rounds of one market in one transaction. The same rounds again get the same receipts.
   * @throws LedgerError when the contract refuses them, or the ledger does not answer for too long.
   */
  async settle(rounds: readonly ClearedRound[]): Promise<Receipt[]> {
    const signed = rounds.map(round => this.sign(round));
    const args = [this.run.scope, JSON.stringify(signed)];
    const result = await this.carryOut({ function: "Settle", as: "operator", args });
    return JSON.parse(result) as Receipt[];
  }

  private sign(round: ClearedRound): Round {
    const { market, period } = round;
    const bids = round.bids.map(bid => ({
      ...bid,
      signature: signText(bidText(market, period, bid), this.keyOf(bid.bidder)),
    }));
    return { ...round, bids };
  }

  private keyOf(bidder: string): KeyObject {
    const known = this.keys.get(bidder);
    if (known !== undefined) return known;
    const { privateKey } = participantKeys(this.run.seed, bidder);
    this.keys.set(bidder, privateKey);
    return privateKey;
  }

  /** Submits until the outcome is known: a command that was carried out already gives its answer again. */
  private async carryOut(command: Command): Promise<string> {
    const { milliseconds, firstPauseMs } = this.patience;
    const startedAt = performance.now();
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      try {
        const { result } = await this.port.submit(command);
        return result;
      } catch (error) {
        const known = asLedgerError(error);
        if (known.retry === "never" || performance.now() - startedAt > milliseconds) throw known;
        await new Promise(resolve => setTimeout(resolve, pauseMs));
      }
    }
  }
}
