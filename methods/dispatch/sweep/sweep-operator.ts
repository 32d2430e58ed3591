import { vectorOf } from "../answer.js";
import { certify, NetworkSweep, tighten, UNKNOWN } from "../certificate/index.js";
import type { Certificate, NetworkState, Payload, StopReason, StopRule } from "../coordination.js";
import type { PublicProblem } from "../problem.js";
import { couplingOf } from "./coupling.js";

/** Share of the coupling that the first penalty has; four times as much whenever the gap stops falling. */
const FIRST_PENALTY = 1 / 12;
const PENALTY_GROWTH = 4;
/** Rounds in which the gap falls by less than a tenth: after so many the penalty grows, and the run ends. */
const IMPATIENCE = 2;
const PATIENCE = 30;

/** Injections by node and step. */
export interface Injections {
  readonly active: Float64Array;
  readonly reactive: Float64Array;
}

/**
 * The operator's side: an accelerated proximal gradient on the injections (FISTA with restart; Beck and Teboulle 2009,
 * O'Donoghue and Candès 2015). The network is smooth and swept exactly; the agents' programs are answered exactly.
 */
export class SweepOperator {
  certificate: Certificate = UNKNOWN;
  penalty: number;
  readonly history: (Certificate & { readonly progress: Readonly<Record<string, number>> })[] = [];
  /** Where the agents are asked, with its prices. */
  readonly centre: NetworkSweep;
  /** What they answered last. */
  readonly found: NetworkSweep;
  /** True once a limit was broken or the exchange at the root changed its sign: prices are not smooth there. */
  isPressed = false;
  private readonly isFlexible: Uint8Array;
  private readonly fixedCost: Float64Array;
  private readonly best: Injections;
  private readonly previous: Injections;
  private readonly bestPrices: Injections;
  private momentum = 1;
  private coupling: number;
  private isBest = false;
  private gapAtMark = Infinity;
  private quietRounds = 0;

