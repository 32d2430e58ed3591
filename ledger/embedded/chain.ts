import type { KeyObject } from "node:crypto";
import { LedgerError } from "../errors.js";
import type { Head } from "../port.js";
import { writesOf, type Block, type Genesis, type LogRecord } from "./block.js";
import { publicKeyOf, type Identity } from "./identity.js";
import type { LogLine } from "./log.js";
import { checkSeal, decodeRecord } from "./record.js";
import type { Version, Write } from "./state.js";

/** Follows a ledger's blocks and checks that each one belongs behind the one before. */
export class Chain {
  #head: Head = { height: 0, hash: "" };
  #genesis: Genesis | undefined;
  #keys: ReadonlyMap<string, KeyObject> = new Map();

  get head(): Head {
    return this.#head;
  }

  /** @throws Error before the first block. */
  get genesis(): Genesis {
    if (this.#genesis === undefined) throw new Error("the ledger has no first block");
    return this.#genesis;
  }

  /**
   * Takes the next line of a log.
   * @throws Error saying what is wrong with it; the chain stays where it was.
   */
  follow({ bytes, torn }: LogLine): LogRecord {
    if (torn) throw new Error("it is cut off");
    const record = decodeRecord(bytes);
    const { block, seal } = record;
    if (block.height !== this.#head.height + 1) throw new Error(`block ${block.height} stands in its place`);
    if (block.previousHash !== this.#head.hash) throw new Error("it does not follow the block before");
    const genesis = this.#genesis ?? genesisIn(block);
    const keys = this.#genesis === undefined ? signersOf(genesis) : this.#keys;
    checkSeal(seal, keys);
    this.#accept(record, genesis, keys);
    return record;
  }

  /** Takes a block that this process has sealed itself. */
  extend(block: Block, hash: string): void {
    this.#genesis ??= block.genesis;
    this.#head = { height: block.height, hash };
  }

  /** The party of a role. */
  identity(role: string): Identity | undefined {
    return this.#genesis?.identities.find(identity => identity.role === role);
  }

  #accept({ block, seal }: LogRecord, genesis: Genesis, keys: ReadonlyMap<string, KeyObject>): void {
    this.#genesis = genesis;
    this.#keys = keys;
    this.#head = { height: block.height, hash: seal.hash };
  }
}

/** All writes of a block with their versions. */
export function versionedWrites(record: LogRecord): (readonly [Write, Version])[] {
  const { height, transactions } = record.block;
  return transactions.flatMap((_, index) => writesOf(record, index).map(write => [write, { height, index }] as const));
}

/** The error for a block that is not right. */
export function corrupt(folder: string, height: number, problem: string): LedgerError {
  const message = `Block ${height} of the log: ${problem}. Restore the folder, or export what lies before.`;
  return new LedgerError("LEDGER_CORRUPT", message, "never", { party: folder });
}

function genesisIn({ genesis }: Block): Genesis {
  if (genesis === undefined) throw new Error("the first block does not say who signs");
  return genesis;
}

function signersOf({ identities, signers }: Genesis): ReadonlyMap<string, KeyObject> {
  return new Map(
    signers.map(role => {
      const identity = identities.find(one => one.role === role);
      if (identity === undefined) throw new Error(`the first block has no key of the ${role}`);
      return [role, publicKeyOf(identity)];
    }),
  );
}
