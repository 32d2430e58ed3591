import type { PlayScript, Grant, Deeds } from "./client.js";
/** Number of grants of a federate and the last of them, where writing them all would be too long. */
export interface GrantCount {
  readonly grants: number;
  readonly last: string;
}

/** One timing scenario of the HELICS test suite, and how it looks under our rules. */
export interface HelicsScenario {
  readonly id: string;
  /** The HELICS test. */
  readonly test: string;
  readonly verdict: "same" | "differs" | "left out";
  /** How it is written here, the rule that makes the difference, or the feature that is left out. */
  readonly note: string;
  readonly script?: PlayScript;
  /** Grants of each federate under our rules. */
  readonly grants?: Readonly<Record<string, string | GrantCount>>;
  /** The drawing that is refused, where the refusal is what HELICS expects too. */
  readonly refused?: string;
}

export const nextTick = "1 tick of delay: seen after the time at which it was published";
export const sameTime = "same-time link";
export const bothWays = "same-time link one way, 1 tick of delay back";

/** Does something at each of the times 0, 1, ... `last`. */
export function atEachSecond(last: number, deeds: (time: number) => Deeds): () => (grant: Grant) => Deeds {
  return () => grant => ({ ...deeds(grant.time), ask: grant.time < last ? grant.time + 1 : undefined });
}
