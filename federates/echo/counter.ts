import { z } from "zod";
import { defineFederate } from "../../runtime/index.js";

/** Counts at each of its activations and writes what came back to a file. */
export default defineFederate({
  doc: "Counts at each of its activations and writes what came back to a file.",
  params: z.strictObject({
    step: z.number().default(1).describe("Added at each activation."),
    file: z.string().default("").describe("File of the run folder that each count is written to; none by default."),
  }),
  inputs: { echo: { type: "number", initial: 0 } },
  outputs: { count: { type: "number" } },
  create: params => ({ state: { ...params, count: 0 } }),
  step(state, { seconds, inputs, context }) {
    state.count += state.step;
    if (state.file !== "") context.file(state.file).append(`${seconds},${state.count},${inputs.echo}\n`);
    return { outputs: { count: state.count } };
  },
});
