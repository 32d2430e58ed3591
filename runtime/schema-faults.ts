import type { z, ZodType } from "zod";
import type { Fault } from "../broker/wire/index.js";
import { nearestName } from "./nearest.js";
import { jsonSchemaOf, keysAt, schemasAt, type JsonSchema } from "./schema-tree.js";

/** What a value was read by, and how its faults are put. */
export interface FaultWording {
  readonly schema: ZodType;
  /** Where the value stands; faults are named from there. */
  readonly path: string;
  /** What a key that the schema does not know is said to be. */
  readonly stranger: string;
  /** The cure where the schema does not describe what belongs there. */
  readonly cure: string;
}

/** Every fault of a value that a schema has refused: its path, what was found, and what belongs there. */
export function schemaFaults(error: z.ZodError, value: unknown, wording: FaultWording): Fault[] {
  const tree = jsonSchemaOf(wording.schema);
  return error.issues.flatMap(issue => faultsOf(issue, value, { ...wording, tree }));
}

interface Reading extends FaultWording {
  readonly tree: JsonSchema;
}

function faultsOf(issue: z.core.$ZodIssue, root: unknown, reading: Reading): Fault[] {
  const path = formatPath(reading.path, issue.path);
  if (issue.code === "unrecognized_keys") return issue.keys.map(key => unknownKey(issue.path, key, reading));
  if (issue.code === "invalid_key") {
    const problem = `"${String(issue.path.at(-1))}" ${issue.issues[0]?.message ?? "is no name"}.`;
    return [{ path, problem, cure: "Rename it, here and in the links." }];
  }
  const found = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    root,
  );
  const described = schemasAt(issue.path, reading.tree).find(({ description }) => description !== undefined);
  const cure = described?.description ?? reading.cure;
  if (found === undefined) return [{ path, problem: "is missing.", cure }];
  return [{ path, problem: `is ${abbreviate(found)}; ${expectation(issue.message)}.`, cure }];
}

function unknownKey(path: readonly PropertyKey[], key: string, reading: Reading): Fault {
  const known = keysAt(path, reading.tree);
  const meant = nearestName(key, known);
  const cure = meant === undefined ? `Known here: ${known.join(", ")}.` : `Did you mean "${meant}"?`;
  return { path: formatPath(reading.path, [...path, key]), problem: reading.stranger, cure };
}

/** Our own messages are predicates ("takes a date"), those of zod are sentences. */
function expectation(message: string): string {
  const text = message.replace(/^Invalid input: /, "");
  return /^(takes|is) /.test(text) ? `it ${text}` : text.charAt(0).toLowerCase() + text.slice(1);
}

/** A path as people write it: `federates.houses.period`, `links[3].delay`. */
function formatPath(from: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((before, key) => {
    if (typeof key === "number") return `${before}[${key}]`;
    return before === "" ? String(key) : `${before}.${String(key)}`;
  }, from);
}

function abbreviate(value: unknown): string {
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
