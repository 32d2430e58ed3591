import type { Bid, Book } from "./book.js";
import type { Congestion, Transformer } from "./congestion.js";
import { type Behaviour, ClearingType } from "./price-rule.js";
import type { PublishedMarginal } from "./published-figures.js";
import type { Surplus } from "./surplus.js";

/** A way to turn a book into a cleared round. All of them keep what `clearing-rules.test.ts` asks. */
export interface ClearingRule {
  readonly name: string;
  /** Throws `BookError` naming every bid at fault. */
  clear(book: Book, rules: ClearingRules): Clearing;
}

/** Rules of a market, whichever way it clears. */
export interface ClearingRules {
  readonly priceCapNano: number;
  readonly behaviour: Behaviour;
  /** Limit of what may flow between the feeder and the world outside; none when left out. */
  readonly transformer?: Transformer;
  /** A number for each bidder that decides between bids of one price where they take turns, lowest first; by name when left out. */
  readonly lot?: (bidder: string) => number;
}

/** What one side's bids got: accepted energy and what is paid for it, in the order of the bids. */
export interface Acceptance {
  readonly acceptedWh: readonly number[];
  readonly valuePico: readonly bigint[];
}

/** Energy that one bid buys of another at a price of their own. */
export interface Trade {
  /** Index of the bid in the book. */
  readonly buyer: number;
  readonly seller: number;
  readonly energyWh: number;
  readonly priceNano: number;
}

/** The bids that are only partly served: all bids of one side at the clearing price, together. */
export interface MarginalSide {
  readonly side: "buyers" | "sellers";
  readonly acceptedWh: number;
  readonly offeredWh: number;
}

/**
 * A cleared round. To the last unit, buyers get what sellers deliver, and what buyers pay is what sellers receive and the
 * congestion rent.
 */
export interface Clearing {
  readonly type: ClearingType;
  readonly quantityWh: number;
  /** The price of everybody inside the feeder; the mean price of trades where each has its own; the cap in a shortage. */
  readonly priceNano: number;
  readonly buyers: Acceptance;
  readonly sellers: Acceptance;
  /** Only where one price holds for all. */
  readonly marginal: MarginalSide | undefined;
  /** Who trades with whom; only where each trade has its own price. */
  readonly trades?: readonly Trade[];
  /** Only when the transformer is at its limit. */
  readonly congestion?: Congestion;
  /** Demand at any price, and what of it nobody could serve. */
  readonly unresponsiveBuyWh: number;
  readonly unservedWh: number;
  readonly surplus: Surplus;
  /** Supplier plus consumer surplus, and what responsive buyers pay; 0 in a round of type NULL or FAILURE. */
  readonly welfarePico: bigint;
  readonly sellerIncomePico: bigint;
  /** Only of the uniform price with `published` behaviour. */
  readonly published?: PublishedMarginal;
}

/** Accepted energy of one side by bidder, all bids of a bidder together. */
export function acceptedByBidder(bids: readonly Bid[], { acceptedWh }: Acceptance): Map<string, number> {
  const sums = new Map<string, number>();
  bids.forEach(({ bidder }, i) => sums.set(bidder, (sums.get(bidder) ?? 0) + acceptedWh[i]));
  return sums;
}

/** Welfare and income of a round: nothing where it did not clear. */
export function worthOf(
  type: ClearingType,
  { consumerPico, supplierPico }: Surplus,
  incomePico: bigint,
): Pick<Clearing, "welfarePico" | "sellerIncomePico"> {
  const settled = type !== ClearingType.NULL && type !== ClearingType.FAILURE;
  return { welfarePico: settled ? consumerPico + supplierPico : 0n, sellerIncomePico: settled ? incomePico : 0n };
}

/** What buyers get and pay together. */
export interface Purchases {
  readonly quantityWh: number;
  readonly paidPico: bigint;
  /** Demand at the cap, what of it nobody serves, and what the others pay. */
  readonly unresponsiveBuyWh: number;
  readonly unservedWh: number;
  readonly responsivePico: bigint;
}

/** Sums over the buyers of a round. */
export function sumPurchases(buyers: readonly Bid[], got: Acceptance, priceCapNano: number): Purchases {
  let [quantityWh, unresponsiveBuyWh, unresponsiveWh, unresponsivePico, responsivePico] = [0, 0, 0, 0n, 0n];
  for (let i = 0; i < buyers.length; i++) {
    const acceptedWh = got.acceptedWh[i];
    quantityWh += acceptedWh;
    if (buyers[i].priceNano === priceCapNano) {
      unresponsiveBuyWh += buyers[i].energyWh;
      unresponsiveWh += acceptedWh;
      unresponsivePico += got.valuePico[i];
    } else if (acceptedWh > 0) responsivePico += got.valuePico[i];
  }
  const unservedWh = unresponsiveBuyWh - unresponsiveWh;
  return { quantityWh, paidPico: unresponsivePico + responsivePico, unresponsiveBuyWh, unservedWh, responsivePico };
}
