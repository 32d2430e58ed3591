import type { Bid, Book } from "../book.js";
import type { Transformer } from "../congestion.js";

/** Best value of taking exactly q Wh from these bids, for every q, trying every amount of every bid. */
function bestValues(side: readonly Bid[], sign: 1 | -1): number[] {
  let best = [0];
  for (const { priceNano, energyWh } of side) {
    const next = new Array<number>(best.length + energyWh).fill(-Infinity);
    best.forEach((value, taken) => {
      for (let more = 0; more <= energyWh; more++)
        next[taken + more] = Math.max(next[taken + more], value + sign * priceNano * more);
    });
    best = next;
  }
  return best;
}

/** Largest welfare of any trade whatever, and the largest quantity that reaches it. */
export function bestTrade({ buyers, sellers }: Book): { welfare: number; quantityWh: number } {
  const [benefit, cost] = [bestValues(buyers, 1), bestValues(sellers, -1)];
  let [welfare, quantityWh] = [0, 0];
  for (let q = 0; q < Math.min(benefit.length, cost.length); q++)
    if (benefit[q] + cost[q] >= welfare) [welfare, quantityWh] = [benefit[q] + cost[q], q];
  return { welfare, quantityWh };
}

/** Largest welfare of one zone for every net import from −most to most; −Infinity where no trade has it. */
function zoneValues(buyers: readonly Bid[], sellers: readonly Bid[], most: number): number[] {
  const [benefit, cost] = [bestValues(buyers, 1), bestValues(sellers, -1)];
  return Array.from({ length: 2 * most + 1 }, (_, k) => {
    const importWh = k - most;
    let best = -Infinity;
    for (let bought = 0; bought < benefit.length; bought++) {
      const sold = bought - importWh;
      if (sold >= 0 && sold < cost.length) best = Math.max(best, benefit[bought] + cost[sold]);
    }
    return best;
  });
}

/** Largest welfare of any trade that the transformer can carry, trying every flow. */
export function bestCoupledWelfare({ buyers, sellers }: Book, limits: Transformer): number {
  const most = 60;
  const zone = (side: boolean) => {
    const of = (bids: readonly Bid[]) => bids.filter(bid => limits.isOutside(bid.bidder) === side);
    return zoneValues(of(buyers), of(sellers), most);
  };
  const [inside, outside] = [zone(false), zone(true)];
  let best = -Infinity;
  for (let flow = -limits.exportWh; flow <= limits.importWh; flow++)
    best = Math.max(best, inside[most + flow] + outside[most - flow]);
  return best;
}

/** How buyers take turns: who comes before whom, and who takes all or nothing. */
export interface Queue {
  readonly before: (one: Bid, other: Bid) => number;
  readonly isWhole: (bid: Bid) => boolean;
}

/** What every buyer gets and pays when they take turns, one Wh at a time, each Wh the cheapest that is left. */
export function takeTurns({ buyers, sellers }: Book, { before, isWhole }: Queue): { wh: number; paid: number }[] {
  const shelf = sellers.flatMap(({ priceNano, energyWh }) => new Array<number>(energyWh).fill(priceNano));
  shelf.sort((one, other) => one - other);
  const got = buyers.map(() => ({ wh: 0, paid: 0 }));
  const queue = buyers.map((bid, i) => ({ bid, i })).sort((one, other) => before(one.bid, other.bid));
  for (const { bid, i } of queue) {
    const fitting = shelf.filter(price => price <= bid.priceNano).length;
    if (fitting < bid.energyWh && isWhole(bid)) continue;
    const taken = shelf.splice(0, Math.min(fitting, bid.energyWh));
    got[i] = { wh: taken.length, paid: taken.reduce((sum, price) => sum + price, 0) };
  }
  return got;
}
