import type { KeyObject } from "node:crypto";
import type { Block, LogRecord, PrivatePart, Seal } from "./block.js";
import { hashOf, isSignatureOf, signHash, type Signer } from "./identity.js";

const TAB = 0x09;
const NEWLINE = "\n";

/**
 * A line of the log: the block, its seal and its private part as JSON, with tabs between. The hash is of the block's
 * bytes as they stand, so that there is no second spelling of a block.
 */
export function encodeRecord(block: Block, privatePart: PrivatePart, signers: readonly Signer[]): EncodedRecord {
  const hidden = privateText(privatePart);
  const body = Buffer.from(
    JSON.stringify({ ...block, privateHash: hidden === "" ? "" : hashOf(hidden) } satisfies Block),
  );
  const hash = hashOf(body);
  const signatures = Object.fromEntries(signers.map(signer => [signer.role, signHash(hash, signer)]));
  const seal: Seal = { hash, signatures };
  return { hash, line: Buffer.concat([body, Buffer.from(`\t${JSON.stringify(seal)}\t${hidden}${NEWLINE}`)]) };
}

/** A line of the log and the hash of its block. */
export interface EncodedRecord {
  readonly hash: string;
  readonly line: Buffer;
}

/**
 * Takes a line apart, without its end.
 * @throws Error when hash, seal or private part do not belong to the block's bytes.
 */
export function decodeRecord(line: Buffer): LogRecord {
  const first = line.indexOf(TAB);
  const second = line.indexOf(TAB, first + 1);
  if (first < 0 || second < 0) throw new Error("it does not have the three parts of a block");
  const body = line.subarray(0, first);
  const seal = parse<Seal>(line.subarray(first + 1, second), "seal");
  if (hashOf(body) !== seal.hash) throw new Error("its content does not have the hash that it was sealed with");
  if (JSON.stringify(seal) !== line.toString("utf8", first + 1, second)) throw new Error("its seal was respelled");
  const block = parse<Block>(body, "content");
  const hidden = line.subarray(second + 1);
  if (block.privateHash !== (hidden.length === 0 ? "" : hashOf(hidden))) {
    throw new Error("its private part does not have the hash that the block names");
  }
  return { block, seal, privatePart: hidden.length === 0 ? {} : parse<PrivatePart>(hidden, "private part") };
}

/** The line without its private part, as others may have it. */
export function publicLine(line: Buffer): Buffer {
  return line.subarray(0, line.indexOf(TAB, line.indexOf(TAB) + 1) + 1);
}

/**
 * Whether the seal is that of the parties who sign this ledger's blocks.
 * @throws Error naming the party whose signature is missing or not its own.
 */
export function checkSeal({ hash, signatures }: Seal, keys: ReadonlyMap<string, KeyObject>): void {
  for (const [role, key] of keys) {
    const signature = Object.hasOwn(signatures, role) ? signatures[role] : "";
    if (!isSignatureOf(hash, signature, key)) throw new Error(`the signature is not that of the ${role}`);
  }
  const stranger = Object.keys(signatures).find(role => !keys.has(role));
  if (stranger !== undefined) throw new Error(`${stranger} signed it, who does not sign this ledger`);
}

function privateText(part: PrivatePart): string {
  return Object.keys(part).length === 0 ? "" : JSON.stringify(part);
}

function parse<T>(bytes: Buffer, what: string): T {
  try {
    return JSON.parse(bytes.toString()) as T;
  } catch {
    throw new Error(`its ${what} is no JSON`);
  }
}
