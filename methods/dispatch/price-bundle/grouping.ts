import type { Payload } from "../coordination.js";
import type { AgentModel } from "../problem.js";

/**
 * Which offers are mixed with common weights, and so need to be known only as sums: `agent` none; `hour1` those of all agents
 * without storage, hour by hour; `hour` besides those of all storages, as one; `sum` everything as one.
 */
export type Grouping = "agent" | "hour1" | "hour" | "sum";

/** How an agent's offers are entered: one for each step, one in a pool, one of its own, or once and for all. */
export type OfferKind = "stepwise" | "pooled" | "own" | "fixed";

const KINDS: readonly OfferKind[] = ["stepwise", "pooled", "own", "fixed"];

/** The kind under which an agent's offers are entered. */
export function offerKind(model: AgentModel, grouping: Grouping): OfferKind {
  if (!model.isFlexible) return "fixed";
  if (grouping === "sum") return "pooled";
  if (grouping === "agent") return "own";
  if (!model.isCoupledInTime) return "stepwise";
  return grouping === "hour" ? "pooled" : "own";
}

/** A kind as a number of a payload, and back. */
export function kindCode(kind: OfferKind): number {
  return KINDS.indexOf(kind);
}

export function kindOf(code: number): OfferKind {
  return KINDS[code];
}

/** True for an answer whose offer is only needed in a sum with others. */
export function isSummed({ offer, kind }: Payload): boolean {
  return offer !== undefined && kindOf(kind as number) !== "own";
}

/** Numbers of an offer before its limits' shares: cost, active and reactive supply, by step or with one cost for all. */
export function offerSize(kind: OfferKind, steps: number): number {
  return (kind === "stepwise" ? 3 : 2) * steps + (kind === "stepwise" ? 0 : 1);
}
