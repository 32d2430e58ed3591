import { createHash } from "node:crypto";
import type { Page } from "./iteration.js";
import { KeyMap } from "./key-map.js";
import type { RangeRead, Read, ReadWriteSet } from "./rwset.js";
import { hashesOf, privateOf, type Entry, type Namespace, type Range, type StateView, type Write } from "./state.js";

const NOTHING = Buffer.alloc(0);

/** Reads from a state, keeps what was read and what is to be written, and never mixes the two. */
export class Recording {
  readonly #reads = new KeyMap<Read>();
  readonly #writes = new KeyMap<Write>();
  readonly #ranges: RangeRead[] = [];
  #paginated = false;
  #privateRange = false;

  constructor(
    readonly state: StateView,
    readonly transactionId: string,
  ) {}

  read(namespace: Namespace, key: string): Buffer {
    const entry = this.state.get(namespace, key);
    if (!this.#reads.has(namespace, key)) this.#reads.set(namespace, key, { namespace, key, version: entry?.version });
    return entry?.value ?? NOTHING;
  }

  /** A private value; other peers know of its version by the hash only, so that is what counts as read. */
  readPrivate(collection: string, key: string): Buffer {
    this.read(hashesOf(collection), createHash("sha256").update(key).digest("hex"));
    return this.state.get(privateOf(collection), key)?.value ?? NOTHING;
  }

  /** Writes a value; undefined or an empty one deletes. */
  write(namespace: Namespace, key: string, value: Buffer | undefined): void {
    if (this.#paginated) throw this.#unsupported("a paginated query");
    if (this.#privateRange) throw this.#unsupported("queries on pvt data");
    this.#writes.set(namespace, key, { namespace, key, value: value?.length === 0 ? undefined : value });
  }

  async range(range: Range): Promise<Page> {
    const found = await this.state.range(range);
    this.#ranges.push({ range, found });
    return { entries: found, bookmark: "" };
  }

  async privateRange(range: Range): Promise<Page> {
    if (this.#writes.size > 0) throw this.#readOnly("Queries on pvt data");
    this.#privateRange = true;
    return { entries: await this.state.range(range), bookmark: "" };
  }

  async page(range: Range, pageSize: number): Promise<Page> {
    if (this.#writes.size > 0) throw this.#readOnly("Paginated queries");
    this.#paginated = true;
    const found: readonly Entry[] = await this.state.range({ ...range, limit: pageSize + 1 });
    return { entries: found.slice(0, pageSize), bookmark: found.length > pageSize ? found[pageSize].key : "" };
  }

  readWriteSet(): ReadWriteSet {
    return { reads: [...this.#reads.values()], ranges: this.#ranges, writes: [...this.#writes.values()] };
  }

  #unsupported(done: string): Error {
    const what = `Transaction has already performed ${done}. Writes are not allowed`;
    return new Error(`txid [${this.transactionId}]: unsupported transaction. ${what}`);
  }

  #readOnly(queries: string): Error {
    const what = `${queries} are supported only in a read-only transaction`;
    return new Error(`txid [${this.transactionId}]: unsupported transaction. ${what}`);
  }
}
