import { DispatchError, type DispatchOutcome, type Payload } from "../../methods/index.js";
import { networkPayments } from "../../methods/dispatch/central/index.js";
import type { Context } from "../../runtime/index.js";
import { deskOf, type Begun } from "./desk.js";
import { asksAgain, openExchange, silentNodes, type Exchange } from "./exchange.js";
import type { DispatchKit, Horizon, Legacy } from "./kit.js";
import type { OrderMessage, PublicKey } from "./messages.js";
import { patienceOf, type OperatorParams } from "./operator-params.js";
import { addToTotals, reportOf, type HorizonReport, type Totals } from "./outcome.js";
import type { ProblemSource } from "./sources.js";

/** What the operator remembers: plain data. */
export interface OperatorState {
  readonly params: OperatorParams;
  readonly source: ProblemSource;
  readonly totals: Totals;
  /** The horizon that runs or comes next, and the tick at which it begins. */
  horizon: number;
  startsAt: number;
  /** Answers of the horizon's closed rounds, by round and node. */
  heard: (readonly (Payload | undefined)[])[];
  /** Answers of the horizon that were taken over from an earlier round. */
  assumed: number;
  exchange: Exchange | undefined;
  /** What the horizon before has left to this one, and what this one leaves to the next. */
  legacy: Legacy | undefined;
  nextLegacy: Legacy | undefined;
}

/** What the parts of a step share. */
export interface Work {
  readonly state: OperatorState;
  readonly time: number;
  readonly context: Context;
  readonly kit: DispatchKit;
  /** Under which answers are to be sealed. */
  readonly key?: PublicKey;
}

/** A message of the operator. */
export interface SentOrder {
  readonly output: "orders";
  readonly to: string;
  readonly payload: OrderMessage;
}

/** What a step leads to. */
export interface Progress {
  readonly messages: readonly SentOrder[];
  /** Of a horizon whose last orders go out now. */
  readonly report?: HorizonReport;
}

const NOTHING: Progress = { messages: [] };

/** Goes on with the horizon as far as the answers allow: waits, asks again, opens the next round, or ends it. */
export function proceed(work: Work): Progress {
  const { state, time, context } = work;
  const { exchange, params } = state;
  if (exchange === undefined) return time >= state.startsAt && isWithinRun(work) ? nextRound(work) : NOTHING;
  const silent = silentNodes(exchange);
  if (silent.length > 0) {
    if (time < exchange.deadline) return NOTHING;
    if (asksAgain(exchange, time, patienceOf(params, context))) return { messages: ordersTo(work, exchange, silent) };
    assumeAnswers(state, exchange, silent);
  }
  if (exchange.kind === "ask") {
    state.heard.push(exchange.answers);
    return nextRound(work);
  }
  endHorizon(work);
  return NOTHING;
}

/** When the operator has something to do without being told anything; null when it has nothing left to do. */
export function nextWake(work: Work): number | null {
  const { exchange, startsAt } = work.state;
  if (exchange !== undefined) return exchange.deadline;
  return isWithinRun(work) ? startsAt : null;
}

function horizonOf({ params, horizon }: Pick<OperatorState, "params" | "horizon">): Horizon {
  return { day: params.firstDay + horizon, steps: params.steps };
}

/** A horizon is run when it ends by the end of the run. */
function isWithinRun({ state: { startsAt }, context }: Work): boolean {
  return startsAt + DAY_SECONDS * context.ticksPerSecond <= context.until;
}

export const DAY_SECONDS = 86_400;

/** What an outcome leaves to the next horizon: where a consensus stands, from which the next day's may start. */
function legacyOf(outcome: DispatchOutcome & { readonly consensus?: Legacy }): Legacy | undefined {
  if (outcome.consensus === undefined) return undefined;
  const { value, multiplier } = outcome.consensus;
  return { value: value.slice(), multiplier: multiplier.slice() };
}

function endHorizon({ state, context }: Work): void {
  state.horizon += 1;
  state.startsAt += DAY_SECONDS * context.ticksPerSecond;
  state.heard = [];
  state.assumed = 0;
  state.exchange = undefined;
  state.legacy = state.nextLegacy;
}

function nextRound(work: Work): Progress {
  const { state, context } = work;
  const { heard } = state;
  for (;;) {
    const desk = deskOf(state, context, () => begin(work));
    const { method, now } = desk;
    if (now.done === true) return carryOut(work, desk, now.value);
    const { orders } = now.value;
    if (orders.every(order => order === undefined)) heard.push(orders);
    else return { messages: open(work, { kind: "ask", round: heard.length, method: method.name, orders }) };
  }
}

