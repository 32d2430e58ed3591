import { injectionOf, vectorOf } from "../answer.js";
import type { Payload, Responder } from "../coordination.js";
import type { AgentModel } from "../problem.js";
import type { LocalSolver, PreparedProgram } from "../program.js";
import { type Grouping, kindCode, type OfferKind, offerKind, offerSize } from "./grouping.js";

/** An answer that the agent keeps for itself: its set-points at a price. */
interface Answer {
  readonly round: number;
  readonly x: Float64Array;
}

/**
 * The agent's side: at each price it chooses what is best for it, keeps the set-points, and offers their cost and injection
 * (and their share in the limits that bind). Told the weights, it forms its dispatch from its own answers.
 */
export class BundleResponder implements Responder {
  private readonly kind: OfferKind;
  private readonly program: PreparedProgram;
  private readonly linear: Float64Array;
  private answers: Answer[] = [];
  private mixed: Float64Array;

  constructor(
    private readonly model: AgentModel,
    solver: LocalSolver,
    grouping: Grouping,
    /** What is sent instead of an offer that is only needed in a sum. */
    private readonly seal: (offer: Float64Array) => Float64Array = offer => offer,
  ) {
    this.kind = offerKind(model, grouping);
    this.program = solver.prepare(model.program);
    this.linear = new Float64Array(model.program.linear.length);
    this.mixed = new Float64Array(model.program.linear.length);
  }

  answer(order: Payload): Payload {
    const { active, reactive, activeLoad, reactiveLoad } = this.model;
    const { weights, keep } = order as Record<string, Float64Array | undefined>;
    const reply: Record<string, number | Float64Array> = {};
    if (keep) this.answers = this.answers.filter(({ round }) => keep.includes(round));
    if (weights) {
      this.mixed = this.mix(vectorOf(order, "rounds"), weights);
      reply.active = injectionOf(this.mixed, active, activeLoad);
      reply.reactive = injectionOf(this.mixed, reactive, reactiveLoad);
    }
    if (order.activePrice !== undefined) this.respond(order);
    if (order.offer === 1) {
      reply.kind = kindCode(this.kind);
      const offer = this.offer(order);
      reply.offer = this.kind === "own" ? offer : this.seal(offer);
    }
    return reply;
  }

  /** Set-points of least cost − price · injection. */
  private respond(order: Payload): void {
    const { active, reactive, program } = this.model;
    const activePrice = vectorOf(order, "activePrice");
    const reactivePrice = vectorOf(order, "reactivePrice");
    this.linear.set(program.linear);
    for (let t = 0; t < active.length; t++) {
      this.linear[active[t]] -= activePrice[t];
      this.linear[reactive[t]] -= reactivePrice[t];
    }
    this.answers.push({ round: order.round as number, x: this.program.solve(this.linear).x.slice() });
  }

  /** Cost and injection of the newest answer, its share in every limit, and the older answers' shares in new limits. */
  private offer(order: Payload): Float64Array {
    const steps = this.model.active.length;
    const { rowStep } = order as Record<string, Float64Array | undefined>;
    const rows = rowStep?.length ?? 0;
    const firstNew = rows === 0 ? 0 : (order.rowsKnown as number);
    const newest = this.answers[this.answers.length - 1];
    const older = firstNew < rows ? this.answersOf(vectorOf(order, "rowRounds")) : [];
    const size = offerSize(this.kind, steps);
    const offer = new Float64Array(size + rows + older.length * (rows - firstNew));
    this.putCosts(offer, newest.x);
    const { active, reactive, activeLoad, reactiveLoad } = this.model;
    offer.set(injectionOf(newest.x, active, activeLoad), size - 2 * steps);
    offer.set(injectionOf(newest.x, reactive, reactiveLoad), size - steps);
    let place = size;
    for (let row = 0; row < rows; row++) offer[place++] = this.shareOf(newest.x, order, row);
    for (const { x } of older) for (let row = firstNew; row < rows; row++) offer[place++] = this.shareOf(x, order, row);
    return offer;
  }

  /** How much set-points relieve a limit: the row's coefficients on the injection at its step. */
  private shareOf(x: Float64Array, order: Payload, row: number): number {
    const { active, reactive, activeLoad, reactiveLoad } = this.model;
    const t = vectorOf(order, "rowStep")[row];
    return (
      vectorOf(order, "rowActive")[row] * (x[active[t]] - activeLoad[t]) +
      vectorOf(order, "rowReactive")[row] * (x[reactive[t]] - reactiveLoad[t])
    );
  }

  /** Cost by step for a stepwise agent, in one number otherwise. */
  private putCosts(offer: Float64Array, x: Float64Array): void {
    const { curvature, linear, step, constant } = this.model.program;
    const steps = this.model.active.length;
    const isStepwise = this.kind === "stepwise";
    if (isStepwise) offer.fill(constant / steps, 0, steps);
    else offer[0] = constant;
    for (let i = 0; i < x.length; i++) {
      offer[isStepwise ? step[i] : 0] += (linear[i] + 0.5 * curvature[i] * x[i]) * x[i];
    }
  }

  private answersOf(rounds: Float64Array): Answer[] {
    return this.answers.filter(({ round }) => rounds.includes(round));
  }

  /** Answers of some rounds, mixed: by step for a stepwise agent (weights by round, then step), as wholes otherwise. */
  private mix(rounds: Float64Array, weights: Float64Array): Float64Array {
    const x = new Float64Array(this.linear.length);
    const { step } = this.model.program;
    const steps = this.model.active.length;
    this.answersOf(rounds).forEach((answer, j) => {
      for (let i = 0; i < x.length; i++) {
        x[i] += weights[this.kind === "stepwise" ? j * steps + step[i] : j] * answer.x[i];
      }
    });
    return x;
  }

  dispatch(): Float64Array {
    return this.mixed;
  }

  save(): unknown {
    return { answers: this.answers, mixed: this.mixed };
  }

  restore(state: unknown): void {
    ({ answers: this.answers, mixed: this.mixed } = state as { answers: Answer[]; mixed: Float64Array });
  }
}
