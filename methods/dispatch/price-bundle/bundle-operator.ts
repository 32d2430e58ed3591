import { vectorOf } from "../answer.js";
import { certify, type LimitForces, NetworkSweep, tighten, UNKNOWN } from "../certificate/index.js";
import type { Certificate, DispatchOutcome, Payload, StopReason, StopRule } from "../coordination.js";
import { DispatchError } from "../dispatch-error.js";
import type { Aggregator } from "../privacy/index.js";
import type { PublicProblem } from "../problem.js";
import { kindOf, type OfferKind, offerSize } from "./grouping.js";
import { brokenLimits, type LimitRow, nameOf } from "./limit-row.js";
import { type Mix, OfferBook } from "./offer-book.js";

/** Rounds without progress after which a run ends. */
const PATIENCE = 60;
/** Offers of a storage that are kept in any case, the youngest. */
const KEPT_OFFERS = 8;

/** Step length, in the present one's, at which prices are so free that offers meet the limits' demands to rounding. */
const MEETING_TAU = 1e6;
/** Share of the gap that the master problem may leave open. */
const MASTER_SHARE = 1e-5;
/** Demands are met with this to spare, relative to them (absolute below 1), so that rounding breaks no limit. */
const SPARE = 1e-8;

/** How the operator adds up, and whether it has every round's mix of injections told to check the network's limits. */
export interface BundleOptions {
  readonly aggregator: Aggregator;
  readonly check: "each" | "end";
  /** Where to begin, instead of the tariff and no limits. */
  readonly start?: BundlePrices;
}

