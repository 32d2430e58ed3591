import type { DispatchMethod, DispatchOutcome, DispatchRound, StopReason, StopRule } from "../coordination.js";
import type { AgentModel, PublicProblem } from "../problem.js";
import type { LocalSolver } from "../program.js";
import { ConsensusBounds } from "./bounds.js";
import type { Consensus } from "./consensus.js";
import { LineConsensus, type Answers } from "./line-consensus.js";
import { EdgeAdmmResponder } from "./responder.js";
import { publishedConsensus, type EdgeAdmmRules } from "./rules.js";

/** How the consensus over lines runs; every field may be left out. */
export interface EdgeAdmmOptions {
  /** Left out, the published rules that fit the problem. */
  readonly rules?: EdgeAdmmRules;
  /** Over-relaxation a in 1 … 2 of the nodes' copies: a·x + (1 − a)·z. The papers have 1; 1.9 halves the rounds. */
  readonly relaxation?: number;
  /** Consensus to go on from: the day before, or another method's flows, voltages and prices. */
  readonly start?: Consensus;
  /** Rounds from one certificate to the next when the published test stops the run; a gap is certified in each round. */
  readonly certifyEvery?: number;
}

/** Outcome of the consensus over lines, with what another day may start from. */
export interface EdgeAdmmOutcome extends DispatchOutcome {
  readonly consensus: Consensus;
}

/** The operator's side, which returns its consensus too. */
export type EdgeCoordination = Generator<DispatchRound, EdgeAdmmOutcome, Answers>;

/** The method of both papers, whose outcome tells the consensus too. */
export interface EdgeAdmm extends DispatchMethod {
  coordinate(problem: PublicProblem, rule: StopRule): EdgeCoordination;
}

/**
 * Consensus ADMM over the lines of a radial network, as in the dual-privacy framework and in the trilemma paper: every node
 * has its own copies of its lines' flows and voltages, and the two ends of a line are brought to agree. Rounds count from 0,
 * the first solution, as the papers print them; rounds after the last only ask for what certifies the dispatch.
 */
export function edgeAdmm(options: EdgeAdmmOptions = {}): EdgeAdmm {
  const settled = (problem: PublicProblem) => ({
    relaxation: 1,
    rules: publishedConsensus(problem),
    ...options,
  });
  return {
    name: "edge-admm",
    coordinate: (problem, rule) => coordinate(problem, rule, settled(problem)),
    respond: (model: AgentModel, problem: PublicProblem, solver: LocalSolver) =>
      new EdgeAdmmResponder(model, problem, { ...settled(problem), solver }),
  };
}

type Settled = EdgeAdmmOptions & Required<Pick<EdgeAdmmOptions, "rules" | "relaxation">>;

function* coordinate(problem: PublicProblem, rule: StopRule, options: Settled): EdgeCoordination {
  const lines = new LineConsensus(problem, options);
  const bounds = new ConsensusBounds(problem);
  const history: DispatchOutcome["history"][number][] = [];
  const every = rule.stop === "gap" ? 1 : (options.certifyEvery ?? 10);
  let stop: StopReason | undefined;
  for (let index = 0; stop === undefined; index += 1) {
    const certifies = (index + 1) % every === 0;
    const orders = certifies ? bounds.ask(lines.orders(), lines) : lines.orders();
    const answers = yield {
      index,
      orders,
      certificate: bounds.certificate,
      progress: index > 0 ? progressOf(lines) : {},
    };
    lines.take(answers);
    if (certifies) bounds.take(answers);
    history.push({ ...bounds.certificate, progress: progressOf(lines) });
    stop = reasonToStop(index + 1, { rule, options, lines, bounds });
  }
  if (every > 1) {
    yield* certifyLast(lines, bounds, history.length);
    history[history.length - 1] = { ...bounds.certificate, progress: progressOf(lines) };
  }
  const { certificate, state } = bounds;
  return {
    ...certificate,
    objective: certificate.upperBound,
    rounds: history.length - 1,
    stop: stop ?? "round-limit",
    state,
    history,
    consensus: lines,
  };
}

interface Progress {
  readonly rule: StopRule;
  readonly options: Settled;
  readonly lines: LineConsensus;
  readonly bounds: ConsensusBounds;
}

function reasonToStop(rounds: number, { rule, options, lines, bounds }: Progress): StopReason | undefined {
  if (rule.stop === "gap" && bounds.certificate.gap <= rule.gap) return "gap";
  if (rule.stop === "paper" && lines.hasAgreed()) return "paper";
  const limit = rule.stop === "paper" ? Math.min(rule.maxRounds, options.rules.maxRounds) : rule.maxRounds;
  return rounds >= limit ? "round-limit" : undefined;
}

/** Rounds without a solution: the nodes tell cost and injections of the set-points that they hold, then the bound at their prices. */
function* certifyLast(
  lines: LineConsensus,
  bounds: ConsensusBounds,
  rounds: number,
): Generator<DispatchRound, void, Answers> {
  for (let index = rounds; index < rounds + 2; index += 1) {
    const orders = bounds.ask(lines.emptyOrders(), lines);
    bounds.take(yield { index, orders, certificate: bounds.certificate, progress: progressOf(lines) });
  }
}

function progressOf({ residuals, penalty, cost, objective }: LineConsensus): Readonly<Record<string, number>> {
  return { ...residuals, penalty, cost, objective };
}
