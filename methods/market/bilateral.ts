import { type Bid, type Book, checkBook } from "./book.js";
import {
  type Acceptance,
  type Clearing,
  type ClearingRules,
  type Purchases,
  sumPurchases,
  type Trade,
  worthOf,
} from "./clearing.js";
import { limitOutside } from "./congestion.js";
import { type Curve, meritCurve } from "./merit-order.js";
import { meanPriceNano, valueOf } from "./money.js";
import { ClearingType, idlePriceNano } from "./price-rule.js";
import { surplusOf } from "./surplus.js";

/** Who chooses first, and who takes all or nothing. */
export interface Turns {
  /** The buyers that want something, in the order of their turns. */
  readonly line: (buyers: readonly Bid[]) => Curve;
  readonly whole: (buyer: Bid) => boolean;
}

/**
 * Clears a book buyer by buyer: each takes the cheapest energy left at no more than its price and pays every seller that
 * seller's price. A transformer limits what the outside may sell and buy in all. Throws `BookError` naming every bid at fault.
 */
export function clearInTurn(book: Book, rules: ClearingRules, turns: Turns): Clearing {
  const { priceCapNano, transformer, lot } = rules;
  checkBook(book, priceCapNano);
  const limited = transformer === undefined ? book : limitOutside(book, transformer);
  const buyers = turns.line(limited.buyers);
  const sellers = meritCurve(limited.sellers, "lowest", lot);
  const isWhole = (buyer: Bid) => turns.whole(buyer) && transformer?.isOutside(buyer.bidder) !== true;
  const trades = tradeInTurn(buyers, sellers, isWhole);
  return describe(book, { buyers, sellers, trades }, rules);
}

/** As the cheapest energy always goes first, one place in the supply tells what is left. */
function tradeInTurn(buyers: Curve, sellers: Curve, isWhole: Turns["whole"]): Trade[] {
  const upToWh = cumulate(sellers);
  const trades: Trade[] = [];
  let [soldWh, next] = [0, 0];
  for (const buyer of buyers.order) {
    const bid = buyers.bids[buyer];
    const within = countUpTo(sellers.priceNano, bid.priceNano);
    const leftWh = within === 0 ? 0 : upToWh[within - 1] - soldWh;
    if (leftWh < bid.energyWh && isWhole(bid)) continue;
    for (let wantedWh = Math.min(bid.energyWh, leftWh); wantedWh > 0;) {
      const seller = sellers.order[next];
      const energyWh = Math.min(wantedWh, upToWh[next] - soldWh);
      trades.push({ buyer, seller, energyWh, priceNano: sellers.priceNano[next] });
      wantedWh -= energyWh;
      soldWh += energyWh;
      if (soldWh === upToWh[next]) next += 1;
    }
  }
  return trades;
}

function cumulate({ energyWh }: Curve): Float64Array {
  let sumWh = 0;
  return energyWh.map(wh => (sumWh += wh));
}

/** How many of some ascending prices are no higher than another. */
function countUpTo(ascending: Float64Array, priceNano: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] <= priceNano) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Traded {
  readonly buyers: Curve;
  readonly sellers: Curve;
  readonly trades: readonly Trade[];
}

function describe(book: Book, traded: Traded, rules: ClearingRules): Clearing {
  const { trades, sellers: curve } = traded;
  const { priceCapNano } = rules;
  const buyers = acceptanceOf(book.buyers, trades, "buyer");
  const sellers = acceptanceOf(book.sellers, trades, "seller");
  const purchases = sumPurchases(book.buyers, buyers, priceCapNano);
  const { quantityWh, unresponsiveBuyWh, unservedWh, responsivePico } = purchases;
  const type = typeOf(purchases);
  const surplus = surplusOf(
    { bids: book.buyers, energyWh: buyers.acceptedWh, responsivePico },
    { curve, energyWh: sellers.acceptedWh, earnedNano: i => book.sellers[i].priceNano },
    priceCapNano,
  );
  const priceNano = priceOf(type, purchases, traded, rules);
  return {
    ...{ type, quantityWh, priceNano, buyers, sellers, marginal: undefined, trades },
    ...{ unresponsiveBuyWh, unservedWh, surplus },
    ...worthOf(type, surplus, responsivePico),
  };
}

function typeOf({ quantityWh, unservedWh }: Purchases): ClearingType {
  if (unservedWh > 0) return ClearingType.FAILURE;
  return quantityWh > 0 ? ClearingType.PRICE : ClearingType.NULL;
}

function priceOf(
  type: ClearingType,
  { quantityWh, paidPico }: Purchases,
  traded: Traded,
  rules: ClearingRules,
): number {
  if (type === ClearingType.FAILURE) return rules.priceCapNano;
  if (type === ClearingType.PRICE) return meanPriceNano(paidPico, quantityWh);
  return idlePriceNano(
    { buyerNano: bestOf(traded.buyers, Math.max), sellerNano: bestOf(traded.sellers, Math.min) },
    rules,
  );
}

function bestOf({ priceNano }: Curve, better: (one: number, other: number) => number): number | undefined {
  return priceNano.length === 0 ? undefined : priceNano.reduce((best, price) => better(best, price));
}

function acceptanceOf(bids: readonly Bid[], trades: readonly Trade[], side: "buyer" | "seller"): Acceptance {
  const acceptedWh = new Array<number>(bids.length).fill(0);
  const valuePico = new Array<bigint>(bids.length).fill(0n);
  for (const trade of trades) {
    acceptedWh[trade[side]] += trade.energyWh;
    valuePico[trade[side]] += valueOf(trade.priceNano, trade.energyWh);
  }
  return { acceptedWh, valuePico };
}
