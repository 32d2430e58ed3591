import { z } from "zod";
import { defineFederate } from "../../runtime/index.js";

/** Names of those that have told their process in their log. */
const announced = new Set<string>();

/** Adds up what it hears, wakes on its own too, and writes everything to a file of its own. */
export default defineFederate({
  params: z.strictObject({}),
  inputs: { value: { type: "number", wakes: "any", initial: 0 }, note: { type: "message", wakes: "any" } },
  outputs: { sum: { type: "number" } },
  create: () => ({ state: { sum: 0, seen: new Float64Array(4) } }),
  step(state, { time, seconds, inputs, context }) {
    if (!announced.has(context.name)) context.log("info", "at work", { pid: process.pid });
    announced.add(context.name);
    state.sum += inputs.value;
    for (const { payload } of inputs.note) state.seen[(payload as { step: number }).step % 4] += 1;
    context.file(`${context.name}.csv`).append(`${seconds},${state.sum},${state.seen.join(" ")}\n`);
    return { outputs: { sum: state.sum }, wakeAt: time + 700 * context.ticksPerSecond };
  },
});
