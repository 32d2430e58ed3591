import { createHash } from "node:crypto";
import { assertKey, assertSimpleKey, compositeKey, FIRST_SIMPLE_KEY, rangeBelow, splitCompositeKey } from "./keys.js";
import { iterate, type Iteration, type PagedIteration } from "./iteration.js";
import { Recording } from "./recording.js";
import { hashesOf, POLICIES, privateOf, PUBLIC, type Range, type StateView } from "./state.js";

/** What a transaction was called with. */
export interface Invocation {
  readonly transactionId: string;
  readonly channel: string;
  /** Who called: its organisation and its certificate. */
  readonly creator: { readonly mspid: string; readonly idBytes: Uint8Array };
  /** The function's name, then its arguments. */
  readonly args: readonly string[];
  readonly transient: ReadonlyMap<string, Uint8Array>;
  /** ISO time of the caller's clock. */
  readonly time: string;
}

/** What a contract tells listeners. */
export interface ContractEvent {
  readonly name: string;
  readonly payload: Buffer;
}

/**
 * The chaincode stub over a state of our own, with the semantics of a peer with LevelDB (Fabric 2.5, `core/ledger/kvledger`):
 * reads see what was committed and never the transaction's own writes, a missing value is an empty buffer, an empty value
 * deletes, ranges follow the keys' bytes, one event, and paginated queries only where nothing is written.
 */
export class Stub {
  readonly #invocation: Invocation;
  readonly #recording: Recording;
  #event: ContractEvent | undefined;

  constructor(invocation: Invocation, state: StateView) {
    this.#invocation = invocation;
    this.#recording = new Recording(state, invocation.transactionId);
  }

  /** What the transaction has read and written so far. */
  get readWriteSet() {
    return this.#recording.readWriteSet();
  }

  /** The last event that was set. */
  get event(): ContractEvent | undefined {
    return this.#event;
  }

  getTxID(): string {
    return this.#invocation.transactionId;
  }

  getChannelID(): string {
    return this.#invocation.channel;
  }

  getCreator(): Invocation["creator"] {
    return this.#invocation.creator;
  }

  getMspID(): string {
    return this.#invocation.creator.mspid;
  }

  getTransient(): ReadonlyMap<string, Uint8Array> {
    return this.#invocation.transient;
  }

