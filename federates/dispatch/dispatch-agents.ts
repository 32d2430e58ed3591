import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import { defineFederate, type Context, type SetupContext } from "../../runtime/index.js";
import { work, type Obeyed } from "./agents.js";
import type { AgentsState, Schedule } from "./agents-state.js";
import { coded } from "./coded.js";
import { DAY_SECONDS } from "./conversation.js";
import { hire, takeWord } from "./hired-workers.js";
import { GROUPING_NAMES, MASK_NAMES, type DispatchKit } from "./kit.js";
import { readOrder, type AnswerMessage } from "./messages.js";
import { publishedKit } from "./published-kit.js";
import { dropKeys, sealAnswers } from "./sealing.js";
import { requireAgents } from "./sources.js";
import { readSolution } from "./worker-messages.js";

const agentsParams = z.strictObject({
  problem: z.string().default("problem.json"),
  /** Nodes whose agents these are. */
  nodes: z.array(z.int().nonnegative()).min(1),
  /** Also works out what each node would pay if it stood alone, for its bill to be compared with. */
  alone: z.boolean().default(true),
  /** Behind which mask the agents' programs are solved. */
  mask: z.enum(MASK_NAMES).default("none"),
  /** Offers of the price bundle with which an agent's are summed. */
  grouping: z.enum(GROUPING_NAMES).default("hour1"),
  /** With ckks, offers that are only needed in sums leave sealed, and are added before the operator opens them. */
  encrypt: z.enum(["none", "ckks"]).default("none"),
  /** Federates that solve the masked programs; with none the agents do it themselves. */
  workers: z.array(z.string()).default([]),
  /** Workers that solve the same program. */
  redundancy: z.int().positive().default(1),
  /** Largest miss of an optimality condition with which a worker's solution is taken. */
  tolerance: z.number().positive().default(1e-6),
});

const UNMASKED: Fault = {
  path: "params.workers",
  problem: "Workers are to solve programs that no mask hides.",
  cure: "Choose a `mask`, or leave `workers` out.",
};

/**
 * Agents of one node or several: each knows its own devices and tells the operator what the method's answers hold.
 * Once a horizon is settled they publish the set-points of its steps.
 */
export function dispatchAgents(kit: DispatchKit) {
  return defineFederate({
    doc: "Agents of a network's nodes, which keep their devices to themselves and answer the operator's orders.",
    params: agentsParams,
    inputs: {
      orders: { type: "message", wakes: "any", doc: "`OrderMessage` of the operator." },
      solutions: { type: "message", wakes: "any", doc: "`SolutionMessage` of workers." },
    },
    outputs: ({ nodes }) => {
      const power = { type: "vector", unit: "kW", elements: nodes.map(node => `node ${node}`) } as const;
      return {
        answers: { type: "message", doc: "`AnswerMessage`." },
        tasks: { type: "message", doc: "`TaskMessage`, to the worker that it is for." },
        plans: { type: "message", doc: "`PlanMessage` of each node and horizon." },
        netPower: { ...power, doc: "What each node gives to the network in the present step; negative for a load." },
        storagePower: { ...power, doc: "What its stores give to the node." },
      };
    },
    check: ({ mask, workers }) => (workers.length > 0 && mask === "none" ? [UNMASKED] : []),
    create({ nodes, problem, alone, mask, grouping, encrypt, ...hiring }, { folder }) {
      const { source, agents } = requireAgents(folder, { problem, nodes });
      const own = agents.map(({ node, devices }) => ({ node, devices, heard: [], solved: [], answer: undefined }));
      const fresh = { waiting: [], isDeciding: false, horizon: -1, round: -1, schedule: undefined };
      const chosen = { standsAlone: alone, mask, grouping, encrypt, hired: hire(hiring) };
      const state: AgentsState = { source, agents: own, ...chosen, ...fresh };
      return { state };
    },
    step(state, { time, inputs, context }) {
      state.waiting.push(...inputs.orders.map(({ payload }) => readOrder(payload)));
      for (const { payload } of inputs.solutions) takeWord(state.hired, readSolution(payload));
      const { obeyed, tasks } = coded(() => work({ state, context, kit }));
      const tell = (answers: readonly AnswerMessage[]) => {
        const plans = obeyed.flatMap(order => order.plans.map(payload => ({ output: "plans" as const, payload })));
        const answered = answers.map(payload => ({ output: "answers" as const, payload }));
        return { messages: [...answered, ...plans, ...tasks], ...nowCarriedOut(state, time, context) };
      };
      if (state.encrypt === "none") return tell(obeyed.map(({ answer }) => answer));
      return Promise.all(obeyed.map(order => sealed(order, context))).then(tell);
    },
    close: (_state, context) => dropKeys(context),
  });
}

/** An answer as it leaves an agent that tells sums only. */
function sealed({ answer, key }: Obeyed, context: Context): Promise<AnswerMessage> {
  if (key !== undefined) return sealAnswers(answer, key, context);
  throw new RangeError(
    "The operator has sent no key to seal answers with. Let its `encrypt` be ckks, or this agent's none.",
  );
}

/** Set-points of the present step, once there are any, and when the next begins. */
function nowCarriedOut({ schedule, agents }: AgentsState, time: number, context: SetupContext) {
  if (schedule === undefined) return {};
  const now = stepAt(schedule, time, context);
  const nodes = agents.map(({ node }) => node);
  return { outputs: now.isOver ? undefined : outputsAt(schedule, nodes, now.step), wakeAt: now.next };
}

/** Where a time lies in a schedule. */
function stepAt({ horizon, steps }: Schedule, time: number, { ticksPerSecond, until }: SetupContext) {
  const length = (DAY_SECONDS / steps) * ticksPerSecond;
  const begin = horizon * DAY_SECONDS * ticksPerSecond;
  const step = Math.floor((time - begin) / length);
  const next = begin + (step + 1) * length;
  const isOver = step >= steps;
  return { step, isOver, next: isOver || next > until || step + 1 >= steps ? null : next };
}

function outputsAt({ setpoints }: Schedule, nodes: readonly number[], step: number) {
  return {
    netPower: Float64Array.from(nodes, node => setpoints[node]?.net[step] ?? 0),
    storagePower: Float64Array.from(nodes, node => setpoints[node]?.storage[step] ?? 0),
  };
}

export default dispatchAgents(publishedKit);
