import { z, type ZodType } from "zod";

/** The part of a JSON Schema that we read. */
export interface JsonSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** What a zod schema takes, as JSON Schema (draft 2020-12). */
export function jsonSchemaOf(schema: ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
}

/** The schemas that stand at a path; several where a union on the way has several with that path. */
export function schemasAt(path: readonly PropertyKey[], root: JsonSchema): readonly JsonSchema[] {
  return path.reduce<readonly JsonSchema[]>(
    (schemas, key) => schemas.flatMap(alternatives).flatMap(schema => childOf(schema, key)),
    [root],
  );
}

/** The members of a union, or the schema itself. */
export function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  return schema.anyOf ?? [schema];
}

/** The keys that an object may have at a path. */
export function keysAt(path: readonly PropertyKey[], root: JsonSchema): readonly string[] {
  const objects = schemasAt(path, root).flatMap(alternatives);
  return [...new Set(objects.flatMap(schema => Object.keys(schema.properties ?? {})))];
}

function childOf(schema: JsonSchema, key: PropertyKey): readonly JsonSchema[] {
  if (typeof key === "number") return schema.items === undefined ? [] : [schema.items];
  const named = schema.properties?.[String(key)];
  if (named !== undefined) return [named];
  return typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : [];
}
