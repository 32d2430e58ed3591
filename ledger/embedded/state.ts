import { KeyMap } from "./key-map.js";
import { compareKeys } from "./keys.js";

/** Where an entry was last written: block, counted from 1, and transaction in it. */
export interface Version {
  readonly height: number;
  readonly index: number;
}

/** A value with the version that a reader remembers. */
export interface Versioned {
  readonly version: Version;
  readonly value: Buffer;
}

/** A value under its key. */
export interface Entry extends Versioned {
  readonly key: string;
}

/** A part of the state with keys of its own: the public state, a private collection, a collection's hashes. */
export type Namespace = string;

/** What everybody reads and writes. */
export const PUBLIC: Namespace = "";
/** Key-level endorsement policies; kept, and never enforced by a ledger of one operator. */
export const POLICIES: Namespace = "policies";
/** Values of a private collection; they never enter a block. */
export const privateOf = (collection: string): Namespace => `private ${collection}`;
/** SHA-256 of a private collection's keys and values, which every block has. */
export const hashesOf = (collection: string): Namespace => `hashes ${collection}`;

/** A new value; undefined deletes. */
export interface Write {
  readonly namespace: Namespace;
  readonly key: string;
  readonly value: Buffer | undefined;
}

/** Half-open range of keys in the order of their bytes; an empty end is the namespace's. */
export interface Range {
  readonly namespace: Namespace;
  readonly start: string;
  readonly end: string;
  /** Most entries to return. */
  readonly limit?: number;
}

/** The state as a transaction sees it. */
export interface StateView {
  get(namespace: Namespace, key: string): Versioned | undefined;
  range(range: Range): Promise<readonly Entry[]>;
}

/** Writes that lie over a state: those of a block that is being made, or those that are not stored yet. */
export class Overlay implements StateView {
  readonly #writes = new KeyMap<Versioned | undefined>();

  constructor(readonly below: StateView) {}

  get(namespace: Namespace, key: string): Versioned | undefined {
    return (
      this.#writes.get(namespace, key) ??
      (this.#writes.has(namespace, key) ? undefined : this.below.get(namespace, key))
    );
  }

  async range({ limit = Infinity, ...range }: Range): Promise<readonly Entry[]> {
    const written = this.#writes.space(range.namespace);
    if (written === undefined) return this.below.range({ ...range, limit });
    const stored = await this.below.range({ ...range, limit: limit + written.size });
    const kept = stored.filter(({ key }) => !written.has(key));
    return [...kept, ...entriesWithin(written, range)].sort((a, b) => compareKeys(a.key, b.key)).slice(0, limit);
  }

  write(writes: readonly Write[], version: Version): void {
    for (const { namespace, key, value } of writes) this.#writes.set(namespace, key, value && { version, value });
  }

  /** All entries that were written and not deleted, by namespace. */
  *entries(): Iterable<readonly [Namespace, Entry]> {
    for (const [namespace, key, entry] of this.#writes.entries()) {
      if (entry !== undefined) yield [namespace, { key, ...entry }];
    }
  }
}

const NOTHING: StateView = { get: () => undefined, range: () => Promise.resolve([]) };

/** A state in memory, empty at first. */
export function memoryState(): Overlay {
  return new Overlay(NOTHING);
}

function entriesWithin(
  written: ReadonlyMap<string, Versioned | undefined>,
  { start, end }: Pick<Range, "start" | "end">,
): Entry[] {
  const found: Entry[] = [];
  for (const [key, entry] of written) {
    const within = compareKeys(key, start) >= 0 && (end === "" || compareKeys(key, end) < 0);
    if (entry !== undefined && within) found.push({ key, ...entry });
  }
  return found;
}

/** True for one and the same writing of an entry, or for none on both sides. */
export function sameVersion(one: Version | undefined, other: Version | undefined): boolean {
  return one?.height === other?.height && one?.index === other?.index;
}
