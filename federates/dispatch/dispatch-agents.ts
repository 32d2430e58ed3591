import { z } from "zod";
import { defineFederate, type SetupContext } from "../../runtime/index.js";
import { obey } from "./agents.js";
import type { AgentsState, Schedule } from "./agents-state.js";
import { coded } from "./coded.js";
import { DAY_SECONDS } from "./conversation.js";
import { MASK_NAMES, type DispatchKit } from "./kit.js";
import { readOrder } from "./messages.js";
import { publishedKit } from "./published-kit.js";
import { requireAgents } from "./sources.js";

const agentsParams = z.strictObject({
  problem: z.string().default("problem.json"),
  /** Nodes whose agents these are. */
  nodes: z.array(z.int().nonnegative()).min(1),
  /** Also works out what each node would pay if it stood alone, for its bill to be compared with. */
  alone: z.boolean().default(true),
  /** Behind which mask a cloud solves the agents' programs; with none they solve them themselves. */
  mask: z.enum(MASK_NAMES).default("none"),
});

/**
 * Agents of one node or several: each knows its own devices and tells the operator what the method's answers hold.
 * Once a horizon is settled they publish the set-points of its steps.
 */
export function dispatchAgents(kit: DispatchKit) {
  return defineFederate({
    doc: "Agents of a network's nodes, which keep their devices to themselves and answer the operator's orders.",
    params: agentsParams,
    inputs: { orders: { type: "message", wakes: "any", doc: "`OrderMessage` of the operator." } },
    outputs: ({ nodes }) => {
      const power = { type: "vector", unit: "kW", elements: nodes.map(node => `node ${node}`) } as const;
      return {
        answers: { type: "message", doc: "`AnswerMessage`." },
        plans: { type: "message", doc: "`PlanMessage` of each node and horizon." },
        netPower: { ...power, doc: "What each node gives to the network in the present step; negative for a load." },
        storagePower: { ...power, doc: "What its stores give to the node." },
      };
    },
    create({ nodes, problem, alone, mask }, { folder }) {
      const { source, agents } = requireAgents(folder, { problem, nodes });
      const own = agents.map(({ node, devices }) => ({ node, devices, heard: [], answer: undefined }));
      const state: AgentsState = {
        source,
        agents: own,
        standsAlone: alone,
        mask,
        horizon: -1,
        round: -1,
        schedule: undefined,
      };
      return { state };
    },
    step(state, { time, inputs, context }) {
      const work = { state, context, kit };
      const obeyed = inputs.orders.flatMap(({ payload }) => coded(() => obey(work, readOrder(payload))) ?? []);
      const messages = obeyed.flatMap(({ answer, plans }) => [
        { output: "answers" as const, payload: answer },
        ...plans.map(payload => ({ output: "plans" as const, payload })),
      ]);
      const { schedule, agents } = state;
      if (schedule === undefined) return { messages };
      const now = stepAt(schedule, time, context);
      const nodes = agents.map(({ node }) => node);
      return { messages, outputs: now.isOver ? undefined : outputsAt(schedule, nodes, now.step), wakeAt: now.next };
    },
  });
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
