import type { PublicProblem } from "../problem.js";
import { type OfferKind, offerSize } from "./grouping.js";
import { type MasterAim, type MasterSolution, type OfferGroup, PriceMaster } from "./master.js";

/** What one round's offers of a class hold: the vector as sent or summed, and the limits at whose steps it has shares. */
interface Book {
  readonly kind: OfferKind;
  /** One group for each step, or one for all. */
  readonly groups: readonly OfferGroup[];
  /** Rounds whose offers are kept, oldest first. */
  rounds: number[];
}

/** The offers of a class in a mix: their rounds, and their weights by round (and by step for the stepwise class). */
export interface MixedOffers {
  readonly rounds: readonly number[];
  readonly weights: Float64Array;
}

/** A mix of the offers: what it costs the agents and what it supplies of each good. */
export interface Mix {
  readonly cost: number;
  readonly supply: Float64Array;
  readonly offers: ReadonlyMap<string, MixedOffers>;
}

/**
 * All offers of a run. Goods are active power by step, reactive power by step, then one for each limit that has been broken.
 * The grid is among the offering parties: nothing, or all it can import or export with one or the other reactive power.
 */
export class OfferBook {
  private readonly master = new PriceMaster();
  private readonly books = new Map<string, Book>();
  private readonly rowSteps: number[] = [];
  /** Supply and cost of what is fixed, whatever the price. */
  base: Float64Array;
  fixedCost = 0;
  private hasFixed = false;

  constructor(private readonly problem: PublicProblem) {
    this.base = new Float64Array(2 * problem.steps);
    for (let t = 0; t < problem.steps; t++) this.openGrid(t);
  }

  get goods(): number {
    return this.base.length;
  }

  private openGrid(t: number): void {
    const { steps, root } = this.problem;
    for (const [price, limit, sign] of [
      [root.buyPrice[t], root.importLimit, 1],
      [-root.sellPrice[t], root.exportLimit, -1],
    ]) {
      const isRay = limit === Infinity;
      const power = isRay ? 1 : limit;
      const isReactiveFree = root.reactiveShare === Infinity;
      const group = this.master.addGroup(isReactiveFree ? Int32Array.of(t) : Int32Array.of(t, steps + t), isRay);
      if (!isRay) enter(group, 0, new Float64Array(group.goods.length));
      for (const share of isReactiveFree ? [0] : [root.reactiveShare, -root.reactiveShare]) {
        enter(group, price * power, Float64Array.of(sign * power, share * power).slice(0, group.goods.length));
      }
    }
  }

  /** Rounds whose offers of a class are kept. */
  roundsOf(name: string): readonly number[] {
    return this.books.get(name)?.rounds ?? [];
  }

  /** Adds a limit: a good that has to be supplied to `demand`, by the offers to come and by those that `extend` completes. */
  addRow(step: number, demand: number): void {
    const good = this.goods;
    this.rowSteps.push(step);
    this.base = Float64Array.from([...this.base, -demand]);
    enter(this.master.addGroup(Int32Array.of(good), true), 0, Float64Array.of(-1));
  }

  /** Enters a vector of the fixed agents: cost, supply, and shares in the limits from `firstRow` on. */
  enterFixed(offer: Float64Array, firstRow: number): void {
    const { steps } = this.problem;
    if (!this.hasFixed) {
      this.hasFixed = true;
      this.fixedCost = offer[0];
      for (let good = 0; good < 2 * steps; good++) this.base[good] += this.supplyOf(offer, "fixed", good);
    }
    for (let i = 2 * steps + firstRow; i < this.goods; i++) this.base[i] += offer[1 + i];
  }

  /** Enters the offers of a class in a round: first the older offers' shares in the limits from `firstRow` on, then the new one. */
  enter(
    name: string,
    kind: OfferKind,
    { offer, round, firstRow }: { offer: Float64Array; round: number; firstRow: number },
  ): void {
    const size = offerSize(kind, this.problem.steps);
    const known = this.books.get(name);
    if (known) this.extend(known, offer.subarray(size + this.rowSteps.length), firstRow);
    const book = known ?? this.openBook(name, kind);
    book.rounds.push(round);
    book.groups.forEach((group, t) => {
      const supply = Float64Array.from(group.goods, good => this.supplyOf(offer, kind, good));
      enter(group, offer[kind === "stepwise" ? t : 0], supply);
    });
  }

