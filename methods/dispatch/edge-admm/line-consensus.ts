import type { Payload } from "../coordination.js";
import type { PublicProblem } from "../problem.js";
import { lineKey, lineWeights, multiplierKey, tariffConsensus, type Consensus } from "./consensus.js";
import { childrenOf } from "./node-program.js";
import type { PenaltySchedule } from "./penalty-schedule.js";
import { groupedResidual, largestResidual, type LineCopies, type Residual, type Residuals } from "./residuals.js";
import type { EdgeAdmmRules } from "./rules.js";

/** The answers of a round, by node; undefined where a node is silent and its last answer stands. */
export type Answers = readonly (Payload | undefined)[];

/** How the consensus over lines runs besides its published rules. */
export interface ConsensusOptions {
  readonly rules: EdgeAdmmRules;
  /** Over-relaxation a in 1 … 2 of both ends' copies: a·x + (1 − a)·z. The papers have 1. */
  readonly relaxation: number;
  /** Consensus to go on from: another day's, or another method's flows, voltages and prices. */
  readonly start?: Consensus;
}

/**
 * The operator's side of the consensus over lines: it averages the copies of a line's two ends, keeps the averages z, and
 * follows the multipliers that the nodes move themselves.
 */
export class LineConsensus implements Consensus {
  readonly value: Float64Array;
  readonly multiplier: Float64Array;
  /** Penalty of the last round, and what it cost the nodes: without and with their disagreement. */
  penalty = NaN;
  cost = 0;
  objective = 0;
  /** Errors of the last round, in the unit of the rules' tolerance. */
  residuals: Residuals = { primal: Infinity, dual: Infinity };
  private rounds = 0;
  private readonly schedule: PenaltySchedule;
  private readonly start: Consensus;
  private readonly copies: LineCopies;
  private readonly last: LineCopies;
  private readonly measure: Residual;
  private readonly weights: Float64Array;
  private readonly linesOf: readonly (readonly number[])[];

  constructor(
    private readonly problem: PublicProblem,
    private readonly options: ConsensusOptions,
  ) {
    this.start = options.start ?? tariffConsensus(problem);
    this.value = this.start.value.slice();
    this.multiplier = this.start.multiplier.slice();
    this.schedule = options.rules.schedule();
    this.copies = emptyCopies(this.value.length);
    this.last = emptyCopies(this.value.length);
    this.measure = options.rules.residuals === "grouped" ? groupedResidual(problem) : largestResidual;
    this.weights = lineWeights(options.rules.weights, problem.steps);
    const { parent } = problem.network;
    this.linesOf = childrenOf(parent).map((below, node) => (parent[node] < 0 ? below : [node, ...below]));
  }

  /** What each node is told for its next solution: z of its lines and the penalty; at the start the multipliers too. */
  orders(): Payload[] {
    const values = this.byLine(this.value);
    const multipliers = this.tellsMultipliers() ? this.byLine(this.start.multiplier) : undefined;
    return this.linesOf.map(lines => {
      const order: Record<string, number | Float64Array> = { penalty: this.schedule.penalty };
      for (const line of lines) {
        order[lineKey(line)] = values[line];
        if (multipliers !== undefined) order[multiplierKey(line)] = multipliers[line];
      }
      return order;
    });
  }

  /** An order for each node that asks for no solution. */
  emptyOrders(): Payload[] {
    return this.linesOf.map(() => ({}));
  }

  /** Takes the nodes' copies, measures the errors, and moves consensus, penalty and multipliers. Who is silent keeps its last. */
  take(answers: Answers): void {
    this.last.child.set(this.copies.child);
    this.last.parent.set(this.copies.parent);
    this.collect(answers);
    const change = largestOf(answers, "change");
    const { primal, dual } = this.measure({ copies: this.copies, last: this.last, lastValue: this.value, change });
    const scale = this.options.rules.residualScale;
    this.residuals = { primal: primal * scale, dual: dual * scale };
    this.cost = sumOf(answers, "cost");
    this.objective = sumOf(answers, "objective");
    this.penalty = this.schedule.penalty;
    this.schedule.advance({ index: this.rounds, ...this.residuals, objective: this.objective });
    this.move(this.schedule.penalty);
    this.rounds += 1;
  }

  /** True when the published test holds. */
  hasAgreed(): boolean {
    const { primal, dual } = this.residuals;
    return Math.max(primal, dual) <= this.options.rules.tolerance;
  }

  private tellsMultipliers(): boolean {
    const isLate = this.options.rules.startsWithoutPrices && this.options.start === undefined;
    return this.rounds === (isLate ? 1 : 0);
  }

  private byLine(all: Float64Array): Float64Array[] {
    const width = 3 * this.problem.steps;
    return Array.from(this.problem.network.parent, (_, line) => all.slice(line * width, (line + 1) * width));
  }

  private collect(answers: Answers): void {
    const width = 3 * this.problem.steps;
    this.problem.network.parent.forEach((above, line) => {
      if (above < 0) return;
      const child = answers[line]?.[lineKey(line)];
      const parent = answers[above]?.[lineKey(line)];
      if (child !== undefined) this.copies.child.set(child as Float64Array, line * width);
      if (parent !== undefined) this.copies.parent.set(parent as Float64Array, line * width);
    });
  }

  private move(penalty: number): void {
    const { relaxation } = this.options;
    const { child, parent } = this.copies;
    for (let k = 0; k < this.value.length; k += 1) {
      const mean = 0.5 * (child[k] + parent[k]);
      this.multiplier[k] += penalty * this.weights[k % this.weights.length] * 0.5 * relaxation * (child[k] - parent[k]);
      this.value[k] = relaxation * mean + (1 - relaxation) * this.value[k];
    }
  }
}

function emptyCopies(length: number): LineCopies {
  return { child: new Float64Array(length), parent: new Float64Array(length) };
}

/** Sum of a number over the answers that have it. */
export function sumOf(answers: Answers, key: string): number {
  return answers.reduce((sum, answer) => sum + ((answer?.[key] as number | undefined) ?? 0), 0);
}

function largestOf(answers: Answers, key: string): number {
  return answers.reduce((most, answer) => Math.max(most, (answer?.[key] as number | undefined) ?? 0), 0);
}