  constructor(
    readonly problem: PublicProblem,
    readonly rule: StopRule,
  ) {
    this.centre = new NetworkSweep(problem);
    this.found = new NetworkSweep(problem);
    const { nodes } = this.centre;
    this.isFlexible = new Uint8Array(nodes).fill(1);
    this.fixedCost = new Float64Array(nodes);
    this.best = emptyLike(this.centre);
    this.previous = emptyLike(this.centre);
    this.bestPrices = emptyLike(this.centre);
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

  /** 1 when the agents' last answers are the best so far. */
  get keep(): number {
    return this.isBest ? 1 : 0;
  }

  /** Orders of the next round: prices and centres of the agents that can answer them; everybody reports in the first. */
  orders(): (Payload | undefined)[] {
    this.centre.flow();
    const { buyPrice, sellPrice } = this.problem.root;
    const first = this.centre.rootNode * this.problem.steps;
    priceFrom(this.centre, t => (this.centre.activeFlow[first + t] >= 0 ? buyPrice[t] : sellPrice[t]));
    return Array.from({ length: this.centre.nodes }, (_, node) => this.orderOf(node));
  }

  private orderOf(node: number): Payload | undefined {
    if (this.isFlexible[node] === 0) return undefined;
    const { centre, penalty, keep } = this;
    const activePrice = this.of(node, centre.activePrice);
    const reactivePrice = this.of(node, centre.reactivePrice);
    if (this.rounds === 0) return { activePrice, reactivePrice, penalty };
    const activeCentre = this.of(node, centre.active);
    const reactiveCentre = this.of(node, centre.reactive);
    return { activePrice, reactivePrice, activeCentre, reactiveCentre, penalty, keep };
  }

  /** The last orders: everybody carries out the best of its answers. */
  lastOrders(): Payload[] {
    return Array.from(this.isFlexible, flexible => ({ keep: flexible === 1 ? this.keep : 1, end: 1 }));
  }

  /** A node's values of an array by node and step. */
  of(node: number, values: Float64Array): Float64Array {
    return values.slice(node * this.problem.steps, (node + 1) * this.problem.steps);
  }

  /** Takes the answers of a round: bounds, and the next centre. */
  take(answers: readonly (Payload | undefined)[]): void {
    this.previous.active.set(this.found.active);
    this.previous.reactive.set(this.found.reactive);
    const isFirst = this.rounds === 0;
    this.judge(answers);
    if (isFirst) this.startFrom();
    else {
      this.isPressed ||= this.isBroken();
      this.moveCentre();
    }
  }

  /** Bounds the optimum: answers' cost and flows from above, their least cost at the centre's prices from below. */
  judge(answers: readonly (Payload | undefined)[]): void {
    let cost = 0;
    let least = this.centre.bound();
    answers.forEach((answer, node) => {
      if (answer) this.enter(node, answer);
      cost += answer ? (answer.cost as number) : this.fixedCost[node];
      least += answer ? (answer.least as number) : this.leastOf(node);
    });
    this.found.flow();
    const { costScale } = this.problem;
    this.compare(certify(costScale * least, costScale * (cost + this.found.cost())));
    this.note();
  }

  /** Writes a round into the history. */
  note(): void {
    this.history.push({ ...this.certificate, progress: { penalty: this.penalty } });
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

  private compare(found: Certificate): void {
    const before = this.certificate;
    this.isBest = found.upperBound < before.upperBound || this.rounds === 0;
    if (this.isBest) copy(this.found, this.best);
    if (found.lowerBound > before.lowerBound) {
      this.bestPrices.active.set(this.centre.activePrice);
      this.bestPrices.reactive.set(this.centre.reactivePrice);
    }
    this.certificate = tighten(before, found);
    this.adaptPenalty();
  }

  private adaptPenalty(): void {
    const hasFallen = this.certificate.gap < 0.9 * this.gapAtMark;
    if (hasFallen) this.gapAtMark = this.certificate.gap;
    this.quietRounds = hasFallen ? 0 : this.quietRounds + 1;
    if (this.quietRounds < IMPATIENCE || this.penalty >= this.coupling) return;
    this.penalty *= PENALTY_GROWTH;
    this.quietRounds = 0;
  }

  private startFrom(): void {
    this.coupling = couplingOf(this.problem, this.isFlexible);
    this.penalty = FIRST_PENALTY * this.coupling;
    copy(this.found, this.centre);
  }

  private isBroken(): boolean {
    const { centre, found, problem } = this;
    if (found.cost() === Infinity) return true;
    const first = centre.rootNode * problem.steps;
    for (let i = first; i < first + problem.steps; i++) {
      if (centre.activeFlow[i] * found.activeFlow[i] < 0) return true;
    }
    return false;
  }

  /** The next centre: the answers, and what they moved once more (restarted when they turned back). */
  private moveCentre(): void {
    const { active, reactive } = this.centre;
    const { found, previous } = this;
    let turn = 0;
    for (let i = 0; i < active.length; i++) {
      turn += (active[i] - found.active[i]) * (found.active[i] - previous.active[i]);
      turn += (reactive[i] - found.reactive[i]) * (found.reactive[i] - previous.reactive[i]);
    }
    if (turn > 0) this.momentum = 1;
    const next = turn > 0 ? 1 : (1 + Math.sqrt(1 + 4 * this.momentum * this.momentum)) / 2;
    const share = (this.momentum - 1) / next;
    this.momentum = next;
    for (let i = 0; i < active.length; i++) {
      active[i] = found.active[i] + share * (found.active[i] - previous.active[i]);
      reactive[i] = found.reactive[i] + share * (found.reactive[i] - previous.reactive[i]);
    }
  }

  /** Flows and voltages of the best dispatch, and the best prices. */
  state(): NetworkState {
    copy(this.best, this.centre);
    this.centre.flow();
    this.centre.activePrice.set(this.bestPrices.active);
    this.centre.reactivePrice.set(this.bestPrices.reactive);
    return this.centre;
  }
}

/** Prices from the root down: there the tariff's price and what the exchange adds to the regulariser. */
export function priceFrom(sweep: NetworkSweep, tariff: (step: number) => number): void {
  const { steps, regulariser } = sweep.problem;
  for (let t = 0; t < steps; t++) {
    const i = sweep.rootNode * steps + t;
    sweep.activePrice[i] = tariff(t) + 2 * regulariser * sweep.activeFlow[i];
    sweep.reactivePrice[i] = 2 * regulariser * sweep.reactiveFlow[i];
  }
  sweep.price();
}

/** Copies injections. */
export function copy(from: Injections, to: Injections): void {
  to.active.set(from.active);
  to.reactive.set(from.reactive);
}

function emptyLike({ active }: Injections): Injections {
  return { active: new Float64Array(active.length), reactive: new Float64Array(active.length) };
}