  /** An offer's supply of a good; reactive power that the grid gives for nothing is none. */
  private supplyOf(offer: Float64Array, kind: OfferKind, good: number): number {
    const { steps, root } = this.problem;
    const isFree = root.reactiveShare === Infinity && good >= steps && good < 2 * steps;
    return isFree ? 0 : offer[(kind === "stepwise" ? steps : 1) + good];
  }

  private openBook(name: string, kind: OfferKind): Book {
    const { steps } = this.problem;
    const whole = Int32Array.from({ length: this.goods }, (_, good) => good);
    const stepwise = Array.from({ length: steps }, (_, t) => whole.filter(good => this.stepOf(good) === t));
    const goods = kind === "stepwise" ? stepwise : [whole];
    const book: Book = { kind, groups: goods.map(of => this.master.addGroup(of)), rounds: [] };
    this.books.set(name, book);
    return book;
  }

  private stepOf(good: number): number {
    const { steps } = this.problem;
    return good < 2 * steps ? good % steps : this.rowSteps[good - 2 * steps];
  }

  /** Adds the shares of older offers (by offer, then limit) in new limits. */
  private extend(book: Book, shares: Float64Array, firstRow: number): void {
    const rows = this.rowSteps.length;
    if (firstRow === rows) return;
    const width = rows - firstRow;
    book.groups.forEach((group, t) => {
      const added: number[] = [];
      for (let row = firstRow; row < rows; row++) {
        if (book.kind !== "stepwise" || this.rowSteps[row] === t) added.push(row);
      }
      group.goods = Int32Array.from([...group.goods, ...added.map(row => 2 * this.problem.steps + row)]);
      group.supply.forEach((supply, j) => {
        const more = added.map(row => shares[j * width + row - firstRow]);
        group.supply[j] = Float64Array.from([...supply, ...more]);
      });
    });
  }

  /** Drops the offers of single agents that have no weight in a mix, but for the youngest. */
  prune({ offers }: Mix, youngest: number): void {
    for (const [name, book] of this.books) {
      const mixed = offers.get(name);
      if (book.kind !== "own" || !mixed) continue;
      const isKept = book.rounds.map((_, j) => j >= book.rounds.length - youngest || mixed.weights[j] > 1e-9);
      book.rounds = book.rounds.filter((_, j) => isKept[j]);
      for (const { cost, supply } of book.groups) {
        cost.splice(0, cost.length, ...cost.filter((_, j) => isKept[j]));
        supply.splice(0, supply.length, ...supply.filter((_, j) => isKept[j]));
      }
    }
  }

  solve(aim: MasterAim): MasterSolution {
    return this.master.solve(this.base, aim);
  }

  /** The agents' offers mixed with the weights of a solution (the grid's are left out). */
  mix(solution: MasterSolution): Mix {
    const supply = this.base.slice();
    const offers = new Map<string, MixedOffers>();
    const places = new Map(this.master.groups.map((group, g) => [group, g]));
    let cost = this.fixedCost;
    for (const [name, { groups, rounds }] of this.books) {
      const weights = new Float64Array(rounds.length * groups.length);
      groups.forEach((group, t) => {
        const own = solution.weights[places.get(group) ?? 0];
        own.forEach((weight, j) => {
          weights[j * groups.length + t] = weight;
          cost += weight * group.cost[j];
          group.goods.forEach((good, i) => (supply[good] += weight * group.supply[j][i]));
        });
      });
      offers.set(name, { rounds: [...rounds], weights });
    }
    return { cost, supply, offers };
  }
}

function enter(group: OfferGroup, cost: number, supply: Float64Array): void {
  group.cost.push(cost);
  group.supply.push(supply);
}
