import { vectorOf } from "../answer.js";
import { certify, NetworkSweep, tighten, UNKNOWN } from "../certificate/index.js";
import type { Certificate, Payload, StopReason, StopRule } from "../coordination.js";
import type { PublicProblem } from "../problem.js";
import { couplingOf } from "./coupling.js";
import { SoftLimits } from "./soft-limits.js";

/** Share of the coupling that the first penalty has; four times as much whenever the gap stops falling. */
const FIRST_PENALTY = 1 / 12;
const PENALTY_GROWTH = 4;
/** Rounds without progress after which a run at the largest penalty ends. */
const PATIENCE = 40;

interface Point {
  readonly active: Float64Array;
  readonly reactive: Float64Array;
}

/**
 * The operator's side: an accelerated proximal gradient on the injections (FISTA with restart; Beck and Teboulle 2009,
 * O'Donoghue and Candès 2015). The network is smooth and swept exactly; the agents' programs are answered exactly.
 */
export class SweepOperator {
  certificate: Certificate = UNKNOWN;
  penalty = 0;
  readonly history: (Certificate & { readonly progress: Readonly<Record<string, number>> })[] = [];
  private readonly centre: NetworkSweep;
  private readonly found: NetworkSweep;
  private readonly limits: SoftLimits;
  private readonly isFlexible: Uint8Array;
  private readonly fixedCost: Float64Array;
  private readonly best: Point;
  private readonly previous: Point;
  private momentum = 1;
  private coupling = 0;
  private networkBound = -Infinity;
  private isBest = false;
  private quietRounds = 0;

  constructor(
    private readonly problem: PublicProblem,
    private readonly rule: StopRule,
  ) {
    this.centre = new NetworkSweep(problem);
    this.found = new NetworkSweep(problem);
    this.limits = new SoftLimits(this.centre);
    const { nodes } = this.centre;
    this.isFlexible = new Uint8Array(nodes).fill(1);
    this.fixedCost = new Float64Array(nodes);
    const size = nodes * problem.steps;
    this.best = { active: new Float64Array(size), reactive: new Float64Array(size) };
    this.previous = { active: new Float64Array(size), reactive: new Float64Array(size) };
    this.coupling = couplingOf(problem, this.isFlexible);
    this.penalty = FIRST_PENALTY * this.coupling;
  }

  get rounds(): number {
    return this.history.length;
  }

  /** Why to stop now, if so. */
  get stop(): StopReason | undefined {
    if (this.certificate.gap <= this.rule.gap) return "gap";
    if (this.rounds >= this.rule.maxRounds) return "round-limit";
    return this.quietRounds >= PATIENCE ? "stalled" : undefined;
  }

  /** Orders of the next round: prices and centres of the agents that can answer them; everybody reports in the first. */
  orders(): (Payload | undefined)[] {
    this.centre.flow();
    this.limits.press(this.penalty / 4);
    this.centre.price();
    this.networkBound = this.centre.bound();
    this.limits.settle();
    return Array.from({ length: this.centre.nodes }, (_, node) => this.orderOf(node));
  }

  private orderOf(node: number): Payload | undefined {
    if (this.isFlexible[node] === 0) return undefined;
    const { centre, penalty } = this;
    const price = {
      activePrice: this.of(node, centre.activePrice),
      reactivePrice: this.of(node, centre.reactivePrice),
    };
    if (this.rounds === 0) return { ...price, penalty, keep: 0, end: 0 };
    const activeCentre = this.of(node, centre.active);
    const reactiveCentre = this.of(node, centre.reactive);
    return { ...price, activeCentre, reactiveCentre, penalty, keep: this.isBest ? 1 : 0, end: 0 };
  }

  /** The last orders: everybody carries out the best of its answers. */
  lastOrders(): Payload[] {
    const keep = this.isBest ? 1 : 0;
    return Array.from({ length: this.centre.nodes }, (_, node) => ({ keep: this.isFlexible[node] ? keep : 1, end: 1 }));
  }

  private of(node: number, values: Float64Array): Float64Array {
    return values.slice(node * this.problem.steps, (node + 1) * this.problem.steps);
  }

