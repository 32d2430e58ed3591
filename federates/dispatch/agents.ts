import type { AgentModel, PublicProblem } from "../../methods/index.js";
import type { Context } from "../../runtime/index.js";
import { respondersFor } from "./agent-desk.js";
import type { AgentsState } from "./agents-state.js";
import type { DispatchKit } from "./kit.js";
import { copyPayload, type AnswerMessage, type OrderMessage } from "./messages.js";
import { planOf, setpointsOf, type PlanMessage } from "./plan.js";

/** What the parts of a step share. */
export interface AgentsWork {
  readonly state: AgentsState;
  readonly context: Context;
  readonly kit: DispatchKit;
}

/** What an order leads to: an answer, and plans where it ends the horizon. */
export interface Obeyed {
  readonly answer: AnswerMessage;
  readonly plans: readonly PlanMessage[];
}

/** Answers an order; one that was answered before is answered alike, and one that is outdated not at all. */
export function obey(work: AgentsWork, order: OrderMessage): Obeyed | undefined {
  const { state } = work;
  const { horizon, round } = order;
  if (horizon < state.horizon || (horizon === state.horizon && round < state.round)) return undefined;
  const isRepeated = horizon === state.horizon && round === state.round;
  const plans = isRepeated ? [] : decide(work, order);
  const wanted = new Set(order.orders.map(({ node }) => node));
  const answers = state.agents.flatMap(({ node, answer }) =>
    wanted.has(node) && answer !== undefined ? [{ node, payload: answer }] : [],
  );
  return { answer: { dispatch: "answer", horizon, round, answers }, plans };
}

function decide(work: AgentsWork, order: OrderMessage): PlanMessage[] {
  const { state } = work;
  const desk = respondersFor(state, order, work);
  if (state.horizon !== order.horizon) for (const agent of state.agents) agent.memory = undefined;
  const mine = new Map(order.orders.map(({ node, payload }) => [node, payload]));
  const plans: PlanMessage[] = [];
  for (const agent of state.agents) {
    const payload = mine.get(agent.node);
    const responder = desk.responders.get(agent.node);
    agent.answer = undefined;
    if (payload === undefined || responder === undefined) continue;
    if (order.kind === "carryOut") {
      plans.push(
        carryOut(work, order, { node: agent.node, x: responder.dispatch(), payment: payload.payment as number }),
      );
      agent.answer = {};
      agent.memory = undefined;
    } else {
      agent.answer = copyPayload(responder.answer(payload));
      agent.memory = responder.save();
    }
  }
  state.horizon = order.horizon;
  state.round = order.round;
  desk.round = order.round;
  return plans;
}

interface Settled {
  readonly node: number;
  readonly x: Float64Array;
  readonly payment: number;
}

/** Keeps the set-points of an agent for the horizon and tells its plan. */
function carryOut(work: AgentsWork, order: OrderMessage, { node, x, payment }: Settled): PlanMessage {
  const { state, kit } = work;
  const { horizon, day } = order;
  const problem: PublicProblem = kit.publicProblem(state.source, order);
  const model: AgentModel = kit.agentModel({ problem: state.source, ...agentOf(state, node) }, order);
  const setpoints = setpointsOf(model, x, problem.powerUnit === "MW" ? 1000 : 1);
  state.schedule = { horizon, steps: order.steps, setpoints: { ...state.schedule?.setpoints, [node]: setpoints } };
  return { dispatch: "plan", horizon, day, ...planOf(model, x, { payment, costScale: problem.costScale }) };
}

function agentOf({ agents }: AgentsState, node: number) {
  const agent = agents.find(one => one.node === node);
  if (agent === undefined) throw new RangeError(`There is no agent of node ${node} here.`);
  return agent;
}
