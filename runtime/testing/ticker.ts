import { z } from "zod";
import type { CaseShape } from "../case-shape.js";
import { defineFederate, type AnyFederate } from "../define-federate.js";
import type { Effects } from "../member.js";

/** Counts its steps and what it hears; each takes some wall-clock milliseconds. */
export const ticker = defineFederate({
  params: z.strictObject({ stepMs: z.number().default(5), throwsAt: z.number().optional() }),
  inputs: { heard: { type: "number", optional: true } },
  outputs: { count: { type: "number" } },
  create: params => ({ state: { ...params, steps: 0, sum: 0 } }),
  async step(state, { time, inputs, context }) {
    await new Promise(resolve => setTimeout(resolve, state.stepMs));
    if (time === state.throwsAt) throw new Error("out of breath");
    state.steps++;
    state.sum += (inputs.heard ?? 0) + context.stream("noise").next();
    return { outputs: { count: state.sum } };
  },
});

/** Three tickers that hear each other in a ring, a step a millisecond of simulated time. */
export function tickerCase(throwsAt?: number, until = 10, stepMs = 5): CaseShape {
  const entry = (params: object) => ({ use: "ticker", period: "1ms", params: { stepMs, ...params } });
  return {
    name: "tickers",
    start: "2020-01-01T00:00:00Z",
    until,
    federates: { a: entry({}), b: entry({ throwsAt }), c: entry({}) },
    links: ["a.count -> b.heard", "b.count -> c.heard", { from: "c.count", to: "a.heard", delay: "1ms" }],
  };
}

export const loadTicker = (): Promise<AnyFederate> => Promise.resolve(ticker as unknown as AnyFederate);

/** Effects of a run that writes nothing. */
export const discardEffects: Effects = {
  openFile: () => {
    throw new Error("no file expected");
  },
  log: () => undefined,
};
