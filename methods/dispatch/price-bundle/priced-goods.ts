import { type LimitForces, NetworkSweep } from "../certificate/index.js";
import type { Payload } from "../coordination.js";
import { DispatchError } from "../dispatch-error.js";
import type { PublicProblem } from "../problem.js";
import { brokenLimits, type LimitRow, nameOf } from "./limit-row.js";
import type { Mix } from "./offer-book.js";

/** Demands are met with this to spare, relative to them (absolute below 1), so that rounding breaks no limit. */
const SPARE = 1e-8;

/** Prices of active power by step, then of reactive power by step, then of these limits. */
export interface BundlePrices {
  readonly price: Float64Array;
  readonly rows: readonly LimitRow[];
}

/** What has a price, and what the prices come to at each node: active and reactive power by step, and limits that were broken. */
export class PricedGoods {
  readonly sweep: NetworkSweep;
  readonly rows: LimitRow[];
  /** Limits whose shares the agents have told for all their offers. */
  known = 0;
  private price: Float64Array = new Float64Array(0);

  constructor(
    private readonly problem: PublicProblem,
    rows: readonly LimitRow[] = [],
  ) {
    this.sweep = new NetworkSweep(problem);
    this.rows = [...rows];
  }

  /** Number of goods. */
  get size(): number {
    return 2 * this.problem.steps + this.rows.length;
  }

  /** What agents have to supply of a limit's good. */
  demandOf({ demand }: LimitRow): number {
    return demand + SPARE * Math.max(1, Math.abs(demand));
  }

  /** Makes the nodes' prices of the goods' prices; a limit that is new has the price 0. */
  put(price: Float64Array): void {
    this.price = padded(price, this.size);
    const { steps } = this.problem;
    const first = this.sweep.rootNode * steps;
    this.sweep.activePrice.set(price.subarray(0, steps), first);
    this.sweep.reactivePrice.set(price.subarray(steps, 2 * steps), first);
    this.putForces(this.sweep.forces, this.price);
    this.sweep.price();
  }

  /** Puts the limits' prices, as forces, in the place of all forces. */
  putForces(forces: LimitForces, price: Float64Array): void {
    const { steps } = this.problem;
    forces.line.fill(0);
    forces.voltage.fill(0);
    this.rows.forEach(({ kind, node, step, force }, row) => {
      forces[kind][node * steps + step] += force * Math.max(0, price[2 * steps + row]);
    });
  }

  /** What a node has to know of the limits in order to tell its shares. */
  termsOf(node: number): Payload {
    if (this.rows.length === 0) return {};
    return {
      rowStep: Float64Array.from(this.rows, row => row.step),
      rowActive: Float64Array.from(this.rows, row => row.active[node]),
      rowReactive: Float64Array.from(this.rows, row => row.reactive[node]),
      rowsKnown: this.known,
    };
  }

  /** Worth of a supply at the put prices, from `first` on. */
  worthOf(supply: Float64Array, first = 0): number {
    let worth = 0;
    for (let good = 0; good < this.price.length; good++) worth += this.priceOf(good) * supply[first + good];
    return worth;
  }

  /** Worth of what is supplied anyway: in a book's base the demands are subtracted, which the network's bound charges itself. */
  worthOfBase(base: Float64Array): number {
    const first = 2 * this.problem.steps;
    return this.rows.reduce(
      (worth, row, place) => worth + this.priceOf(first + place) * this.demandOf(row),
      this.worthOf(base),
    );
  }

  /** Cost of a mix with the grid's exchange. */
  costOf(mix: Mix): number {
    const { steps } = this.problem;
    let cost = mix.cost;
    for (let t = 0; t < steps; t++) cost += this.sweep.root.cost(t, -mix.supply[t], -mix.supply[steps + t]);
    return cost;
  }

  private priceOf(good: number): number {
    return good < 2 * this.problem.steps ? this.price[good] : Math.max(0, this.price[good]);
  }

  /** Moves prices, by rounding only, to where an unlimited exchange with the grid bounds them. */
  attainable(price: Float64Array): Float64Array {
    const { steps } = this.problem;
    for (let t = 0; t < steps; t++) {
      [price[t], price[steps + t]] = this.sweep.root.attainable(t, price[t], price[steps + t]);
    }
    return price;
  }

  /** Makes goods of the worst limits that a dispatch breaks. */
  addBroken(told: NetworkSweep): void {
    for (const row of brokenLimits(told)) {
      if (!this.rows.some(known => nameOf(known) === nameOf(row) && known.sign === row.sign)) this.rows.push(row);
    }
  }

  /** That no dispatch was found which keeps the limits. */
  infeasible(rounds: number): DispatchError {
    const limits = this.rows.map(nameOf).join(", ");
    const sentence = limits === "" ? "the exchange at the root stays beyond its limit" : `limits are broken: ${limits}`;
    return new DispatchError(
      "INFEASIBLE_NETWORK",
      `After ${rounds} rounds no dispatch of ${this.problem.name} keeps to the network: ${sentence}. Relax the limit, give the agents behind it more freedom, or allow more rounds.`,
    );
  }
}

/** Values followed by zeros. */
export function padded(values: Float64Array, size: number): Float64Array {
  if (values.length === size) return values;
  const wider = new Float64Array(size);
  wider.set(values);
  return wider;
}
