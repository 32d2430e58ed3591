import { CholeskyFactor } from "./cholesky.js";
import type { MasterAim, MasterSolution, OfferGroup } from "./master.js";

const ITERATIONS = 60;
/** Smallest precision, relative to what the offers cost, and how far weights of a group may be from 1 before they are scaled. */
const PRECISION = 1e-11;
const RESIDUAL = 1e-9;
/** Share of the precision below which rounding leaves nothing to improve. */
const EXHAUSTED = 1e-4;
const STEP_SHARE = 0.995;
/**
 * A corrected step that is shorter than this, or comes after so many that brought nothing, is replaced by one towards the
 * centre, without which the method may go in circles.
 */
const SHORT_STEP = 0.3;
const IDLE_STEPS = 3;
const SAFE_CENTRING = 0.3;
/** Curvature, in that of the distance from the centre, below which an offer does not enter the normal matrix. */
const NEGLIGIBLE = 1e-9;

/** One run of the interior point; offers are numbered through all groups. */
export class MasterSolve {
  private readonly first: Int32Array;
  private readonly price: Float64Array;
  private readonly offer: Float64Array;
  private readonly weight: Float64Array;
  private readonly slack: Float64Array;
  private readonly slackResidual: Float64Array;
  private readonly groupResidual: Float64Array;
  private readonly priceResidual: Float64Array;
  private readonly target: Float64Array;
  private readonly ratio: Float64Array;
  private readonly stepWeight: Float64Array;
  private readonly stepSlack: Float64Array;
  private readonly stepPrice: Float64Array;
  private readonly stepOffer: Float64Array;
  private readonly mean: readonly Float64Array[];
  private readonly deviation: Float64Array;
  private readonly factor: CholeskyFactor;

  constructor(
    private readonly groups: readonly OfferGroup[],
    private readonly base: Float64Array,
    private readonly aim: MasterAim,
  ) {
    this.first = new Int32Array(groups.length + 1);
    groups.forEach((group, g) => (this.first[g + 1] = this.first[g] + group.cost.length));
    const offers = this.first[groups.length];
    const array = (size: number) => new Float64Array(size);
    this.price = aim.centre.slice();
    this.offer = array(groups.length);
    this.weight = array(offers);
    this.slack = array(offers);
    this.slackResidual = array(offers);
    this.groupResidual = array(groups.length);
    this.priceResidual = array(base.length);
    this.target = array(offers);
    this.ratio = array(offers);
    this.stepWeight = array(offers);
    this.stepSlack = array(offers);
    this.stepPrice = array(base.length);
    this.stepOffer = array(groups.length);
    this.mean = groups.map(group => array(group.goods.length));
    this.deviation = array(base.length);
    this.factor = new CholeskyFactor(base.length);
  }

