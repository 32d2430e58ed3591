import { costOf, vectorOf } from "../answer.js";
import type { Payload, Responder } from "../coordination.js";
import type { AgentModel, PublicProblem } from "../problem.js";
import type { LocalSolver, PreparedProgram, QuadraticProgram } from "../program.js";
import { lineKey, lineWeights, multiplierKey } from "./consensus.js";
import { Evaluation } from "./evaluation.js";
import { nodeProgram, type LinePort } from "./node-program.js";
import type { EdgeAdmmRules } from "./rules.js";

interface ResponderState {
  readonly value: Float64Array;
  readonly multiplier: Float64Array;
  readonly x: Float64Array;
  readonly hasAnswered: boolean;
  readonly penalty: number;
  /** Linear term of the last evaluation; undefined before the first. */
  readonly evaluated?: Float64Array;
}

/**
 * A node's side of the consensus over lines: it keeps its solution x and its multipliers λ, and answers with its copies of
 * its lines' flows and voltages. All port vectors lie one after the other, 3·steps numbers for each line.
 */
export class EdgeAdmmResponder implements Responder {
  private readonly program: QuadraticProgram;
  private readonly ports: readonly LinePort[];
  private readonly ownVariables: number;
  private readonly places: Int32Array;
  private readonly weights: Float64Array;
  private readonly portLength: number;
  private readonly linear: Float64Array;
  private readonly curvature: Float64Array;
  private readonly prepared: PreparedProgram;
  private readonly evaluation: Evaluation;
  private value: Float64Array;
  private multiplier: Float64Array;
  private x: Float64Array;
  private hasAnswered = false;
  private penalty = 0;

  constructor(
    model: AgentModel,
    problem: PublicProblem,
    private readonly options: {
      readonly rules: EdgeAdmmRules;
      readonly relaxation: number;
      readonly solver: LocalSolver;
    },
  ) {
    ({ program: this.program, ports: this.ports, ownVariables: this.ownVariables } = nodeProgram(model, problem));
    this.portLength = 3 * problem.steps;
    this.places = Int32Array.from(this.ports.flatMap(port => [...port.places]));
    const weights = lineWeights(options.rules.weights, problem.steps);
    this.weights = Float64Array.from(this.ports.flatMap(() => [...weights]));
    this.value = new Float64Array(this.places.length);
    this.multiplier = new Float64Array(this.places.length);
    this.x = new Float64Array(this.program.linear.length);
    this.linear = Float64Array.from(this.program.linear);
    this.curvature = Float64Array.from(this.program.curvature);
    this.prepared = options.solver.prepare(this.program);
    this.evaluation = new Evaluation(model, options.solver);
  }

  answer(order: Payload): Payload {
    return {
      ...(order.penalty === undefined ? {} : this.agreeAndSolve(order, order.penalty as number)),
      ...(order.activePrice === undefined ? {} : this.evaluation.answer(order, this.dispatch())),
    };
  }

  private agreeAndSolve(order: Payload, penalty: number): Payload {
    this.ports.forEach((port, p) => {
      this.agree(order, { port, from: p * this.portLength, penalty });
    });
    const { x } = this.solve(penalty);
    const change = largestDifference(x, this.x);
    this.x.set(x);
    this.hasAnswered = true;
    return { ...this.portVectors(), change, ...this.costs(penalty) };
  }

  dispatch(): Float64Array {
    return this.x.slice(0, this.ownVariables);
  }

  save(): ResponderState {
    const { hasAnswered, penalty } = this;
    const vectors = { value: this.value.slice(), multiplier: this.multiplier.slice(), x: this.x.slice() };
    return { ...vectors, hasAnswered, penalty, evaluated: this.evaluation.save() };
  }

  /** Solves the last programs again, so that a solver that starts from its last solution goes on as if never interrupted. */
  restore(state: ResponderState): void {
    this.value = state.value.slice();
    this.multiplier = state.multiplier.slice();
    this.x = state.x.slice();
    this.hasAnswered = state.hasAnswered;
    if (state.hasAnswered) this.solve(state.penalty);
    this.evaluation.restore(state.evaluated);
  }

  /** Takes a line's new consensus z and moves its multipliers: λ + ρ·(a·x + (1 − a)·z_old − z). */
  private agree(order: Payload, { port, from, penalty }: { port: LinePort; from: number; penalty: number }): void {
    const agreed = vectorOf(order, lineKey(port.line));
    const given = order[multiplierKey(port.line)] as Float64Array | undefined;
    const { relaxation } = this.options;
    for (let i = 0; i < this.portLength; i += 1) {
      const k = from + i;
      if (given !== undefined) this.multiplier[k] = port.isChildSide ? given[i] : -given[i];
      if (this.hasAnswered) {
        const relaxed = relaxation * this.x[this.places[k]] + (1 - relaxation) * this.value[k];
        this.multiplier[k] += penalty * this.weights[k] * (relaxed - agreed[i]);
      }
      this.value[k] = agreed[i];
    }
  }

  private solve(penalty: number) {
    this.linear.set(this.program.linear);
    for (let k = 0; k < this.places.length; k += 1) {
      this.linear[this.places[k]] += this.multiplier[k] - penalty * this.weights[k] * this.value[k];
    }
    if (penalty !== this.penalty) this.penalise(penalty);
    return this.prepared.solve(this.linear, this.curvature);
  }

  private penalise(penalty: number): void {
    this.penalty = penalty;
    this.curvature.set(this.program.curvature);
    for (let k = 0; k < this.places.length; k += 1) this.curvature[this.places[k]] += penalty * this.weights[k];
  }

  private portVectors(): Record<string, Float64Array> {
    const vectors: Record<string, Float64Array> = {};
    for (const { line, places } of this.ports) {
      const copies = new Float64Array(places.length);
      for (let i = 0; i < places.length; i += 1) copies[i] = this.x[places[i]];
      vectors[lineKey(line)] = copies;
    }
    return vectors;
  }

  /** The node's cost with its copies of the network, and with what disagreement costs. */
  private costs(penalty: number): { cost: number; objective: number } {
    const cost = costOf(this.program, this.x);
    let objective = cost;
    for (let k = 0; k < this.places.length; k += 1) {
      const difference = this.x[this.places[k]] - this.value[k];
      objective += (this.multiplier[k] + 0.5 * penalty * this.weights[k] * difference) * difference;
    }
    return { cost, objective };
  }
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i += 1) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}
