import { MasterSolve } from "./master-solve.js";

/** Who offers: a group whose offers are mixed with weights that sum to 1, or (isRay) a direction taken any number of times. */
export interface OfferGroup {
  readonly isRay: boolean;
  /** Goods that its offers concern, ascending. */
  goods: Int32Array;
  readonly cost: number[];
  /** What each offer supplies of the group's goods. */
  readonly supply: Float64Array[];
}

/** Where to look for the price: around a centre, within a step length, and how exactly (in the offers' currency). */
export interface MasterAim {
  readonly centre: Float64Array;
  readonly tau: number;
  readonly precision: number;
}

/** Prices of the goods, the weights of the offers by group, and what the offers promise at these prices. */
export interface MasterSolution {
  readonly price: Float64Array;
  readonly weights: readonly Float64Array[];
  readonly promise: number;
}

/**
 * The price that all offers so far promise most for, not too far from a centre (proximal bundle method):
 *
 *   max Σ_g θ_g − base·y − |y − centre|² / (2τ),  θ_g ≤ cost_j − supply_j·y for every offer j of g  (0 ≤ … for a ray)
 *
 * Its multipliers are the weights with which the offers, mixed, meet the demand. An interior point (Mehrotra 1992) whose
 * normal matrix has the size of the prices alone: 1/τ plus every group's weighted covariance of supplies.
 * Source: Kiwiel, Proximity control in bundle methods, Math. Programming 46, 1990.
 */
export class PriceMaster {
  readonly groups: OfferGroup[] = [];

  addGroup(goods: Int32Array, isRay = false): OfferGroup {
    const group: OfferGroup = { isRay, goods, cost: [], supply: [] };
    this.groups.push(group);
    return group;
  }

  /** `base` is what is supplied anyway. */
  solve(base: Float64Array, aim: MasterAim): MasterSolution {
    return new MasterSolve(this.groups, base, aim).run();
  }
}
