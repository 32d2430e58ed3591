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
  const { state, kit } = work;
  const desk = respondersFor(state, order, work);
  if (state.horizon !== order.horizon) for (const agent of state.agents) agent.heard = [];
  const mine = new Map(order.orders.map(({ node, payload }) => [node, payload]));
  const plans: PlanMessage[] = [];
  const isLast = order.kind === "carryOut";
  const costAlone = isLast && state.standsAlone ? kit.costAlone(state.source, order) : undefined;
  for (const agent of state.agents) {
    const payload = mine.get(agent.node);
    const responder = desk.responders.get(agent.node);
    const model = desk.models.get(agent.node);
    agent.answer = undefined;
    if (payload === undefined || responder === undefined || model === undefined) continue;
    if (isLast) {
      const settled = { model, x: responder.dispatch(), payment: payload.payment as number, alone: costAlone?.(agent) };
      plans.push(carryOut(state, order, { ...settled, problem: desk.problem }));
      agent.answer = {};
      agent.heard = [];
    } else {
      agent.answer = copyPayload(responder.answer(payload));
      agent.heard.push(copyPayload(payload));
    }
  }
  state.horizon = order.horizon;
  state.round = order.round;
  desk.round = order.round;
  return plans;
}

interface Settled {
  readonly problem: PublicProblem;
  readonly model: AgentModel;
  readonly x: Float64Array;
  readonly payment: number;
  readonly alone: number | undefined;
}

/** Keeps the set-points of an agent for the horizon and tells its plan. */
function carryOut(
  state: AgentsState,
  order: OrderMessage,
  { problem, model, x, payment, alone }: Settled,
): PlanMessage {
  const { horizon, day, steps } = order;
  const kept = state.schedule?.horizon === horizon ? state.schedule.setpoints : {};
  const setpoints = { ...kept, [model.node]: setpointsOf(model, x, problem.powerUnit === "MW" ? 1000 : 1) };
  state.schedule = { horizon, steps, setpoints };
  const plan = planOf(model, x, { payment, costScale: problem.costScale });
  return { dispatch: "plan", horizon, day, ...plan, ...(alone !== undefined && { alone }) };
}
