import type { common } from "@hyperledger/fabric-protos";
import type { Command } from "../port.js";

/** How long a driver waits for each step of a command, and how long it tries the command as a whole; milliseconds. */
export interface Patience {
  readonly endorseMs: number;
  readonly orderMs: number;
  readonly commitMs: number;
  readonly totalMs: number;
  /** How long after a commit another organisation's peer may not have its block yet, and refuse what rests on it. */
  readonly lagMs: number;
  /** Commands under way at once; a peer's gateway refuses more than 500. */
  readonly inFlight: number;
}

/** What is waited for unless the options say otherwise. */
export const PATIENCE: Patience = {
  endorseMs: 10_000,
  orderMs: 5_000,
  commitMs: 30_000,
  totalMs: 120_000,
  lagMs: 10_000,
  inFlight: 100,
};

/** How a transaction ended, as all peers see it. */
export interface Outcome {
  /** Number of the block, counted from 0. */
  readonly block: bigint;
  /** Fabric's `TxValidationCode`; 0 is valid. */
  readonly verdict: number;
}

/** A command that peers have carried out and signed, and that no block holds yet. */
export interface Endorsed {
  readonly transactionId: string;
  /** What the contract answered. */
  readonly result: string;
  /** False when the contract wrote nothing and told nobody, so that there is nothing to commit. */
  readonly hasEffect: boolean;
  /** Hands the signed transaction to the orderers, again the same bytes. */
  order(): Promise<void>;
  /** Waits until the transaction stands in a block. */
  outcome(): Promise<Outcome>;
}

/** A channel of a Fabric network, as far as a ledger needs it. All methods reject with a `LedgerError` of `readFault`. */
export interface FabricChannel {
  readonly name: string;
  /** Lets the peers of all organisations carry a command out, and signs what they answer. */
  endorse(command: Command): Promise<Endorsed>;
  /** Lets one peer carry a command out and drops what it writes. */
  evaluate(command: Command): Promise<string>;
  /** Asks the peer's query chaincode `qscc`, whose first argument is the channel. */
  ask(question: string, ...argument: readonly string[]): Promise<Uint8Array>;
  /** Blocks from a number on, as they come; ends when the signal does. */
  blocks(from: bigint, signal: AbortSignal): AsyncIterable<common.Block>;
  close(): void;
}
