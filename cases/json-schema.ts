import { z } from "zod";
import { caseSchema } from "./schema.js";

/** The part of a JSON Schema that we read. */
export interface JsonSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** The case format as JSON Schema (draft 2020-12), for editors and other languages. */
export function caseJsonSchema(): JsonSchema {
  return { title: "A gridloom case", ...z.toJSONSchema(caseSchema, { io: "input" }) } as JsonSchema;
}

/** Text of the published file `case.schema.json`. */
export function caseSchemaText(): string {
  return `${JSON.stringify(caseJsonSchema(), undefined, 2)}\n`;
}

/** The schemas that stand at a path; several where a union on the way has several with that path. */
export function schemasAt(path: readonly PropertyKey[], root: JsonSchema = caseJsonSchema()): readonly JsonSchema[] {
  return path.reduce<readonly JsonSchema[]>(
    (schemas, key) => schemas.flatMap(alternatives).flatMap(schema => childOf(schema, key)),
    [root],
  );
}

/** The members of a union, or the schema itself. */
export function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  return schema.anyOf ?? [schema];
}

function childOf(schema: JsonSchema, key: PropertyKey): readonly JsonSchema[] {
  if (typeof key === "number") return schema.items === undefined ? [] : [schema.items];
  const named = schema.properties?.[String(key)];
  if (named !== undefined) return [named];
  return typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : [];
}
