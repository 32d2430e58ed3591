import { z } from "zod";
import { sameValue, UNITS, type Unit } from "../../broker/wire/index.js";
import { defineFederate, type InputDeclaration, type Message } from "../../runtime/index.js";

const unit = z.enum(Object.keys(UNITS) as [Unit, ...Unit[]]);

const params = z.strictObject({
  /** File in the run folder. */
  file: z
    .string()
    .regex(/^[\w.-]+\.jsonl$/)
    .default("trace.jsonl"),
  /** What to watch. */
  inputs: z.record(
    z.string(),
    z.strictObject({
      type: z.enum(["number", "complex", "boolean", "string", "vector", "json", "message"]),
      unit: unit.optional(),
      elements: z.array(z.string()).optional(),
    }),
  ),
});

type Params = z.output<typeof params>;

/** Names of the inputs, and the value of each that was written last. */
interface TracerState {
  readonly file: string;
  readonly values: readonly string[];
  readonly queues: readonly string[];
  readonly last: Record<string, unknown>;
}

/**
 * Writes what reaches it, one JSON object a line: simulated seconds, input, value; of a message its source too.
 * Of messages it writes all; of values those that differ from the one before. A value that iterates within one time
 * is seen once, as the loop has converged before this federate runs.
 */
export default defineFederate({
  doc: "Writes all items on the links it is given to a JSON lines file.",
  params,
  inputs: ({ inputs }: Params) =>
    Object.fromEntries(
      Object.entries(inputs).map(([name, port]): [string, InputDeclaration] => [
        name,
        { ...port, wakes: "any", optional: true },
      ]),
    ),
  outputs: {},
  create({ file, inputs }) {
    const names = Object.keys(inputs);
    const values = names.filter(name => inputs[name].type !== "message");
    const queues = names.filter(name => inputs[name].type === "message");
    const state: TracerState = { file, values, queues, last: {} };
    return { state };
  },
  step(state, { seconds, inputs, context }) {
    const file = context.file(state.file);
    for (const input of state.values) {
      const value = inputs[input];
      if (value === undefined || sameValue(state.last[input], value)) continue;
      state.last[input] = value instanceof Float64Array ? value.slice() : value;
      file.append(`${JSON.stringify({ time: seconds, input, value: plain(value) })}\n`);
    }
    for (const input of state.queues) {
      for (const { time, source, output, payload } of inputs[input] as readonly Message[]) {
        const at = time / context.ticksPerSecond;
        file.append(`${JSON.stringify({ time: at, input, source, output, payload: plain(payload) })}\n`);
      }
    }
    return undefined;
  },
});

/** A vector as a list; everything else as it is. */
function plain(value: unknown): unknown {
  return value instanceof Float64Array ? [...value] : value;
}
