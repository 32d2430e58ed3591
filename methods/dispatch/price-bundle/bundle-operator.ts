import { vectorOf } from "../answer.js";
import { certify, type LimitForces, NetworkSweep, tighten, UNKNOWN } from "../certificate/index.js";
import type { Certificate, DispatchOutcome, Payload, StopReason, StopRule } from "../coordination.js";
import type { Aggregator } from "../privacy/index.js";
import type { PublicProblem } from "../problem.js";
import { kindOf, type OfferKind, offerSize } from "./grouping.js";
import { hasLimits } from "./limit-row.js";
import { type Mix, OfferBook } from "./offer-book.js";
import { type BundlePrices, padded, PricedGoods } from "./priced-goods.js";

/** Rounds without progress after which a run ends. */
const PATIENCE = 60;
/** Offers of a storage that are kept in any case, the youngest. */
const KEPT_OFFERS = 8;

/** Step length, in the present one's, at which prices are so free that offers meet the limits' demands to rounding. */
const MEETING_TAU = 1e6;
/** Share of the gap that the master problem may leave open. */
const MASTER_SHARE = 1e-5;

/** How the operator adds up, and whether it has every round's mix of injections told to check the network's limits. */
export interface BundleOptions {
  readonly aggregator: Aggregator;
  readonly check: "each" | "end";
  /** Where to begin, instead of the tariff and no limits. */
  readonly start?: BundlePrices;
}

/** A mix that would cost this much if it keeps the network's limits. */
interface Candidate {
  readonly mix: Mix;
  readonly cost: number;
}

/** The operator's side: prices out, offers in, and the master problem between them. */
export class BundleOperator {
  certificate: Certificate = UNKNOWN;
  tau = 0;
  readonly history: (Certificate & { readonly progress: Readonly<Record<string, number>> })[] = [];
  private readonly book: OfferBook;
  private readonly goods: PricedGoods;
  private readonly hasLimits: boolean;
  private readonly isCheckedEachRound: boolean;
  /** The mix as the agents told it. */
  private readonly told: NetworkSweep;
  private readonly kinds: (OfferKind | undefined)[];
  private price: Float64Array;
  private centre: Float64Array;
  private promise = Infinity;
  private latest: Candidate | undefined;
  /** Cheapest mix so far that is not known to break a limit. */
  private candidate: Candidate | undefined;
  private checked: Candidate | undefined;
  private quietRounds = 0;

  constructor(
    private readonly problem: PublicProblem,
    private readonly rule: StopRule,
    private readonly options: BundleOptions,
  ) {
    this.book = new OfferBook(problem);
    this.hasLimits = hasLimits(problem.network);
    this.isCheckedEachRound = options.check === "each" && this.hasLimits;
    this.goods = new PricedGoods(problem, options.start?.rows);
    this.told = new NetworkSweep(problem);
    this.kinds = new Array<OfferKind | undefined>(this.told.nodes).fill(undefined);
    this.price = options.start?.price ?? padded(problem.root.buyPrice, 2 * problem.steps);
    this.centre = this.price;
  }

  get rounds(): number {
    return this.history.length;
  }

  /** Why to stop asking for offers, if so: the cheapest mix, should it keep the limits, is good enough. */
  get stop(): StopReason | undefined {
    const { lowerBound } = this.certificate;
    const hoped = certify(lowerBound, this.problem.costScale * (this.candidate?.cost ?? Infinity));
    if (Math.min(hoped.gap, this.certificate.gap) <= this.rule.gap) return "gap";
    if (this.rounds >= this.rule.maxRounds) return "round-limit";
    return this.quietRounds >= PATIENCE ? "stalled" : undefined;
  }

  /** Orders of the next round: a price for each agent that can answer it, and the weights of the latest mix to check. */
  orders(): (Payload | undefined)[] {
    this.goods.put(this.price);
    const mix = this.isCheckedEachRound ? this.latest?.mix : undefined;
    return this.kinds.map((_, node) => this.orderOf(node, mix));
  }

  private orderOf(node: number, mix: Mix | undefined): Payload | undefined {
    const weights = mix && this.weightsOf(node, mix);
    if (this.kinds[node] === "fixed") {
      if (this.goods.known < this.goods.rows.length) return { offer: 1, ...weights, ...this.termsOf(node) };
      return this.rounds === 1 ? weights : undefined;
    }
    return {
      offer: 1,
      round: this.rounds,
      activePrice: this.at(node, this.goods.sweep.activePrice),
      reactivePrice: this.at(node, this.goods.sweep.reactivePrice),
      ...weights,
      ...this.termsOf(node),
      ...this.kept(node),
    };
  }

