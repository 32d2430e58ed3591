import type { AgentModel, PublicProblem, Responder } from "../../methods/index.js";
import { RandomStream, type Context } from "../../runtime/index.js";
import type { AgentsState } from "./agents-state.js";
import type { DispatchKit } from "./kit.js";
import type { OrderMessage } from "./messages.js";
import { OutsourcedSolver } from "./outsourced-solver.js";

/** Responders at work, by node, as far as the state has heard. They live beside the state, which has all that they were asked. */
export interface AgentDesk {
  readonly horizon: number;
  round: number;
  readonly problem: PublicProblem;
  readonly models: ReadonlyMap<number, AgentModel>;
  readonly responders: ReadonlyMap<number, Responder>;
  /** Of agents whose programs workers solve. */
  readonly solvers: ReadonlyMap<number, OutsourcedSolver>;
}

const desks = new WeakMap<Context, AgentDesk>();

/** The responders of a federate's agents for the horizon of an order; after a resume they are made anew and asked the same. */
export function respondersFor(
  state: AgentsState,
  order: Pick<OrderMessage, "horizon" | "day" | "steps" | "method">,
  { context, kit }: { readonly context: Context; readonly kit: DispatchKit },
): AgentDesk {
  const known = desks.get(context);
  if (known?.horizon === order.horizon && known.round === state.round) return known;
  const { source } = state;
  const problem = kit.publicProblem(source, order);
  const { method } = kit.method(order.method, problem, { grouping: state.grouping });
  const models = new Map<number, AgentModel>();
  const responders = new Map<number, Responder>();
  const solvers = new Map<number, OutsourcedSolver>();
  for (const { node, devices, heard, solved } of state.agents) {
    const stream = new RandomStream(context.seed, `${context.name}/mask ${order.horizon} ${node}`);
    const hiding = { mask: state.mask, uniform: () => stream.next() };
    const outsourced = state.hired.pool.workers.length > 0 ? kit.outsourced(hiding, solved) : undefined;
    if (outsourced !== undefined) solvers.set(node, outsourced);
    const solver = outsourced ?? kit.solver(hiding);
    const model = kit.agentModel({ problem: source, node, devices }, order);
    const responder = method.respond(model, problem, solver);
    for (const asked of heard) {
      responder.answer(asked);
      outsourced?.forget();
    }
    models.set(node, model);
    responders.set(node, responder);
  }
  const desk = { horizon: order.horizon, round: state.round, problem, models, responders, solvers };
  desks.set(context, desk);
  return desk;
}
