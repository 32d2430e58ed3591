import type { Fault } from "../broker/wire/index.js";
import { schemaFaults } from "../runtime/index.js";
import { caseSchema, type Case } from "./schema.js";

/** A case read by the schema, or its faults. */
export interface SchemaReading {
  readonly case?: Case;
  readonly faults: readonly Fault[];
}

/** Reads a value by the case format; every fault has its path, what was found, and what belongs there. */
export function readBySchema(value: unknown): SchemaReading {
  const parsed = caseSchema.safeParse(value);
  if (parsed.success) return { case: parsed.data, faults: [] };
  const wording = { stranger: "is not part of the format.", cure: "See case.schema.json." };
  const faults = schemaFaults(parsed.error, value, { schema: caseSchema, path: "", ...wording });
  return { faults: faults.map(fault => ({ ...fault, path: fault.path || "case" })) };
}

/**
 * A case that can still be checked when the faults lie outside of federates, links and times: what is at fault
 * is left out or replaced, so that the rest is looked at in the same go.
 */
export function readAround(value: unknown): Case | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const known = Object.entries(value).filter(([key]) => Object.hasOwn(caseSchema.shape, key));
  const standIn = { format: "gridloom-case/1", name: "case", start: "2000-01-01T00:00:00Z" };
  const fitting = known.filter(([key, part]) => caseSchema.shape[key as keyof Case].safeParse(part).success);
  return caseSchema.safeParse({ ...standIn, ...Object.fromEntries(fitting) }).data;
}
