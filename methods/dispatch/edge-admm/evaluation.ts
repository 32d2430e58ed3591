import type { Payload } from "../coordination.js";
import type { AgentModel } from "../problem.js";
import type { LocalSolver, PreparedProgram, QuadraticProgram } from "../program.js";

/** What an agent tells for a certificate: cost and injection of its set-points, and its least cost at a price. */
export class Evaluation {
  private prepared: PreparedProgram | undefined;
  private readonly linear: Float64Array;

  constructor(
    private readonly model: AgentModel,
    private readonly solver: LocalSolver,
  ) {
    this.linear = Float64Array.from(model.program.linear);
  }

  /** @param x Set-points; those of the agent's own program come first. */
  answer(order: Payload, x: Float64Array): Payload {
    const { model } = this;
    return {
      leastCost: this.leastCost(order.activePrice as Float64Array, order.reactivePrice as Float64Array),
      ownCost: objectiveAt(model.program, x),
      active: model.activeLoad.map((load, t) => x[model.active[t]] - load),
      reactive: model.reactiveLoad.map((load, t) => x[model.reactive[t]] - load),
    };
  }

  /** The linear term of the last evaluation, which a solver may start the next from. */
  save(): Float64Array | undefined {
    return this.prepared && this.linear.slice();
  }

  restore(evaluated: Float64Array | undefined): void {
    if (evaluated === undefined) return;
    this.linear.set(evaluated);
    this.prepared ??= this.solver.prepare(this.model.program);
    this.prepared.solve(this.linear);
  }

  /** min over the agent's set-points of cost − price · injection. */
  private leastCost(activePrice: Float64Array, reactivePrice: Float64Array): number {
    const { program, active, reactive, activeLoad, reactiveLoad } = this.model;
    this.prepared ??= this.solver.prepare(program);
    this.linear.set(program.linear);
    let paid = 0;
    for (let t = 0; t < active.length; t += 1) {
      this.linear[active[t]] -= activePrice[t];
      this.linear[reactive[t]] -= reactivePrice[t];
      paid += activePrice[t] * activeLoad[t] + reactivePrice[t] * reactiveLoad[t];
    }
    return this.prepared.solve(this.linear).objective + paid;
  }
}

/** A program's objective at x, of which only the program's own variables count. */
export function objectiveAt({ curvature, linear, constant }: QuadraticProgram, x: Float64Array): number {
  let value = constant;
  for (let i = 0; i < linear.length; i += 1) value += (0.5 * curvature[i] * x[i] + linear[i]) * x[i];
  return value;
}
