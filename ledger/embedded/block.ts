import { isUtf8 } from "node:buffer";
import type { Identity } from "./identity.js";
import { PUBLIC, type Namespace, type Write } from "./state.js";

/** A value in a block: its text, or base64 where it is no text in UTF-8; null deletes. */
export type WrittenValue = string | { readonly base64: string } | null;

/** A write in a block; the public state's name is left out. */
export type WrittenEntry = readonly [key: string, value: WrittenValue, namespace?: Namespace];

/** What somebody asked for, and signed. */
export interface SignedProposal {
  /** SHA-256 of creator and nonce. */
  readonly id: string;
  readonly nonce: string;
  /** ISO time of the caller's clock. */
  readonly time: string;
  /** Role of the caller. */
  readonly creator: string;
  /** The function's name, then its arguments. */
  readonly args: readonly string[];
  /** SHA-256 of the transient data; empty where there is none. */
  readonly transientHash: string;
  /** The caller's signature of all of the above. */
  readonly signature: string;
}

/** A carried out proposal. */
export interface BlockTransaction {
  readonly proposal: SignedProposal;
  readonly verdict: string;
  readonly result: string;
  /** SHA-256 over what was read and its versions. */
  readonly reads: string;
  /** Without private values, whose hashes are there. */
  readonly writes: readonly WrittenEntry[];
  readonly event?: { readonly name: string; readonly payload: string };
}

/** What the first block says about the ledger. */
export interface Genesis {
  readonly channel: string;
  readonly identities: readonly Identity[];
  /** Roles that sign every block. */
  readonly signers: readonly string[];
}

/** The part of a block that is hashed and signed. */
export interface Block {
  /** Counted from 1. */
  readonly height: number;
  readonly previousHash: string;
  /** ISO time of the node's clock. */
  readonly time: string;
  readonly genesis?: Genesis;
  readonly transactions: readonly BlockTransaction[];
  /** SHA-256 of the block's private part; empty where there is none. */
  readonly privateHash: string;
}

/** Private values and transient data of a block, by the place of the transaction; never exported. */
export type PrivatePart = Readonly<Record<string, PrivateTransaction>>;

export interface PrivateTransaction {
  readonly transient: Readonly<Record<string, string>>;
  readonly writes: readonly WrittenEntry[];
}

/** Hash of a block's bytes and the signatures of it, by role. */
export interface Seal {
  readonly hash: string;
  readonly signatures: Readonly<Record<string, string>>;
}

/** A block with all that stands beside it in the log. */
export interface LogRecord {
  readonly block: Block;
  readonly seal: Seal;
  readonly privatePart: PrivatePart;
}

/** A write as a block has it. */
export function toWritten({ namespace, key, value }: Write): WrittenEntry {
  const written = value === undefined ? null : isUtf8(value) ? value.toString() : { base64: value.toString("base64") };
  return namespace === PUBLIC ? [key, written] : [key, written, namespace];
}

/** The write that a block's entry stands for. */
export function fromWritten([key, written, namespace = PUBLIC]: WrittenEntry): Write {
  if (written === null) return { namespace, key, value: undefined };
  const value = typeof written === "string" ? Buffer.from(written) : Buffer.from(written.base64, "base64");
  return { namespace, key, value };
}

/** True for namespaces whose values stay out of blocks. */
export function isPrivate({ namespace }: Write): boolean {
  return namespace.startsWith("private ");
}

/** All writes of a transaction, public and private; none of one that was not valid. */
export function writesOf({ block, privatePart }: LogRecord, index: number): Write[] {
  const { verdict, writes } = block.transactions[index];
  if (verdict !== "VALID") return [];
  const hidden = Object.hasOwn(privatePart, index) ? privatePart[index].writes : [];
  return [...writes, ...hidden].map(fromWritten);
}
