import { z } from "zod";
import { isUnit } from "../broker/wire/index.js";
import { defineFederate } from "./define-federate.js";
import type { InputDeclarations, OutputDeclarations } from "./ports.js";

const port = {
  type: z.enum(["number", "complex", "boolean", "string", "vector", "json", "message"]),
  unit: z.string().refine(isUnit, "is no unit of the table").optional(),
  elements: z.array(z.string()).optional(),
  doc: z.string().optional(),
};
const input = z.strictObject({
  ...port,
  wakes: z.enum(["never", "any", "change"]).optional(),
  combine: z.enum(["sum", "min", "max", "mean", "list"]).optional(),
  optional: z.boolean().optional(),
  initial: z.unknown().optional(),
});
const output = z.strictObject({ ...port, starts: z.boolean().optional() });

/** A federate that runs in a program outside and joins by `connect`; its parameters declare its ports. */
export const externalFederate = defineFederate({
  doc: "A federate in a program of its own, which joins the run through the broker.",
  params: z.strictObject({
    inputs: z.record(z.string(), input).default({}),
    outputs: z.record(z.string(), output).default({}),
  }),
  inputs: ({ inputs }): InputDeclarations => inputs,
  outputs: ({ outputs }): OutputDeclarations => outputs,
  checkpoint: false,
  create: () => ({ state: {} }),
  step(_state, { context }) {
    throw new Error(`${context.name} is external: it runs in its own program, behind a broker`);
  },
});

/** The name by which a case uses external federates. */
export const EXTERNAL = "external";
