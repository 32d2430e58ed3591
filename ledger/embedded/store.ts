import { ClassicLevel, type BatchOperation } from "classic-level";
import { LedgerError } from "../errors.js";
import { KeyMap } from "./key-map.js";
import type { Entry, Namespace, Range, StateView, Version, Versioned, Write } from "./state.js";

/** The newest block whose writes are stored. */
export interface StoredHead {
  readonly height: number;
  readonly hash: string;
}

const HEAD_KEY = "head";
/** Accounts and participants are read in every round; books never. */
const MOST_BYTES_KEPT = 1024;
const MOST_KEPT = 50_000;

/** Bytes of a version before each value. */
const VERSION_BYTES = 8;

/** A value and the block that wrote it; 0 when it was read. */
interface Recent {
  readonly height: number;
  readonly entry: Versioned | undefined;
}

type Level = ClassicLevel<string, Buffer>;
type Batch = BatchOperation<Level, string, Buffer>[];

/**
 * The state on disk, LevelDB as in a Fabric peer. The log is the truth: what is lost here is written again from it,
 * so blocks are stored behind the caller's back and never waited for.
 */
export class Store implements StateView {
  readonly #level: Level;
  /** Newest values, those on their way to the disk among them; the oldest come first. */
  readonly #recent = new KeyMap<Recent>();
  #flushed: Promise<void> = Promise.resolve();
  #head: StoredHead;

  private constructor(level: Level, head: StoredHead) {
    this.#level = level;
    this.#head = head;
  }

  /** @throws LedgerError `LEDGER_LOCKED` while another writer has it open. */
  static async open(folder: string): Promise<Store> {
    const level = new ClassicLevel<string, Buffer>(folder, { keyEncoding: "utf8", valueEncoding: "buffer" });
    try {
      await level.open();
    } catch (error) {
      throw openError(folder, error);
    }
    const head = await level.get(HEAD_KEY);
    return new Store(level, head === undefined ? { height: 0, hash: "" } : (JSON.parse(String(head)) as StoredHead));
  }

  get head(): StoredHead {
    return this.#head;
  }

  get(namespace: Namespace, key: string): Versioned | undefined {
    const recent = this.#recent.get(namespace, key);
    if (recent !== undefined) return recent.entry;
    const bytes = this.#level.getSync(placeOf(namespace, key));
    const entry = bytes && decode(bytes);
    if ((entry?.value.length ?? 0) <= MOST_BYTES_KEPT) this.#recent.set(namespace, key, { height: 0, entry });
    return entry;
  }

  async range({ namespace, start, end, limit = Infinity }: Range): Promise<readonly Entry[]> {
    await this.flush();
    const bounds = { gte: placeOf(namespace, start), lt: end === "" ? `${namespace}\u0001` : placeOf(namespace, end) };
    const found = await this.#level.iterator({ ...bounds, limit: Number.isFinite(limit) ? limit : -1 }).all();
    return found.map(([place, bytes]) => ({ key: place.slice(namespace.length + 1), ...decode(bytes) }));
  }

  /** Takes a block's writes; they can be read at once and reach the disk together, after those of all blocks before. */
  write(head: StoredHead, writes: readonly (readonly [Write, Version])[]): void {
    const batch: Batch = [{ type: "put", key: HEAD_KEY, value: Buffer.from(JSON.stringify(head)) }];
    for (const [{ namespace, key, value }, version] of writes) {
      const place = placeOf(namespace, key);
      const entry = value && { version, value };
      this.#recent.set(namespace, key, { height: head.height, entry });
      batch.push(entry ? { type: "put", key: place, value: encode(entry) } : { type: "del", key: place });
    }
    this.#head = head;
    this.#flushed = this.#flushed
      .then(() => this.#level.batch(batch))
      .then(() => {
        this.#forget(writes, head.height);
      });
    this.#flushed.catch(() => undefined);
  }

  /** @throws LedgerError when a block could not be stored; the log has it all the same. */
  async flush(): Promise<void> {
    try {
      await this.#flushed;
    } catch (error) {
      throw new LedgerError("LEDGER_FAILED", `The state beside the log cannot be written: ${String(error)}`);
    }
  }

  /** All entries of all namespaces. */
  async *entries(): AsyncIterable<readonly [Namespace, Entry]> {
    await this.flush();
    for await (const [place, bytes] of this.#level.iterator()) {
      const cut = place.indexOf("\u0000");
      if (cut >= 0) yield [place.slice(0, cut), { key: place.slice(cut + 1), ...decode(bytes) }];
    }
  }

  /** What could not be stored is written again from the log when the ledger is opened. */
  async close(): Promise<void> {
    await this.#flushed.catch(() => undefined);
    await this.#level.close();
  }

  /** Of what the disk has, large values go at once, and the oldest when there are too many. */
  #forget(writes: readonly (readonly [Write, Version])[], height: number): void {
    for (const [{ namespace, key, value }] of writes) {
      const isLarge = (value?.length ?? 0) > MOST_BYTES_KEPT;
      if (isLarge && this.#recent.get(namespace, key)?.height === height) this.#recent.delete(namespace, key);
    }
    let left = this.#recent.size;
    if (left <= MOST_KEPT) return;
    for (const [namespace, key, recent] of this.#recent.entries()) {
      if (recent.height > height) continue;
      this.#recent.delete(namespace, key);
      if (--left <= MOST_KEPT / 2) return;
    }
  }
}

function placeOf(namespace: Namespace, key: string): string {
  return `${namespace}\u0000${key}`;
}

function encode({ version, value }: Versioned): Buffer {
  const bytes = Buffer.allocUnsafe(VERSION_BYTES + value.length);
  bytes.writeUInt32BE(version.height, 0);
  bytes.writeUInt32BE(version.index, 4);
  value.copy(bytes, VERSION_BYTES);
  return bytes;
}

function decode(bytes: Buffer): Versioned {
  const version = { height: bytes.readUInt32BE(0), index: bytes.readUInt32BE(4) };
  return { version, value: bytes.subarray(VERSION_BYTES) };
}

function openError(folder: string, error: unknown): LedgerError {
  const cause = (error as { cause?: { code?: string } }).cause;
  if (cause?.code === "LEVEL_LOCKED")
    return new LedgerError("LEDGER_LOCKED", `Another writer holds ${folder}.`, "same");
  return new LedgerError("LEDGER_FAILED", `The state in ${folder} cannot be opened: ${String(cause ?? error)}`);
}
