import { createHash } from "node:crypto";
import {
  sameVersion,
  type Entry,
  type Namespace,
  type Range,
  type StateView,
  type Version,
  type Write,
} from "./state.js";

/** What a transaction did to the state while it was simulated; nothing of it is stored yet. */
export interface ReadWriteSet {
  readonly reads: readonly Read[];
  readonly ranges: readonly RangeRead[];
  /** Ordered by first writing; the last value of each key. */
  readonly writes: readonly Write[];
}

/** An entry that was read, with the version it had; undefined where there was none. */
export interface Read {
  readonly namespace: Namespace;
  readonly key: string;
  readonly version: Version | undefined;
}

/** A range that was read to `range.end`, with what it held. */
export interface RangeRead {
  readonly range: Range;
  readonly found: readonly Pick<Entry, "key" | "version">[];
}

/** Fabric's verdict on a transaction when its block is committed. */
export type Verdict = "VALID" | "MVCC_READ_CONFLICT" | "PHANTOM_READ_CONFLICT";

/** Whether all that a transaction read still stands. */
export async function validate({ reads, ranges }: ReadWriteSet, state: StateView): Promise<Verdict> {
  for (const { namespace, key, version } of reads) {
    if (!sameVersion(state.get(namespace, key)?.version, version)) return "MVCC_READ_CONFLICT";
  }
  for (const { range, found } of ranges) {
    const now = await state.range(range);
    const same = now.length === found.length && now.every((entry, i) => isSameEntry(entry, found[i]));
    if (!same) return "PHANTOM_READ_CONFLICT";
  }
  return "VALID";
}

/** SHA-256 over all that was read and the versions it had, in hex. */
export function digestOfReads({ reads, ranges }: ReadWriteSet): string {
  const hash = createHash("sha256");
  hash.update(reads.map(({ namespace, key, version }) => `${namespace}\n${key}\n${versionText(version)}\n`).join(""));
  for (const { range, found } of ranges) {
    hash.update(JSON.stringify([range.namespace, range.start, range.end, range.limit]));
    hash.update(found.map(({ key, version }) => `${key}\n${versionText(version)}\n`).join(""));
  }
  return hash.digest("hex");
}

function versionText(version: Version | undefined): string {
  return version === undefined ? "-" : `${version.height}.${version.index}`;
}

function isSameEntry(one: Pick<Entry, "key" | "version">, other: Pick<Entry, "key" | "version">): boolean {
  return one.key === other.key && sameVersion(one.version, other.version);
}
