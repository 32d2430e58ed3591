import type { Payload } from "../../methods/index.js";

/** A round on its way: who was asked what, and who has answered. Plain data; lists are by node. */
export interface Exchange {
  readonly round: number;
  readonly kind: "ask" | "carryOut";
  /** Name of the method that the agents are to use. */
  readonly method: string;
  readonly orders: readonly (Payload | undefined)[];
  readonly answers: (Payload | undefined)[];
  /** How often those who are silent were asked. */
  attempts: number;
  /** Ticks; until then the operator waits. */
  deadline: number;
}

/** How long the operator waits for answers and how often it asks again. */
export interface Patience {
  readonly ticks: number;
  readonly retries: number;
}

/** A round whose orders go out now. */
export function openExchange(
  asked: Pick<Exchange, "round" | "kind" | "method" | "orders">,
  now: number,
  { ticks }: Patience,
): Exchange {
  const answers = asked.orders.map(() => undefined);
  return { ...asked, answers, attempts: 1, deadline: now + ticks };
}

/** Takes an answer in, whenever it comes; the first one of a node counts. */
export function takeAnswer({ orders, answers }: Exchange, node: number, payload: Payload): void {
  if (orders[node] !== undefined) answers[node] ??= payload;
}

/** Nodes that were asked and have not answered, in order. */
export function silentNodes({ orders, answers }: Exchange): number[] {
  return orders.flatMap((order, node) => (order !== undefined && answers[node] === undefined ? [node] : []));
}

/** True when the silent are to be asked once more; their time begins anew. */
export function asksAgain(exchange: Exchange, now: number, { ticks, retries }: Patience): boolean {
  if (exchange.attempts > retries) return false;
  exchange.attempts += 1;
  exchange.deadline = now + ticks;
  return true;
}