  getArgs(): string[] {
    return [...this.#invocation.args];
  }

  getStringArgs(): string[] {
    return this.getArgs();
  }

  getBufferArgs(): Buffer[] {
    return this.#invocation.args.map(argument => Buffer.from(argument));
  }

  getFunctionAndParameters(): { fcn: string; params: string[] } {
    const [fcn = "", ...params] = this.#invocation.args;
    return { fcn, params };
  }

  getDateTimestamp(): Date {
    return new Date(this.#invocation.time);
  }

  getTxTimestamp(): { seconds: number; nanos: number } {
    const millis = this.getDateTimestamp().getTime();
    return { seconds: Math.floor(millis / 1000), nanos: (millis % 1000) * 1_000_000 };
  }

  getState(key: string): Promise<Buffer> {
    return Promise.resolve(this.#recording.read(PUBLIC, key));
  }

  async putState(key: string, value: Uint8Array | string): Promise<void> {
    assertKey(key);
    this.#recording.write(PUBLIC, key, bytesOf(value));
    return Promise.resolve();
  }

  async deleteState(key: string): Promise<void> {
    this.#recording.write(PUBLIC, key, undefined);
    return Promise.resolve();
  }

  getStateByRange(start: string, end: string): Iteration {
    const checked = this.#simpleRange(start, end);
    return iterate(checked.then(range => this.#recording.range(range)));
  }

  getStateByRangeWithPagination(start: string, end: string, pageSize: number, bookmark = ""): PagedIteration {
    const checked = this.#simpleRange(bookmark === "" ? start : bookmark, end);
    return iterate(checked.then(range => this.#recording.page(range, pageSize)));
  }

  getStateByPartialCompositeKey(type: string, attributes: readonly string[]): Iteration {
    const range = { namespace: PUBLIC, ...rangeBelow(compositeKey(type, attributes)) };
    return iterate(this.#recording.range(range));
  }
  getStateByPartialCompositeKeyWithPagination(
    type: string,
    attributes: readonly string[],
    pageSize: number,
    bookmark = "",
  ): PagedIteration {
    const { start, end } = rangeBelow(compositeKey(type, attributes));
    return iterate(this.#recording.page({ namespace: PUBLIC, start: bookmark || start, end }, pageSize));
  }

  createCompositeKey(type: string, attributes: string[]): string {
    return compositeKey(type, attributes);
  }

  splitCompositeKey(key: string) {
    return splitCompositeKey(key);
  }

  setEvent(name: string, payload: Uint8Array | string): void {
    if (typeof name !== "string" || name === "") throw new Error("Event name must be a non-empty string");
    this.#event = { name, payload: bytesOf(payload) };
  }

  async setStateValidationParameter(key: string, policy: Uint8Array): Promise<void> {
    assertKey(key);
    this.#recording.write(POLICIES, key, bytesOf(policy));
    return Promise.resolve();
  }

  async getStateValidationParameter(key: string): Promise<Buffer> {
    return Promise.resolve(this.#recording.read(POLICIES, key));
  }

  async getPrivateData(collection: string, key: string): Promise<Buffer> {
    assertPrivate(collection, key);
    return Promise.resolve(this.#recording.readPrivate(collection, key));
  }

  async getPrivateDataHash(collection: string, key: string): Promise<Buffer> {
    assertPrivate(collection, key);
    return Promise.resolve(this.#recording.read(hashesOf(collection), sha256(key)));
  }

  async putPrivateData(collection: string, key: string, value: Uint8Array | string): Promise<void> {
    assertPrivate(collection, key);
    assertKey(key);
    this.#writePrivate(collection, key, bytesOf(value));
    return Promise.resolve();
  }

  async deletePrivateData(collection: string, key: string): Promise<void> {
    assertPrivate(collection, key);
    this.#writePrivate(collection, key, undefined);
    return Promise.resolve();
  }

  async purgePrivateData(collection: string, key: string): Promise<void> {
    return this.deletePrivateData(collection, key);
  }

  getPrivateDataByRange(collection: string, start: string, end: string): Iteration {
    const range = { namespace: privateOf(collection), start: start || FIRST_SIMPLE_KEY, end };
    return iterate(this.#recording.privateRange(range));
  }

  getPrivateDataByPartialCompositeKey(collection: string, type: string, attributes: string[]): Iteration {
    const { start, end } = rangeBelow(compositeKey(type, attributes));
    return this.getPrivateDataByRange(collection, start, end);
  }

  getQueryResult(): never {
    throw new Error("ExecuteQuery not supported for leveldb");
  }

  getHistoryForKey(): never {
    throw new Error("history database not enabled");
  }

  async invokeChaincode(name: string): Promise<never> {
    return Promise.reject(new Error(`chaincode ${name} not found: this ledger runs one contract`));
  }

  #simpleRange(start: string, end: string): Promise<Range> {
    try {
      assertSimpleKey(start);
      assertSimpleKey(end);
      return Promise.resolve({ namespace: PUBLIC, start: start || FIRST_SIMPLE_KEY, end });
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  #writePrivate(collection: string, key: string, value: Buffer | undefined): void {
    this.#recording.write(privateOf(collection), key, value);
    const hash = value && createHash("sha256").update(value).digest();
    this.#recording.write(hashesOf(collection), sha256(key), hash);
  }
}

function assertPrivate(collection: string, key: string): void {
  if (typeof collection !== "string" || collection === "") throw new Error("collection must be a valid string");
  if (typeof key !== "string" || key === "") throw new Error("key must be a valid string");
}

function bytesOf(value: Uint8Array | string): Buffer {
  if (typeof value === "string") return Buffer.from(value);
  return Buffer.isBuffer(value) ? value : Buffer.from(value);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
