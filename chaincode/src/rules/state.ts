/** World state as a transaction sees it: what was committed before. Own writes are not read back. */
export interface State {
  get(key: string): Promise<string | undefined>;
  put(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** All entries whose composite key begins so, in the order of the keys' bytes. */
  range(type: string, attributes: readonly string[]): AsyncIterable<Entry>;
  /** As `range`, in pages; for queries only. */
  page(type: string, attributes: readonly string[], at: PageRequest): Promise<Page>;
}

export interface Entry {
  readonly key: string;
  readonly value: string;
}

export interface PageRequest {
  readonly limit: number;
  /** Where the page before ended; empty for the first. */
  readonly bookmark: string;
}

export interface Page {
  readonly entries: readonly Entry[];
  /** Empty after the last page. */
  readonly bookmark: string;
}

/** A key as Fabric composes it: U+0000, type and attributes, each followed by U+0000. */
export function compositeKey(type: string, ...attributes: readonly string[]): string {
  return `\u0000${[type, ...attributes].map(part => `${part}\u0000`).join("")}`;
}

/** Attributes of a composite key, without its type. */
export function keyAttributes(key: string): string[] {
  return key.split("\u0000").slice(2, -1);
}

/** A counter as a part of keys, so that their order is that of the numbers. */
export function ordered(counter: string | bigint): string {
  return String(counter).padStart(12, "0");
}