/** Prices of active power by step, then of reactive power by step, then of these limits. */
export interface BundlePrices {
  readonly price: Float64Array;
  readonly rows: readonly LimitRow[];
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
  /** Prices and the network's share of the lower bound. */
  private readonly priced: NetworkSweep;
  /** The mix as the agents told it. */
  private readonly told: NetworkSweep;
  private readonly kinds: (OfferKind | undefined)[];
  private readonly rows: LimitRow[];
  private rowsKnown = 0;
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
    this.priced = new NetworkSweep(problem);
    this.told = new NetworkSweep(problem);
    this.kinds = new Array<OfferKind | undefined>(this.priced.nodes).fill(undefined);
    this.rows = [...(options.start?.rows ?? [])];
    this.price = options.start?.price ?? padded(problem.root.buyPrice, 2 * problem.steps);
    this.centre = this.price;
  }

  get rounds(): number {
    return this.history.length;
  }

  private get isCheckedEachRound(): boolean {
    return this.options.check === "each" && this.hasLimits;
  }

  private get hasLimits(): boolean {
    const { voltageLower, voltageUpper, activeLimit } = this.problem.network;
    const isFinite = (limit: number, node: number) => node !== this.priced.rootNode && Number.isFinite(limit);
    return voltageLower.some(isFinite) || voltageUpper.some(isFinite) || activeLimit.some(isFinite);
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
    this.putPrices();
    const mix = this.isCheckedEachRound ? this.latest?.mix : undefined;
    return this.kinds.map((_, node) => this.orderOf(node, mix));
  }

  private putPrices(): void {
    this.price = padded(this.price, 2 * this.problem.steps + this.rows.length);
    const { priced, problem, price } = this;
    const first = priced.rootNode * problem.steps;
    priced.activePrice.set(price.subarray(0, problem.steps), first);
    priced.reactivePrice.set(price.subarray(problem.steps, 2 * problem.steps), first);
    this.addForces(priced.forces, price);
    priced.price();
  }

  /** Forces of the limits at the best prices. */
  putForces(forces: LimitForces): void {
    this.addForces(forces, this.prices.price);
  }

  private addForces(forces: LimitForces, price: Float64Array): void {
    const { steps } = this.problem;
    forces.line.fill(0);
    forces.voltage.fill(0);
    this.rows.forEach(({ kind, node, step, force }, row) => {
      forces[kind][node * steps + step] += force * Math.max(0, price[2 * steps + row]);
    });
  }

  private orderOf(node: number, mix: Mix | undefined): Payload | undefined {
    const weights = mix && this.weightsOf(node, mix);
    if (this.kinds[node] === "fixed") {
      if (this.rowsKnown < this.rows.length) return { offer: 1, ...weights, ...this.rowsOf(node) };
      return this.rounds === 1 ? weights : undefined;
    }
    return {
      offer: 1,
      round: this.rounds,
      activePrice: this.at(node, this.priced.activePrice),
      reactivePrice: this.at(node, this.priced.reactivePrice),
      ...weights,
      ...this.rowsOf(node),
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

  private rowsOf(node: number): Payload {
    if (this.rows.length === 0) return {};
    return {
      rowStep: Float64Array.from(this.rows, row => row.step),
      rowActive: Float64Array.from(this.rows, row => row.active[node]),
      rowReactive: Float64Array.from(this.rows, row => row.reactive[node]),
      rowsKnown: this.rowsKnown,
      rowRounds: Float64Array.from(this.book.roundsOf(this.nameOf(node))),
    };
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
    for (const { step, demand } of this.rows.slice(this.rowsKnown))
      this.book.addRow(step, demand + SPARE * Math.max(1, Math.abs(demand)));
    const lowerBound = this.problem.costScale * this.enterOffers(answers);
    this.rowsKnown = this.rows.length;
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
    let bound = this.priced.bound();
    for (const [name, offers] of classes) {
      const kind = name.startsWith("own") ? "own" : (name as OfferKind);
      const offer = kind === "own" ? offers[0] : this.options.aggregator.sum(offers);
      if (kind === "fixed") this.book.enterFixed(offer, this.rowsKnown);
      else {
        bound += this.leastOf(offer, kind);
        this.book.enter(name, kind, { offer, round, firstRow: this.rowsKnown });
      }
    }
    return bound + this.book.fixedCost - this.worth(this.book.base, 0, true);
  }

  /** Cost less worth of an offer at the round's price. */
  private leastOf(offer: Float64Array, kind: OfferKind): number {
    const costs = offerSize(kind, this.problem.steps) - 2 * this.problem.steps;
    let cost = 0;
    for (let i = 0; i < costs; i++) cost += offer[i];
    return cost - this.worth(offer, costs);
  }

  /** Worth of a supply at the round's price; a base holds the limits' demands as well, which the network's bound charges. */
  private worth(supply: Float64Array, first: number, isBase = false): number {
    let worth = 0;
    for (let good = 0; good < this.price.length; good++) {
      const row = good - 2 * this.problem.steps;
      const demand = isBase && row >= 0 ? this.rows[row].demand : 0;
      const price = row >= 0 ? Math.max(0, this.price[good]) : this.price[good];
      worth += price * (supply[first + good] + demand);
    }
    return worth;
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
    const gap = this.costOf(this.book.mix(first)) - this.certificate.lowerBound / this.problem.costScale;
    return Math.max(squares, 1e-12) / (8 * Math.max(gap, 1e-9));
  }

  private solveMaster(): void {
    if (this.latest) this.book.prune(this.latest.mix, KEPT_OFFERS);
    this.centre = padded(this.centre, this.book.goods);
    const aim = { centre: this.centre, tau: this.tau, precision: this.precision };
    const solution = this.book.solve(aim);
    this.price = this.attainable(solution.price);
    this.promise = solution.promise;
    const mix = this.book.mix(solution);
    const isShort = mix.supply.subarray(2 * this.problem.steps).some(supply => supply < 0);
    const met = isShort ? this.book.mix(this.book.solve({ ...aim, tau: this.tau * MEETING_TAU })) : mix;
    this.latest = { mix: met, cost: this.costOf(met) };
    if (this.latest.cost < (this.candidate?.cost ?? Infinity)) this.candidate = this.latest;
    if (!this.hasLimits) this.accept(this.latest);
  }

  /** How exactly the master problem has to be solved: to a small share of what is still open. */
  private get precision(): number {
    const { gap, upperBound } = this.certificate;
    return gap === Infinity ? 0 : (MASTER_SHARE * gap * Math.abs(upperBound)) / this.problem.costScale;
  }

  /** Prices moved, by rounding only, to where an unlimited exchange with the grid bounds them. */
  private attainable(price: Float64Array): Float64Array {
    const { steps } = this.problem;
    for (let t = 0; t < steps; t++) {
      [price[t], price[steps + t]] = this.priced.root.attainable(t, price[t], price[steps + t]);
    }
    return price;
  }

  /** Cost of a mix with the grid's exchange. */
  private costOf(mix: Mix): number {
    const { steps } = this.problem;
    let cost = mix.cost;
    for (let t = 0; t < steps; t++) cost += this.priced.root.cost(t, -mix.supply[t], -mix.supply[steps + t]);
    return cost;
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
    if (this.stop !== undefined && this.candidate === undefined) throw this.infeasible();
    return false;
  }

  private infeasible(): DispatchError {
    const limits = this.rows.map(nameOf).join(", ");
    const sentence = limits === "" ? "the exchange at the root stays beyond its limit" : `limits are broken: ${limits}`;
    return new DispatchError(
      "INFEASIBLE_NETWORK",
      `After ${this.rounds} rounds no dispatch of ${this.problem.name} keeps to the network: ${sentence}. Relax the limit, give the agents behind it more freedom, or allow more rounds.`,
    );
  }

  /** The best prices so far. */
  get prices(): BundlePrices {
    return { price: padded(this.centre, 2 * this.problem.steps + this.rows.length), rows: this.rows };
  }

  /** How the run ended, after the last orders were answered. */
  outcome(): DispatchOutcome {
    const { certificate, rounds, rule } = this;
    this.price = this.centre;
    this.putPrices();
    const { activePrice, reactivePrice } = this.priced;
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
    this.addRows();
    return false;
  }

  private addRows(): void {
    for (const row of brokenLimits(this.told)) {
      if (!this.rows.some(known => nameOf(known) === nameOf(row) && known.sign === row.sign)) this.rows.push(row);
    }
  }
}

function padded(values: Float64Array, size: number): Float64Array {
  if (values.length === size) return values;
  const wider = new Float64Array(size);
  wider.set(values);
  return wider;
}