  run(): MasterSolution {
    this.start();
    let least = Infinity;
    let idle = 0;
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      const complementarity = this.measure();
      if (this.isDone(complementarity)) break;
      idle = complementarity < 0.9 * least ? 0 : idle + 1;
      least = Math.min(least, complementarity);
      this.assemble();
      this.target.fill(0);
      this.advance();
      const share = this.complementarityAfter(this.length(1)) / complementarity;
      const centring = share * share * share * complementarity;
      for (let j = 0; j < this.target.length; j++) this.target[j] = centring - this.stepWeight[j] * this.stepSlack[j];
      this.advance();
      if (this.length(STEP_SHARE) < SHORT_STEP || idle >= IDLE_STEPS) {
        this.target.fill(SAFE_CENTRING * complementarity);
        this.advance();
      }
      this.move(this.length(STEP_SHARE));
    }
    return this.solution();
  }

  /** Equal weights; every group offers less than its best by the same amount. */
  private start(): void {
    let spread = 1;
    this.groups.forEach((group, g) => {
      let least = Infinity;
      group.cost.forEach((cost, j) => {
        const value = cost - this.valueOf(group, j);
        this.slack[this.first[g] + j] = value;
        least = Math.min(least, value);
      });
      if (!group.isRay) this.offer[g] = least;
      for (let j = this.first[g]; j < this.first[g + 1]; j++) {
        if (!group.isRay) this.slack[j] -= least;
        spread = Math.max(spread, Math.abs(this.slack[j]));
        this.weight[j] = 1 / group.cost.length;
      }
    });
    const lift = 1e-3 * spread;
    this.groups.forEach((group, g) => {
      if (!group.isRay) this.offer[g] -= lift;
    });
    for (let j = 0; j < this.slack.length; j++) this.slack[j] = Math.max(this.slack[j] + lift, lift);
  }

  /** What an offer's supply is worth at the price. */
  private valueOf(group: OfferGroup, j: number): number {
    return dotAt(group.supply[j], group.goods, this.price);
  }

  /** Residuals of the optimality conditions; returns the mean complementarity. */
  private measure(): number {
    const { centre, tau } = this.aim;
    for (let i = 0; i < this.price.length; i++) {
      this.priceResidual[i] = this.base[i] + (this.price[i] - centre[i]) / tau;
    }
    let complementarity = 0;
    this.groups.forEach((group, g) => {
      let total = group.isRay ? 0 : -1;
      for (let j = this.first[g]; j < this.first[g + 1]; j++) {
        const place = j - this.first[g];
        const supply = group.supply[place];
        for (let i = 0; i < supply.length; i++) this.priceResidual[group.goods[i]] += this.weight[j] * supply[i];
        this.slackResidual[j] = this.offer[g] + this.valueOf(group, place) + this.slack[j] - group.cost[place];
        complementarity += this.weight[j] * this.slack[j];
        if (!group.isRay) total += this.weight[j];
      }
      this.groupResidual[g] = total;
    });
    return complementarity / Math.max(1, this.weight.length);
  }

  private isDone(complementarity: number): boolean {
    let scale = 1;
    let residual = 0;
    this.groups.forEach((_, g) => {
      scale += Math.abs(this.offer[g]);
      residual = Math.max(residual, Math.abs(this.groupResidual[g]));
    });
    let worth = 0;
    for (let i = 0; i < this.price.length; i++) worth += Math.abs(this.priceResidual[i] * this.price[i]);
    for (let j = 0; j < this.weight.length; j++) worth += Math.abs(this.slackResidual[j]) * this.weight[j];
    const bound = Math.max(this.aim.precision, PRECISION * scale);
    const open = complementarity * this.weight.length;
    return open < EXHAUSTED * bound || (open + worth < bound && residual < RESIDUAL);
  }

  /** Normal matrix in the prices: 1/τ and the covariance of each group's supplies, weighted with weight / slack. */
  private assemble(): void {
    const { factor } = this;
    factor.reset(1 / this.aim.tau);
    const negligible = NEGLIGIBLE / this.aim.tau;
    this.groups.forEach((group, g) => {
      const mean = this.mean[g].fill(0);
      let total = 0;
      for (let j = this.first[g]; j < this.first[g + 1]; j++) {
        this.ratio[j] = this.weight[j] / this.slack[j];
        total += this.ratio[j];
        addTo(mean, group.supply[j - this.first[g]], this.ratio[j]);
      }
      if (group.isRay) mean.fill(0);
      else for (let i = 0; i < mean.length; i++) mean[i] /= total;
      for (let j = this.first[g]; j < this.first[g + 1]; j++) {
        const supply = group.supply[j - this.first[g]];
        let square = 0;
        for (let i = 0; i < supply.length; i++) {
          this.deviation[i] = supply[i] - mean[i];
          square += this.deviation[i] * this.deviation[i];
        }
        if (this.ratio[j] * square > negligible) factor.addSquare(this.deviation, group.goods, this.ratio[j]);
      }
    });
    factor.factorise();
  }

  /** Newton direction towards weight·slack = target. */
  private advance(): void {
    const { stepPrice, stepWeight } = this;
    for (let i = 0; i < stepPrice.length; i++) stepPrice[i] = -this.priceResidual[i];
    this.groups.forEach((group, g) => {
      const [pull, total] = this.pullOf(g);
      const mean = this.mean[g];
      const shift = group.isRay ? 0 : -(this.groupResidual[g] + pull);
      for (let j = this.first[g]; j < this.first[g + 1]; j++) {
        const supply = group.supply[j - this.first[g]];
        for (let i = 0; i < supply.length; i++) stepPrice[group.goods[i]] -= stepWeight[j] * supply[i];
      }
      if (!group.isRay) for (let i = 0; i < mean.length; i++) stepPrice[group.goods[i]] -= shift * mean[i];
      this.stepOffer[g] = group.isRay ? 0 : shift / total;
    });
    this.factor.solve(stepPrice);
    this.groups.forEach((group, g) => this.advanceGroup(group, g));
  }

  /** Puts each weight's step without a move of prices into stepWeight; returns their sum and that of the ratios. */
  private pullOf(g: number): [number, number] {
    let pull = 0;
    let total = 0;
    for (let j = this.first[g]; j < this.first[g + 1]; j++) {
      const residual = this.target[j] - this.weight[j] * this.slack[j];
      this.stepWeight[j] = (residual + this.weight[j] * this.slackResidual[j]) / this.slack[j];
      pull += this.stepWeight[j];
      total += this.ratio[j];
    }
    return [pull, total];
  }

  private advanceGroup(group: OfferGroup, g: number): void {
    if (!group.isRay) this.stepOffer[g] -= dotAt(this.mean[g], group.goods, this.stepPrice);
    for (let j = this.first[g]; j < this.first[g + 1]; j++) {
      const rise = this.stepOffer[g] + dotAt(group.supply[j - this.first[g]], group.goods, this.stepPrice);
      this.stepWeight[j] += this.ratio[j] * rise;
      this.stepSlack[j] = -this.slackResidual[j] - rise;
    }
  }

  /** Longest step that keeps weights and slacks positive. */
  private length(share: number): number {
    let length = 1;
    for (let j = 0; j < this.weight.length; j++) {
      if (this.stepWeight[j] < 0) length = Math.min(length, (-share * this.weight[j]) / this.stepWeight[j]);
      if (this.stepSlack[j] < 0) length = Math.min(length, (-share * this.slack[j]) / this.stepSlack[j]);
    }
    return length;
  }

  private complementarityAfter(length: number): number {
    let total = 0;
    for (let j = 0; j < this.weight.length; j++) {
      total += (this.weight[j] + length * this.stepWeight[j]) * (this.slack[j] + length * this.stepSlack[j]);
    }
    return total / this.weight.length;
  }

  private move(length: number): void {
    addTo(this.weight, this.stepWeight, length);
    addTo(this.slack, this.stepSlack, length);
    addTo(this.price, this.stepPrice, length);
    addTo(this.offer, this.stepOffer, length);
  }

  private solution(): MasterSolution {
    let promise = 0;
    for (let i = 0; i < this.price.length; i++) promise -= this.base[i] * this.price[i];
    for (const offer of this.offer) promise += offer;
    const weights = this.groups.map((group, g) => {
      const weights = this.weight.slice(this.first[g], this.first[g + 1]);
      return group.isRay ? weights : toSimplex(weights);
    });
    return { price: this.price, weights, promise };
  }
}

/** Scales weights so that they sum to 1; what is below rounding becomes 0. */
function toSimplex(weights: Float64Array): Float64Array {
  let total = 0;
  for (let j = 0; j < weights.length; j++) {
    if (weights[j] < 1e-12) weights[j] = 0;
    total += weights[j];
  }
  return weights.map(weight => weight / total);
}

function dotAt(values: Float64Array, places: Int32Array, at: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] * at[places[i]];
  return total;
}

function addTo(sum: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i++) sum[i] += factor * values[i];
}
