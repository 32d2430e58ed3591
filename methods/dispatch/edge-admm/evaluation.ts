import { costOf, dot, injectionOf, vectorOf } from "../answer.js";
import type { Payload } from "../coordination.js";
import type { AgentModel } from "../problem.js";
import type { LocalSolver, PreparedProgram } from "../program.js";

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

  /** @param x Set-points of the agent's own program. */
  answer(order: Payload, x: Float64Array): Payload {
    const { model } = this;
    return {
      leastCost: this.leastCost(vectorOf(order, "activePrice"), vectorOf(order, "reactivePrice")),
      ownCost: costOf(model.program, x),
      active: injectionOf(x, model.active, model.activeLoad),
      reactive: injectionOf(x, model.reactive, model.reactiveLoad),
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
    for (let t = 0; t < active.length; t += 1) {
      this.linear[active[t]] -= activePrice[t];
      this.linear[reactive[t]] -= reactivePrice[t];
    }
    return this.prepared.solve(this.linear).objective + dot(activePrice, activeLoad) + dot(reactivePrice, reactiveLoad);
  }
}
