import { z } from "zod";
import { defineFederate } from "../../runtime/index.js";

/** Publishes what it receives, at once. */
export default defineFederate({
  doc: "Publishes what it receives, at once.",
  params: z.strictObject({}),
  inputs: { in: { type: "number", wakes: "any", initial: 0 } },
  outputs: { out: { type: "number" } },
  create: () => ({ state: {} }),
  step: (_state, { inputs }) => ({ outputs: { out: inputs.in } }),
});
