import { z } from "zod";
import { admitPackets } from "../../methods/index.js";
import { defineFederate, type Context } from "../../runtime/index.js";
import { balancingAt, balancingFaults, balancingParams, createBalancing, type Balancing } from "./balancing.js";
import { readRequest, type PacketAnswered, type PacketAsked } from "./messages.js";

const params = z.strictObject({
  /** What the houses together may draw. */
  balancing: balancingParams,
  /** False accepts every request. */
  enabled: z.boolean().default(true),
  /** Length of the windows that are reported. */
  windowSeconds: z.number().positive().default(300),
});

/** What the coordinator reports of a window: power of the houses as it saw it, and what it may be, kW. */
export interface PowerWindow {
  readonly powerAvgKw: number;
  readonly powerMaxKw: number;
  readonly balancingKw: number;
}

interface State {
  readonly balancing: Balancing;
  readonly enabled: boolean;
  readonly windowSeconds: number;
  nextWindow: number;
  /** Integral of the power over the window in W s, its maximum, and what holds since when. */
  energyWs: number;
  maxW: number;
  powerW: number;
  since: number;
}

/** The packet coordinator: answers requests, in random order, so that the houses stay below the balancing signal. */
export default defineFederate({
  doc: "Coordinator that admits packets under a power cap.",
  params,
  inputs: {
    requests: { type: "message", wakes: "any", doc: "`PacketAsked`." },
    premisesPower: { type: "number", unit: "W", doc: "At the meter of all houses, when the feeder was last solved." },
    loadChange: { type: "number", unit: "W", initial: 0, doc: "What the houses draw more than they did then." },
  },
  outputs: {
    answers: { type: "message", doc: "`PacketAnswered`, in the order of the decisions." },
    power: { type: "number", unit: "W", doc: "Measured power of the houses." },
    balancing: { type: "number", unit: "W", doc: "What it may be." },
    window: { type: "json", doc: "`PowerWindow` of each window." },
  },
  check: ({ balancing }, { folder }) => balancingFaults(balancing, folder),
  create({ balancing, enabled, windowSeconds }, { folder }) {
    const state: State = {
      balancing: createBalancing(balancing, folder),
      enabled,
      windowSeconds,
      nextWindow: windowSeconds,
      ...{ energyWs: 0, maxW: 0, powerW: 0, since: 0 },
    };
    return { state };
  },
  step(state, { seconds, inputs, context }) {
    const measuredW = Math.round(inputs.premisesPower + inputs.loadChange);
    const balancingW = balancingAt(state.balancing, seconds);
    observePower(state, measuredW, seconds);
    const window = closeWindow(state, balancingW, seconds);
    const requests = inputs.requests.map(({ payload }) => readRequest(payload));
    const answers = requests.length === 0 ? [] : decide(state, requests, { measuredW, balancingW, context });
    return {
      outputs: { power: measuredW, balancing: balancingW, ...(window !== undefined && { window }) },
      messages: answers.map(payload => ({ output: "answers" as const, payload })),
    };
  },
});

interface Decision {
  readonly measuredW: number;
  readonly balancingW: number;
  readonly context: Context;
}

function decide(
  { enabled }: State,
  requests: readonly PacketAsked[],
  { measuredW, balancingW, context }: Decision,
): PacketAnswered[] {
  const ordered = context.stream("order").shuffle(requests);
  const capW = enabled ? balancingW : Infinity;
  const isPublished = context.behaviour === "published";
  const { accepted, estimateW } = admitPackets(ordered, { capW, measuredW, isPublished });
  return ordered.map(({ house }, k) => ({
    packet: "answer",
    house,
    accepted: accepted[k],
    estimateW: estimateW[k],
    measuredW,
  }));
}

function observePower(state: State, powerW: number, seconds: number): void {
  state.energyWs += state.powerW * (seconds - state.since);
  state.powerW = powerW;
  state.since = seconds;
  if (seconds < state.nextWindow) state.maxW = Math.max(state.maxW, powerW);
}

/** The report of the window that ends now; power holds from one observation to the next. */
function closeWindow(state: State, balancingW: number, seconds: number): PowerWindow | undefined {
  if (seconds < state.nextWindow) return undefined;
  const powerAvgKw = state.energyWs / state.windowSeconds / 1000;
  const report = { powerAvgKw, powerMaxKw: state.maxW / 1000, balancingKw: balancingW / 1000 };
  state.nextWindow += state.windowSeconds;
  state.energyWs = 0;
  state.maxW = state.powerW;
  return report;
}
