import type { Entry } from "./state.js";

/** What a range query found; the bookmark is where the next page begins, empty after the last. */
export interface Page {
  readonly entries: readonly Entry[];
  readonly bookmark: string;
}

/** An entry as contracts see it. */
export interface KeyValue {
  readonly namespace: string;
  readonly key: string;
  readonly value: Buffer;
}

/** The shim's iterator. */
export interface KeyValueIterator {
  next(): Promise<IteratorResult<KeyValue, undefined>>;
  close(): Promise<void>;
}

/** A promise of an iterator that may itself be iterated, as the shim returns it. */
export type Iteration = Promise<KeyValueIterator> & AsyncIterable<KeyValue>;

/** A page of an iteration with its bookmark. */
export type PagedIteration = Promise<{
  readonly iterator: KeyValueIterator;
  readonly metadata: { readonly fetchedRecordsCount: number; readonly bookmark: string };
}> &
  AsyncIterable<KeyValue>;

/**
 * Gives a page in the shape of the shim: with pagination `{ iterator, metadata }`, without it the iterator. Whoever
 * iterates never looks at the promise, so that its failure is not left unhandled.
 */
export function iterate(page: Promise<Page>): Iteration & PagedIteration {
  const promise = page.then(({ entries, bookmark }) => {
    const iterator = iteratorOver(entries);
    return Object.assign(iterator, { iterator, metadata: { fetchedRecordsCount: entries.length, bookmark } });
  });
  promise.catch(() => undefined);
  const iterable: AsyncIterable<KeyValue> = {
    async *[Symbol.asyncIterator]() {
      yield* (await page).entries.map(toKeyValue);
    },
  };
  return Object.assign(promise, iterable);
}

function iteratorOver(entries: readonly Entry[]): KeyValueIterator {
  let next = 0;
  return {
    next: () => {
      const entry = entries.at(next);
      next++;
      return Promise.resolve(
        entry === undefined ? { done: true, value: undefined } : { done: false, value: toKeyValue(entry) },
      );
    },
    close: () => Promise.resolve(),
  };
}

function toKeyValue({ key, value }: Entry): KeyValue {
  return { namespace: "settlement", key, value };
}
