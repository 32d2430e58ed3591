import { canonical } from "./canonical.js";
import { refuse } from "./errors.js";
import type { State } from "./state.js";

/** What stands under a key. The contract wrote it, so that its form is known. */
export async function load<T>(state: State, key: string): Promise<T | undefined> {
  const text = await state.get(key);
  return text === undefined ? undefined : parseStored<T>(text);
}

/** As `load`, refusing where there is nothing; `what` names it. */
export async function need<T>(state: State, key: string, what: string): Promise<T> {
  return (await load<T>(state, key)) ?? refuse("UNKNOWN", `there is no ${what}.`);
}

export async function save(state: State, key: string, value: object): Promise<void> {
  await state.put(key, canonical(value));
}

/**
 * Writes what may stand there already: true where it was new. Refuses where something else stands there, so that a repeated
 * command changes nothing and a different one of the same name is seen.
 */
export async function saveOnce(state: State, key: string, { value, what }: Named): Promise<boolean> {
  const text = canonical(value);
  const before = await state.get(key);
  if (before === text) return false;
  if (before !== undefined) refuse("CONFLICT", `${what} is on the ledger already, and differs.`);
  await state.put(key, text);
  return true;
}

interface Named {
  readonly value: object;
  readonly what: string;
}

export function parseStored<T>(text: string): T {
  return JSON.parse(text) as T;
}