  /** Rounds whose answers a single agent has to keep. */
  private kept(node: number): Payload {
    if (this.kinds[node] !== "own") return {};
    const name = this.nameOf(node);
    const mixes = [this.latest, this.candidate, this.checked].map(
      candidate => candidate?.mix.offers.get(name)?.rounds ?? [],
    );
    return { keep: Float64Array.from(new Set([...this.book.roundsOf(name), ...mixes.flat()])) };
  }

  private termsOf(node: number): Payload {
    const terms = this.goods.termsOf(node);
    if (terms.rowStep === undefined) return terms;
    return { ...terms, rowRounds: Float64Array.from(this.book.roundsOf(this.nameOf(node))) };
  }

  private weightsOf(node: number, mix: Mix): Payload {
    if (this.kinds[node] === "fixed") return { weights: Float64Array.of(1), rounds: Float64Array.of(0) };
    const offers = mix.offers.get(this.nameOf(node));
    return offers ? { weights: offers.weights, rounds: Float64Array.from(offers.rounds) } : {};
  }

  /** Agents whose offers are summed share a name. */
  private nameOf(node: number): string {
    const kind = this.kinds[node] ?? "own";
    return kind === "own" ? `own ${node}` : kind;
  }

  private at(node: number, values: Float64Array): Float64Array {
    return values.slice(node * this.problem.steps, (node + 1) * this.problem.steps);
  }

  /** Takes a round's answers: enters the offers, bounds the optimum, and finds the next price. */
  take(answers: readonly (Payload | undefined)[]): void {
    const before = this.certificate;
    const isFirst = this.rounds === 0;
    const { goods } = this;
    for (const row of goods.rows.slice(goods.known)) this.book.addRow(row.step, goods.demandOf(row));
    const lowerBound = this.problem.costScale * this.enterOffers(answers);
    goods.known = goods.rows.length;
    if (this.isCheckedEachRound && this.latest) this.checkTold(answers, this.latest);
    this.moveCentre(lowerBound, isFirst);
    this.certificate = tighten(this.certificate, certify(lowerBound, this.certificate.upperBound));
    if (isFirst) this.tau = this.firstStep();
    this.solveMaster();
    this.history.push({ ...this.certificate, progress: { step: this.tau } });
    const hasMoved = this.certificate.gap < 0.99 * before.gap || this.certificate.lowerBound > before.lowerBound;
    this.quietRounds = hasMoved ? 0 : this.quietRounds + 1;
  }

  /** Enters every class's offers, summed where they are only needed so; returns the Lagrangian bound at the round's prices. */
  private enterOffers(answers: readonly (Payload | undefined)[]): number {
    const round = this.rounds;
    const classes = new Map<string, Float64Array[]>();
    answers.forEach((answer, node) => {
      if (answer?.offer === undefined) return;
      this.kinds[node] = kindOf(answer.kind as number);
      const name = this.nameOf(node);
      const offers = classes.get(name) ?? [];
      offers.push(vectorOf(answer, "offer"));
      classes.set(name, offers);
    });
    let bound = this.goods.sweep.bound();
    for (const [name, offers] of classes) {
      const kind = name.startsWith("own") ? "own" : (name as OfferKind);
      const offer = kind === "own" ? offers[0] : this.options.aggregator.sum(offers);
      if (kind === "fixed") this.book.enterFixed(offer, this.goods.known);
      else {
        bound += this.leastOf(offer, kind);
        this.book.enter(name, kind, { offer, round, firstRow: this.goods.known });
      }
    }
    return bound + this.book.fixedCost - this.goods.worthOfBase(this.book.base);
  }

  /** Cost less worth of an offer at the round's price. */
  private leastOf(offer: Float64Array, kind: OfferKind): number {
    const costs = offerSize(kind, this.problem.steps) - 2 * this.problem.steps;
    let cost = 0;
    for (let i = 0; i < costs; i++) cost += offer[i];
    return cost - this.goods.worthOf(offer, costs);
  }

  /** Serious step: the price becomes the centre when its bound is better; the step length follows the promise kept. */
  private moveCentre(lowerBound: number, isFirst: boolean): void {
    const gained = lowerBound - this.certificate.lowerBound;
    if (gained <= 0) {
      this.tau *= 0.85;
      return;
    }
    const promised = this.problem.costScale * this.promise - this.certificate.lowerBound;
    if (!isFirst && gained > 0.1 * promised) this.tau *= 2;
    this.centre = this.price;
  }

