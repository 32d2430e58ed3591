import { jsonSchemaOf, type JsonSchema } from "../runtime/index.js";
import { caseSchema } from "./schema.js";

/** The case format as JSON Schema (draft 2020-12), for editors and other languages. */
export function caseJsonSchema(): JsonSchema {
  return { title: "A gridloom case", ...jsonSchemaOf(caseSchema) } as JsonSchema;
}

/** Text of the published file `case.schema.json`. */
export function caseSchemaText(): string {
  return `${JSON.stringify(caseJsonSchema(), undefined, 2)}\n`;
}
