import type { AgentModel, Payload, PublicProblem } from "../../methods/index.js";
import type { DenseProgram } from "../../methods/dispatch/kernel/index.js";
import type { Context } from "../../runtime/index.js";
import { respondersFor, type AgentDesk } from "./agent-desk.js";
import type { AgentState, AgentsState } from "./agents-state.js";
import { closeTasks, giveOut, type SentTask } from "./hired-workers.js";
import type { DispatchKit } from "./kit.js";
import { copyPayload, type AnswerMessage, type OrderMessage, type PublicKey } from "./messages.js";
import { SolutionAwaited } from "./outsourced-solver.js";
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
  /** Under which the answer is to be sealed. */
  readonly key?: PublicKey;
  readonly plans: readonly PlanMessage[];
}

/** What a step leads to: orders obeyed, and programs that go to workers first. */
export interface Worked {
  readonly obeyed: readonly Obeyed[];
  readonly tasks: readonly SentTask[];
}

/** Obeys waiting orders, one after another, as far as the workers' solutions allow. */
export function work(duty: AgentsWork): Worked {
  const { state, context } = duty;
  const { hired, waiting } = state;
  const { taken, sent } = closeTasks(hired, context);
  for (const { node, solution } of taken) state.agents.find(agent => agent.node === node)?.solved.push(solution);
  const obeyed: Obeyed[] = [];
  const tasks = [...sent];
  while (waiting.length > 0 && hired.tasks.length === 0) {
    const { answered, programs } = obey(duty, waiting[0]);
    if (programs.length > 0) tasks.push(...giveOut(hired, programs, context));
    else waiting.shift();
    if (answered !== undefined) obeyed.push(answered);
  }
  return { obeyed, tasks };
}

/** A masked program that has to be solved before an order is obeyed. */
interface AwaitedProgram {
  readonly node: number;
  readonly program: DenseProgram;
}

interface Attempt {
  readonly answered?: Obeyed;
  readonly programs: readonly AwaitedProgram[];
}

/** Answers an order; one that was answered before is answered alike, and one that is outdated not at all. */
function obey(duty: AgentsWork, order: OrderMessage): Attempt {
  const { state } = duty;
  const { horizon, round, asked, key } = order;
  if (horizon < state.horizon || (horizon === state.horizon && round < state.round)) return { programs: [] };
  const isRepeated = horizon === state.horizon && round === state.round;
  const { plans, programs } = isRepeated ? { plans: [], programs: [] } : decide(duty, order);
  if (programs.length > 0) return { programs };
  const wanted = new Set(order.orders.map(({ node }) => node));
  const answers = state.agents.flatMap(({ node, answer }) =>
    wanted.has(node) && answer !== undefined ? [{ node, payload: answer }] : [],
  );
  return { answered: { answer: { dispatch: "answer", horizon, round, asked, answers }, plans, key }, programs };
}

interface Decision {
  readonly plans: PlanMessage[];
  readonly programs: AwaitedProgram[];
}

/** Every agent's answer to an order; those who have answered while others waited for workers are not asked again. */
function decide(duty: AgentsWork, order: OrderMessage): Decision {
  const { state } = duty;
  if (!state.isDeciding) begin(state, order);
  const desk = respondersFor(state, order, duty);
  const mine = new Map(order.orders.map(({ node, payload }) => [node, payload]));
  const asked = state.agents.filter(agent => mine.has(agent.node) && agent.answer === undefined);
  const decision: Decision = { plans: [], programs: [] };
  if (order.kind === "carryOut") decision.plans.push(...settle(duty, { order, desk, asked, mine }));
  else {
    for (const agent of asked) {
      const program = respond(agent, desk, mine.get(agent.node) ?? {});
      if (program !== undefined) decision.programs.push({ node: agent.node, program });
    }
  }
  if (decision.programs.length > 0) return decision;
  state.isDeciding = false;
  state.horizon = order.horizon;
  state.round = order.round;
  desk.round = order.round;
  return decision;
}

/** Before an order is obeyed nobody has answered it; a new horizon has heard nothing. */
function begin(state: AgentsState, { horizon }: OrderMessage): void {
  state.isDeciding = true;
  for (const agent of state.agents) {
    agent.answer = undefined;
    if (state.horizon !== horizon) Object.assign(agent, { heard: [], solved: [] });
  }
}

/** Asks an agent; a masked program where it cannot answer before that is solved, in which case it stands as before. */
function respond(agent: AgentState, { responders, solvers }: AgentDesk, order: Payload): DenseProgram | undefined {
  const responder = responders.get(agent.node);
  if (responder === undefined) return undefined;
  const solver = solvers.get(agent.node);
  const before = solver && structuredClone(responder.save());
  try {
    agent.answer = copyPayload(responder.answer(order));
  } catch (error) {
    if (!(error instanceof SolutionAwaited)) throw error;
    responder.restore(before);
    return error.program;
  }
  solver?.forget();
  agent.heard.push(copyPayload(order));
  return undefined;
}

interface Settling {
  readonly order: OrderMessage;
  readonly desk: AgentDesk;
  readonly asked: readonly AgentState[];
  readonly mine: ReadonlyMap<number, Payload>;
}

/** The horizon's end: agents carry out what the method has come to. */
function settle({ state, kit }: AgentsWork, { order, desk, asked, mine }: Settling): PlanMessage[] {
  const costAlone = state.standsAlone ? kit.costAlone(state.source, order) : undefined;
  return asked.flatMap(agent => {
    const [responder, model] = [desk.responders.get(agent.node), desk.models.get(agent.node)];
    if (responder === undefined || model === undefined) return [];
    const payment = mine.get(agent.node)?.payment as number;
    const settled = { problem: desk.problem, model, x: responder.dispatch(), payment, alone: costAlone?.(agent) };
    Object.assign(agent, { answer: {}, heard: [], solved: [] });
    return [carryOut(state, order, settled)];
  });
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
