import type { Namespace } from "./state.js";

/** Something for each key of each namespace. Keys are not joined with their namespaces: that would hash thousands of them anew. */
export class KeyMap<T> {
  readonly #spaces = new Map<Namespace, Map<string, T>>();

  get(namespace: Namespace, key: string): T | undefined {
    return this.#spaces.get(namespace)?.get(key);
  }

  has(namespace: Namespace, key: string): boolean {
    return this.#spaces.get(namespace)?.has(key) ?? false;
  }

  set(namespace: Namespace, key: string, value: T): void {
    let space = this.#spaces.get(namespace);
    if (space === undefined) this.#spaces.set(namespace, (space = new Map<string, T>()));
    space.set(key, value);
  }

  delete(namespace: Namespace, key: string): void {
    this.#spaces.get(namespace)?.delete(key);
  }

  /** All of a namespace; undefined where nothing was ever set. */
  space(namespace: Namespace): ReadonlyMap<string, T> | undefined {
    return this.#spaces.get(namespace);
  }

  get size(): number {
    let size = 0;
    for (const space of this.#spaces.values()) size += space.size;
    return size;
  }

  /** All values, in the order in which their namespaces and keys were first set. */
  *values(): Generator<T, void> {
    for (const space of this.#spaces.values()) yield* space.values();
  }

  *entries(): Generator<readonly [Namespace, string, T], void> {
    for (const [namespace, space] of this.#spaces) for (const [key, value] of space) yield [namespace, key, value];
  }
}