  /** Takes the answers of a round: bounds, and the next centre. */
  take(answers: readonly (Payload | undefined)[]): void {
    const isFirst = this.rounds === 0;
    this.previous.active.set(this.found.active);
    this.previous.reactive.set(this.found.reactive);
    let cost = 0;
    let least = this.networkBound;
    answers.forEach((answer, node) => {
      if (answer) this.enter(node, answer);
      cost += answer ? (answer.cost as number) : this.fixedCost[node];
      least += answer ? (answer.least as number) : this.leastOf(node);
    });
    this.found.flow();
    this.judge(this.problem.costScale * least, this.problem.costScale * (cost + this.found.cost()));
    if (isFirst) this.startFrom();
    else this.moveCentre();
  }

  private enter(node: number, answer: Payload): void {
    const first = node * this.problem.steps;
    this.found.active.set(vectorOf(answer, "active"), first);
    this.found.reactive.set(vectorOf(answer, "reactive"), first);
    this.isFlexible[node] = answer.flexible as number;
    this.fixedCost[node] = answer.cost as number;
  }

  /** Least cost less its earnings of an agent whose injection is fixed. */
  private leastOf(node: number): number {
    let least = this.fixedCost[node];
    for (let i = node * this.problem.steps; i < (node + 1) * this.problem.steps; i++) {
      least -=
        this.centre.activePrice[i] * this.found.active[i] + this.centre.reactivePrice[i] * this.found.reactive[i];
    }
    return least;
  }

  private judge(lowerBound: number, upperBound: number): void {
    const before = this.certificate;
    this.isBest = upperBound < before.upperBound || this.rounds === 0;
    this.certificate = tighten(before, certify(lowerBound, upperBound));
    if (this.isBest) {
      this.best.active.set(this.found.active);
      this.best.reactive.set(this.found.reactive);
    }
    this.limits.drawIn((0.05 * this.rule.gap * Math.max(1, Math.abs(lowerBound))) / this.problem.costScale);
    this.history.push({ ...this.certificate, progress: { penalty: this.penalty } });
    this.adaptPenalty(before.gap);
  }

  private adaptPenalty(before: number): void {
    const hasFallen = this.certificate.gap < 0.9 * before;
    this.quietRounds = hasFallen || before === Infinity ? 0 : this.quietRounds + 1;
    if (this.quietRounds >= 2 && this.penalty < this.coupling) {
      this.penalty *= PENALTY_GROWTH;
      this.quietRounds = 0;
    }
  }

  private startFrom(): void {
    this.coupling = couplingOf(this.problem, this.isFlexible);
    this.penalty = FIRST_PENALTY * this.coupling;
    this.centre.active.set(this.found.active);
    this.centre.reactive.set(this.found.reactive);
  }

  /** The next centre: the answers, and what they moved once more (restarted when they turned back). */
  private moveCentre(): void {
    const { active, reactive } = this.centre;
    let turn = 0;
    for (let i = 0; i < active.length; i++) {
      turn += (active[i] - this.found.active[i]) * (this.found.active[i] - this.previous.active[i]);
      turn += (reactive[i] - this.found.reactive[i]) * (this.found.reactive[i] - this.previous.reactive[i]);
    }
    if (turn > 0) this.momentum = 1;
    const next = turn > 0 ? 1 : (1 + Math.sqrt(1 + 4 * this.momentum * this.momentum)) / 2;
    const share = (this.momentum - 1) / next;
    this.momentum = next;
    for (let i = 0; i < active.length; i++) {
      active[i] = this.found.active[i] + share * (this.found.active[i] - this.previous.active[i]);
      reactive[i] = this.found.reactive[i] + share * (this.found.reactive[i] - this.previous.reactive[i]);
    }
  }

  /** Flows, voltages and prices of the best dispatch. */
  state(): NetworkSweep {
    this.centre.active.set(this.best.active);
    this.centre.reactive.set(this.best.reactive);
    this.centre.flow();
    this.limits.press(this.penalty / 4);
    this.centre.price();
    return this.centre;
  }
}
