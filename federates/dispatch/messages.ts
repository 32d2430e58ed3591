import type { Payload } from "../../methods/index.js";

/** What the operator asks of the agents of one federate in one round of a horizon. */
export interface OrderMessage {
  readonly dispatch: "order";
  /** Number of the horizon in this run, from 0. */
  readonly horizon: number;
  /** Day of the case's series that the horizon is. */
  readonly day: number;
  readonly steps: number;
  readonly method: string;
  readonly round: number;
  /** `carryOut` ends the horizon: the payload holds the node's payment, and the agent carries its dispatch out. */
  readonly kind: "ask" | "carryOut";
  readonly orders: readonly NodePayload[];
  /** How many nodes are asked in this round. */
  readonly asked: number;
  /** Under which answers are to be sealed that are only needed in sums. */
  readonly key?: PublicKey;
}

/** A public key of the operator. */
export interface PublicKey {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** What agents of one federate answer to an order; to `carryOut` with nothing in it. */
export interface AnswerMessage {
  readonly dispatch: "answer";
  readonly horizon: number;
  readonly round: number;
  /** How many nodes are asked in this round, as the order says. */
  readonly asked: number;
  /** Of the key under which they are sealed. */
  readonly key?: number;
  readonly answers: readonly NodePayload[];
}

/** What goes to or comes from the agent of one node. */
export interface NodePayload {
  readonly node: number;
  readonly payload: Payload;
}

/**
 * The order in a message.
 * @throws RangeError for what is no order.
 */
export function readOrder(payload: unknown): OrderMessage {
  const order = payload as Partial<OrderMessage> | null;
  if (order?.dispatch === "order" && Array.isArray(order.orders)) return order as OrderMessage;
  throw new RangeError(`An agent was sent what is no order: ${shown(payload)}. Link \`orders\` of the operator to it.`);
}

/**
 * The answer in a message.
 * @throws RangeError for what is no answer.
 */
export function readAnswer(payload: unknown): AnswerMessage {
  const answer = payload as Partial<AnswerMessage> | null;
  if (answer?.dispatch === "answer" && Array.isArray(answer.answers)) return answer as AnswerMessage;
  throw new RangeError(`The operator was sent what is no answer: ${shown(payload)}. Link \`answers\` of agents to it.`);
}

const shown = (payload: unknown) => (JSON.stringify(payload) ?? "nothing").slice(0, 80);

/** A payload that shares no array with its source, whose solver may reuse them. */
export function copyPayload(payload: Payload): Payload {
  return Object.fromEntries(
    Object.entries(payload).map(([key, value]) => [key, typeof value === "number" ? value : value.slice()]),
  );
}
