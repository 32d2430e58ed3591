import type { Responder } from "../../methods/index.js";
import type { Context } from "../../runtime/index.js";
import type { AgentsState } from "./agents-state.js";
import type { DispatchKit } from "./kit.js";
import type { OrderMessage } from "./messages.js";

/** Responders at work, by node, as far as the state has heard. They live beside the state, which has what they remember. */
interface Desk {
  readonly horizon: number;
  round: number;
  readonly responders: ReadonlyMap<number, Responder>;
}

const desks = new WeakMap<Context, Desk>();

/** The responders of a federate's agents for the horizon of an order; after a resume they are made anew from what they remember. */
export function respondersFor(
  state: AgentsState,
  order: Pick<OrderMessage, "horizon" | "day" | "steps" | "method">,
  { context, kit }: { readonly context: Context; readonly kit: DispatchKit },
): Desk {
  const known = desks.get(context);
  if (known?.horizon === order.horizon && known.round === state.round) return known;
  const { source } = state;
  const problem = kit.publicProblem(source, order);
  const { method } = kit.method(order.method, problem);
  const responders = state.agents.map(({ node, devices, memory }) => {
    const model = kit.agentModel({ problem: source, node, devices }, order);
    const responder = method.respond(model, problem, kit.solver());
    if (state.horizon === order.horizon && memory !== undefined) responder.restore(memory);
    return [node, responder] as const;
  });
  const desk = { horizon: order.horizon, round: state.round, responders: new Map(responders) };
  desks.set(context, desk);
  return desk;
}