function begin({ state, context, kit }: Work): Begun {
  const { source, params, legacy, heard } = state;
  const problem = kit.publicProblem(source, horizonOf(state));
  const { method, reason } = kit.method(params.method, problem, { legacy });
  if (reason !== undefined && heard.length === 0) context.log("info", reason);
  return { problem, method, reason, coordination: method.coordinate(problem, params) };
}

function carryOut(work: Work, { problem, method, reason = "" }: Begun, outcome: DispatchOutcome): Progress {
  const { state } = work;
  const payments = networkPayments(problem, outcome.state);
  const orders = Array.from(payments, payment => ({ payment }));
  const { horizon, assumed: assumedAnswers, heard } = state;
  const { day } = horizonOf(state);
  const voltageMeasure = state.source.framework === "trilemma" ? "squared" : "linear";
  const circumstances = { horizon, day, method: method.name, reason, voltageMeasure, assumedAnswers } as const;
  const report = reportOf(problem, outcome, circumstances);
  addToTotals(state.totals, report);
  state.nextLegacy = legacyOf(outcome);
  return { messages: open(work, { kind: "carryOut", round: heard.length, method: method.name, orders }), report };
}

function open(work: Work, asked: Pick<Exchange, "kind" | "round" | "method" | "orders">): SentOrder[] {
  const { state, time, context } = work;
  const exchange = openExchange(asked, time, patienceOf(state.params, context));
  state.exchange = exchange;
  return ordersTo(work, exchange, silentNodes(exchange));
}

/** Asks those who have not answered the open round at once: their answers were sealed under a key that is gone. */
export function askAnew(work: Work): Progress {
  const { exchange } = work.state;
  return exchange === undefined ? NOTHING : { messages: ordersTo(work, exchange, silentNodes(exchange)) };
}

function ordersTo(
  { state, key }: Work,
  { kind, round, orders, method }: Exchange,
  nodes: readonly number[],
): SentOrder[] {
  const wanted = new Set(nodes);
  const asked = orders.filter(order => order !== undefined).length;
  const { horizon, params } = state;
  return Object.entries(params.agents).flatMap(([federate, own]) => {
    const mine = own.flatMap(node => {
      const payload = orders[node];
      return payload !== undefined && wanted.has(node) ? [{ node, payload }] : [];
    });
    if (mine.length === 0) return [];
    const payload = {
      dispatch: "order",
      horizon,
      ...horizonOf(state),
      method,
      round,
      kind,
      orders: mine,
      asked,
      ...(key && { key }),
    } as const;
    return [{ output: "orders", to: `${federate}.orders`, payload } as const];
  });
}

/**
 * Lets a round close without some agents' answers, as the case says.
 * @throws DispatchError `AGENT_SILENT` when it does not allow that, or an agent has never answered.
 */
function assumeAnswers(state: OperatorState, exchange: Exchange, silent: readonly number[]): void {
  const { heard, params } = state;
  if (params.onSilence === "stop") {
    const cure = 'Look at logs and links, raise `patience` or `retries`, or let `onSilence` be "last".';
    throw silence(state, exchange, { nodes: silent, cure });
  }
  if (exchange.kind === "carryOut") return;
  const lastOf = (node: number) => heard.findLast(answers => answers[node] !== undefined)?.[node];
  const strangers = silent.filter(node => lastOf(node) === undefined);
  if (strangers.length > 0) {
    const cure = "There is no last answer to go on with. Look at logs and links, or raise `patience` or `retries`.";
    throw silence(state, exchange, { nodes: strangers, cure });
  }
  for (const node of silent) exchange.answers[node] = lastOf(node);
  state.assumed += silent.length;
}

function silence(
  { params, horizon }: OperatorState,
  { attempts, round }: Exchange,
  { nodes, cure }: { readonly nodes: readonly number[]; readonly cure: string },
): DispatchError {
  const [first] = nodes;
  const others = nodes.length === 1 ? "" : `, and ${nodes.length - 1} more,`;
  const has = nodes.length === 1 ? "has" : "have";
  const asked = attempts === 1 ? "once" : `${attempts} times`;
  const problem = `${agentAt(params, first)}${others} ${has} not answered round ${round} of horizon ${horizon}, asked ${asked} with ${params.patience} for each answer.`;
  return new DispatchError("AGENT_SILENT", `${problem} ${cure}`, agentAt(params, first));
}

/** An agent by its node and federate, for people. */
function agentAt({ agents }: OperatorParams, node: number): string {
  const federate = Object.entries(agents).find(([, nodes]) => nodes.includes(node))?.[0] ?? "nobody";
  return `The agent of node ${node} (${federate})`;
}
