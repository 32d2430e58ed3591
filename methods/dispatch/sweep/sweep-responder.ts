import { costOf, dot, injectionOf, vectorOf } from "../answer.js";
import type { Payload, Responder } from "../coordination.js";
import type { AgentModel } from "../problem.js";
import { BundleResponder } from "../price-bundle/index.js";
import type { LocalSolver, PreparedProgram, QuadraticProgram } from "../program.js";

/**
 * The agent's side: it answers prices with the injection that is best for it when leaving the centre costs something, and
 * with its least cost at the prices alone, which is its part of the lower bound. It keeps its last and its best set-points.
 * In a stage it offers like an agent of the price bundle, tolls and distance from the centre among its costs.
 */
export class SweepResponder implements Responder {
  private readonly free: PreparedProgram;
  private readonly linear: Float64Array;
  private held: PreparedProgram;
  private penalty = NaN;
  private last: Float64Array;
  private best: Float64Array;
  private stage: BundleResponder | undefined;

  constructor(
    private readonly model: AgentModel,
    private readonly solver: LocalSolver,
  ) {
    this.free = solver.prepare(model.program);
    this.held = this.free;
    this.linear = new Float64Array(model.program.linear.length);
    this.last = new Float64Array(model.program.linear.length);
    this.best = this.last;
  }

  answer(order: Payload): Payload {
    if (order.keep === 1) this.best = this.last;
    if (order.end === 1) return {};
    if (order.activeToll !== undefined) this.open(order);
    if (this.stage && order.judge !== 1) return this.stage.answer(order);
    const least = this.leastCost(order);
    this.last = this.stage ? this.stage.dispatch().slice() : this.respond(order);
    return {
      flexible: this.model.isFlexible ? 1 : 0,
      least,
      cost: costOf(this.model.program, this.last),
      active: injectionOf(this.last, this.model.active, this.model.activeLoad),
      reactive: injectionOf(this.last, this.model.reactive, this.model.reactiveLoad),
    };
  }

  /** min of cost − price · injection. */
  private leastCost(order: Payload): number {
    const { activeLoad, reactiveLoad } = this.model;
    const activePrice = vectorOf(order, "activePrice");
    const reactivePrice = vectorOf(order, "reactivePrice");
    this.putPrices(activePrice, reactivePrice);
    return this.free.solve(this.linear).objective + dot(activePrice, activeLoad) + dot(reactivePrice, reactiveLoad);
  }

  /** Set-points of least cost − price · injection + ½·penalty·|injection − centre|². */
  private respond(order: Payload): Float64Array {
    const { active, reactive, activeLoad, reactiveLoad } = this.model;
    this.holdWith(order.penalty as number);
    const { activeCentre, reactiveCentre } = order as Record<string, Float64Array | undefined>;
    if (activeCentre) this.pull(active, activeLoad, activeCentre);
    if (reactiveCentre) this.pull(reactive, reactiveLoad, reactiveCentre);
    return this.held.solve(this.linear).x.slice();
  }

  /** Opens a stage: the program with tolls on the injection and a penalty on its distance from the centre. */
  private open(order: Payload): void {
    const { model } = this;
    const { program } = model;
    const penalty = order.penalty as number;
    const [curvature, linear] = [program.curvature.slice(), program.linear.slice()];
    let constant = program.constant;
    for (const [toll, centre, places, load] of [
      [vectorOf(order, "activeToll"), vectorOf(order, "activeCentre"), model.active, model.activeLoad],
      [vectorOf(order, "reactiveToll"), vectorOf(order, "reactiveCentre"), model.reactive, model.reactiveLoad],
    ] as const) {
      places.forEach((place, t) => {
        const held = centre[t] + load[t];
        curvature[place] += penalty;
        linear[place] -= toll[t] + penalty * held;
        constant += toll[t] * load[t] + 0.5 * penalty * held * held;
      });
    }
    const tolled: QuadraticProgram = { ...program, curvature, linear, constant };
    this.stage = new BundleResponder({ ...model, program: tolled }, this.solver, "hour1");
  }

  private pull(places: Int32Array, load: Float64Array, centre: Float64Array): void {
    for (let t = 0; t < places.length; t++) this.linear[places[t]] -= this.penalty * (centre[t] + load[t]);
  }

  private putPrices(activePrice: Float64Array, reactivePrice: Float64Array): void {
    this.linear.set(this.model.program.linear);
    const { active, reactive } = this.model;
    for (let t = 0; t < active.length; t++) {
      this.linear[active[t]] -= activePrice[t];
      this.linear[reactive[t]] -= reactivePrice[t];
    }
  }

  private holdWith(penalty: number): void {
    if (penalty === this.penalty) return;
    this.penalty = penalty;
    const curvature = this.model.program.curvature.slice();
    for (const place of this.model.active) curvature[place] += penalty;
    for (const place of this.model.reactive) curvature[place] += penalty;
    this.held = this.solver.prepare({ ...this.model.program, curvature });
  }

  dispatch(): Float64Array {
    return this.best;
  }

  save(): unknown {
    return { last: this.last, best: this.best };
  }

  restore(state: unknown): void {
    ({ last: this.last, best: this.best } = state as { last: Float64Array; best: Float64Array });
  }
}
