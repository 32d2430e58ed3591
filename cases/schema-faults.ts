import type { z } from "zod";
import type { Fault } from "../broker/wire/index.js";
import { alternatives, schemasAt } from "./json-schema.js";
import { nearestName } from "./nearest.js";
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
  return { faults: parsed.error.issues.flatMap(issue => faultsOf(issue, value)) };
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

function faultsOf(issue: z.core.$ZodIssue, root: unknown): Fault[] {
  const where = formatPath(issue.path);
  if (issue.code === "unrecognized_keys") return issue.keys.map(key => unknownKey(issue.path, key));
  if (issue.code === "invalid_key") {
    const problem = `"${String(issue.path.at(-1))}" ${issue.issues[0]?.message ?? "is no name"}.`;
    return [{ path: where, problem, cure: "Rename it, here and in the links." }];
  }
  const found = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    root,
  );
  const cure = cureAt(issue.path);
  if (found === undefined) return [{ path: where, problem: "is missing.", cure }];
  return [{ path: where, problem: `is ${abbreviate(found)}; ${expectation(issue.message)}.`, cure }];
}

/** Our own messages are predicates ("takes a date"), those of zod are sentences. */
function expectation(message: string): string {
  const text = message.replace(/^Invalid input: /, "");
  return /^(takes|is) /.test(text) ? `it ${text}` : text.charAt(0).toLowerCase() + text.slice(1);
}

function unknownKey(path: readonly PropertyKey[], key: string): Fault {
  const known = [
    ...new Set(
      schemasAt(path)
        .flatMap(alternatives)
        .flatMap(schema => Object.keys(schema.properties ?? {})),
    ),
  ];
  const meant = nearestName(key, known);
  const cure = meant === undefined ? `Known here: ${known.join(", ")}.` : `Did you mean "${meant}"?`;
  return { path: formatPath([...path, key]), problem: "is not part of the format.", cure };
}

function cureAt(path: readonly PropertyKey[]): string {
  const schemas = schemasAt(path);
  const described = schemas.find(schema => schema.description !== undefined)?.description;
  return described ?? "See case.schema.json.";
}

/** A path as people write it: `federates.houses.period`, `links[3].delay`. */
function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "case";
  return path.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i > 0 ? "." : ""}${String(key)}`)).join("");
}

function abbreviate(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
