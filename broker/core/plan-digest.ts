import { createHash } from "node:crypto";
import type { Plan } from "./plan.js";

/** A digest of a federation: two processes that have the same one mean the same federates, ports and links. */
export function planDigest({
  federates,
  links,
  until,
  ticksPerSecond,
  maxIterations,
  maxActivationsPerSecond,
}: Plan): string {
  const shapes = federates.map(({ shape }) => shape);
  const joins = links.map(({ from, to, kind, delay }) => [from, to, kind, delay]);
  const text = JSON.stringify([shapes, joins, until, ticksPerSecond, maxIterations, maxActivationsPerSecond]);
  return createHash("sha256").update(text).digest("hex");
}