  /** |buy − sell|² / (8 · first gap): the price may cross the tariff's span while the first gap closes. */
  private firstStep(): number {
    const { buyPrice, sellPrice } = this.problem.root;
    let squares = 0;
    for (let t = 0; t < buyPrice.length; t++) squares += (buyPrice[t] - sellPrice[t]) * (buyPrice[t] - sellPrice[t]);
    const first = this.book.solve({ centre: this.centre, tau: 1e-12, precision: 0 });
    const gap = this.goods.costOf(this.book.mix(first)) - this.certificate.lowerBound / this.problem.costScale;
    return Math.max(squares, 1e-12) / (8 * Math.max(gap, 1e-9));
  }

  private solveMaster(): void {
    if (this.latest) this.book.prune(this.latest.mix, KEPT_OFFERS);
    this.centre = padded(this.centre, this.book.goods);
    const aim = { centre: this.centre, tau: this.tau, precision: this.precision };
    const solution = this.book.solve(aim);
    this.price = this.goods.attainable(solution.price);
    this.promise = solution.promise;
    const mix = this.book.mix(solution);
    const isShort = mix.supply.subarray(2 * this.problem.steps).some(supply => supply < 0);
    const met = isShort ? this.book.mix(this.book.solve({ ...aim, tau: this.tau * MEETING_TAU })) : mix;
    this.latest = { mix: met, cost: this.goods.costOf(met) };
    if (this.latest.cost < (this.candidate?.cost ?? Infinity)) this.candidate = this.latest;
    if (!this.hasLimits) this.accept(this.latest);
  }

  /** How exactly the master problem has to be solved: to a small share of what is still open. */
  private get precision(): number {
    const { gap, upperBound } = this.certificate;
    return gap === Infinity ? 0 : (MASTER_SHARE * gap * Math.abs(upperBound)) / this.problem.costScale;
  }

  private accept(candidate: Candidate): void {
    if (candidate.cost < (this.checked?.cost ?? Infinity)) this.checked = candidate;
    const upperBound = this.problem.costScale * candidate.cost;
    this.certificate = tighten(this.certificate, certify(-Infinity, upperBound));
  }

  /** The last orders: every agent carries out the cheapest mix, and tells its injection. */
  lastOrders(): Payload[] {
    const mix = this.candidate?.mix;
    return this.kinds.map((_, node) => (mix ? this.weightsOf(node, mix) : {}));
  }

  /**
   * Takes the injections of the last orders; false when they break a limit, which then has a price in the next round.
   * @throws DispatchError `INFEASIBLE_NETWORK` when the rounds are used up and no mix kept the limits.
   */
  takeLast(answers: readonly (Payload | undefined)[]): boolean {
    if (this.candidate && this.checkTold(answers, this.candidate)) return true;
    if (this.stop !== undefined && this.candidate === undefined) throw this.goods.infeasible(this.rounds);
    return false;
  }

  /** The best prices so far. */
  get prices(): BundlePrices {
    return { price: padded(this.centre, this.goods.size), rows: this.goods.rows };
  }

  /** Forces of the limits at the best prices. */
  putForces(forces: LimitForces): void {
    this.goods.putForces(forces, this.prices.price);
  }

  /** How the run ended, after the last orders were answered. */
  outcome(): DispatchOutcome {
    const { certificate, rounds, rule } = this;
    this.price = this.centre;
    this.goods.put(this.price);
    const { activePrice, reactivePrice } = this.goods.sweep;
    const { active, reactive, activeFlow, reactiveFlow, voltage } = this.told;
    const state = { active, reactive, activeFlow, reactiveFlow, voltage, activePrice, reactivePrice };
    const stop = certificate.gap <= rule.gap ? "gap" : (this.stop ?? "stalled");
    const history = this.history.with(-1, { ...this.history[rounds - 1], ...certificate });
    return { ...certificate, objective: certificate.upperBound, rounds, stop, state, history };
  }

  private checkTold(answers: readonly (Payload | undefined)[], candidate: Candidate): boolean {
    const { steps } = this.problem;
    answers.forEach((answer, node) => {
      if (answer?.active === undefined) return;
      this.told.active.set(vectorOf(answer, "active"), node * steps);
      this.told.reactive.set(vectorOf(answer, "reactive"), node * steps);
    });
    this.told.flow();
    if (this.told.cost() < Infinity) {
      this.accept(candidate);
      return true;
    }
    if (candidate === this.candidate) this.candidate = this.checked;
    this.goods.addBroken(this.told);
    return false;
  }
}
