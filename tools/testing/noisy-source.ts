import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { defineFederate } from "../../runtime/index.js";

/** Wall-clock milliseconds of each step, so that a test can catch a run at work; they change no result. */
const DELAY_MS = Number(process.env.GRIDLOOM_TEST_DELAY_MS ?? 0);

/** A source of random values and messages that writes everything it hears to a file. */
export default defineFederate({
  params: z.strictObject({ failAt: z.number().default(Infinity) }),
  inputs: { back: { type: "number", initial: 0 } },
  outputs: { value: { type: "number" }, note: { type: "message" } },
  create(params, context) {
    context.file("source.csv").append("seconds,value,back\n");
    return { state: { ...params, offset: context.stream("noise").normal(0, 1), steps: 0 } };
  },
  async step(state, { seconds, inputs, context }) {
    if (DELAY_MS > 0) await sleep(DELAY_MS);
    if (seconds >= state.failAt) throw new Error(`it is ${seconds} s`);
    state.steps++;
    const value = state.offset + context.stream("noise").normal(0, 1) + inputs.back / 1000;
    context.file("source.csv").append(`${seconds},${value},${inputs.back}\n`);
    const note = { output: "note", payload: { step: state.steps, value } } as const;
    return { outputs: { value }, messages: state.steps % 3 === 0 ? [note] : [] };
  },
  close(state, context) {
    context.log("info", "closed", { steps: state.steps });
  },
});
