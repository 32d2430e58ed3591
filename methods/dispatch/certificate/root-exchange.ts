import type { PublicProblem, RootTariff } from "../problem.js";

/** Excess over a limit that rounding may cause, relative to the limit (absolute below 1). */
export const LIMIT_TOLERANCE = 1e-9;

/** True when value ≤ limit, but for rounding. */
export function isWithin(value: number, limit: number): boolean {
  return value <= limit + LIMIT_TOLERANCE * Math.max(1, Math.abs(limit));
}

/**
 * What the exchange with the grid costs at the root, and the least it can cost at a price: a convex function and its
 * conjugate, step by step. Import and export are ≥ 0 and net to P; reactive power needs import + export ≥ |Q| / share.
 * The regulariser counts net, imported and exported active power once each and reactive power twice.
 */
export class RootExchange {
  private readonly tariff: RootTariff;
  private readonly regulariser: number;

  constructor(problem: PublicProblem) {
    this.tariff = problem.root;
    this.regulariser = problem.regulariser;
  }

  /** Least cost of delivering P and Q at step t; infinite beyond the limits. */
  cost(t: number, active: number, reactive: number): number {
    const { buyPrice, sellPrice, importLimit, exportLimit, reactiveShare } = this.tariff;
    const traded = Math.max(Math.abs(active), Math.abs(reactive) / reactiveShare);
    const bought = (traded + active) / 2;
    const sold = (traded - active) / 2;
    if (!isWithin(bought, importLimit) || !isWithin(sold, exportLimit)) return Infinity;
    const squares = active * active + bought * bought + sold * sold + 2 * reactive * reactive;
    return buyPrice[t] * bought - sellPrice[t] * sold + 0.5 * this.regulariser * squares;
  }

  /**
   * min over P and Q of cost − activePrice·P − reactivePrice·Q; −∞ when an unlimited exchange would earn without end.
   * Exact, but for a regulariser together with a limited share of reactive power: then a bound below it.
   */
  bound(t: number, activePrice: number, reactivePrice: number): number {
    const { buyPrice, sellPrice, importLimit, exportLimit, reactiveShare } = this.tariff;
    const isReactiveFree = reactiveShare === Infinity;
    const premium = isReactiveFree || reactivePrice === 0 ? 0 : reactiveShare * Math.abs(reactivePrice);
    const weight = isReactiveFree ? this.regulariser : 0.5 * this.regulariser;
    const bought = leastOf(weight, buyPrice[t] - activePrice - premium, [0, importLimit]);
    const sold = leastOf(weight, activePrice - sellPrice[t] - premium, [0, exportLimit]);
    const reactive = isReactiveFree ? leastOf(this.regulariser, reactivePrice, [-Infinity, Infinity]) : 0;
    return bought + sold + reactive;
  }

  /** The nearest prices at which an unlimited exchange earns nothing without end: within the tariff's span where it has no limit. */
  attainable(t: number, activePrice: number, reactivePrice: number): [number, number] {
    const { buyPrice, sellPrice, importLimit, exportLimit, reactiveShare } = this.tariff;
    const upper = importLimit === Infinity ? buyPrice[t] : Infinity;
    const lower = exportLimit === Infinity ? sellPrice[t] : -Infinity;
    const active = Math.min(Math.max(activePrice, lower), upper);
    if (reactiveShare === Infinity) return [active, reactivePrice];
    const span = Math.min(upper - active, active - lower) / reactiveShare;
    return [active, Math.min(Math.max(reactivePrice, -span), span)];
  }
}

/** min over lower ≤ x ≤ upper of regulariser·x² + linear·x. */
export function leastOf(regulariser: number, linear: number, [lower, upper]: readonly [number, number]): number {
  if (linear === 0 && lower <= 0 && upper >= 0) return 0;
  const free = regulariser > 0 ? -linear / (2 * regulariser) : linear > 0 ? -Infinity : Infinity;
  const x = Math.min(Math.max(free, lower), upper);
  return Number.isFinite(x) ? regulariser * x * x + linear * x : -Infinity;
}
