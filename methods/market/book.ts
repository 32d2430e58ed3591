/** An offer to buy up to, or sell from, a price. A price at the market's cap marks demand that takes any price. */
export interface Bid {
  readonly bidder: string;
  /** 1e-9 currency per kWh, integer, within ± the market's cap. */
  readonly priceNano: number;
  /** Wh, integer, ≥ 0; 0 offers nothing. */
  readonly energyWh: number;
}

/** All bids of one round, in any order. */
export interface Book {
  readonly buyers: readonly Bid[];
  readonly sellers: readonly Bid[];
}

/** What is wrong with a bid: whose it is, the value, and what to do about it. */
export interface BidFault {
  readonly bidder: string;
  readonly problem: string;
  readonly cure: string;
}

/** A book that cannot be cleared; `faults` names every bid at fault. */
export class BookError extends Error {
  override readonly name = "BookError";
  readonly code = "METHOD_BOOK";
  constructor(readonly faults: readonly BidFault[]) {
    super(faults.map(({ bidder, problem, cure }) => `${bidder}: ${problem} ${cure}`).join("\n"));
  }
}

/** Throws `BookError` with every fault of the book. */
export function checkBook(book: Book, priceCapNano: number): void {
  const faults: BidFault[] = [];
  if (!(Number.isSafeInteger(priceCapNano) && priceCapNano > 0))
    faults.push({ bidder: "market", problem: `the price cap is ${priceCapNano}.`, cure: "Give a positive integer." });
  for (const side of ["buyers", "sellers"] as const) {
    book[side].forEach((bid, i) => {
      if (!isSound(bid, priceCapNano)) faults.push(...bidFaults(bid, `${side} ${i + 1}`, priceCapNano));
    });
    const totalWh = book[side].reduce((sum, bid) => sum + bid.energyWh, 0);
    if (faults.length === 0 && !Number.isSafeInteger(totalWh))
      faults.push({ bidder: side, problem: `they sum to ${totalWh} Wh.`, cure: "Stay below 2^53 Wh a round." });
  }
  if (faults.length > 0) throw new BookError(faults);
}

function isSound({ bidder, priceNano, energyWh }: Bid, priceCapNano: number): boolean {
  const isPrice = Number.isSafeInteger(priceNano) && Math.abs(priceNano) <= priceCapNano;
  return bidder !== "" && isPrice && Number.isSafeInteger(energyWh) && energyWh >= 0;
}

function bidFaults({ bidder, priceNano, energyWh }: Bid, place: string, priceCapNano: number): BidFault[] {
  const name = bidder === "" ? place : bidder;
  const faults: BidFault[] = [];
  if (bidder === "") faults.push({ bidder: name, problem: "the bid has no name.", cure: "Name its bidder." });
  if (!Number.isSafeInteger(energyWh) || energyWh < 0)
    faults.push({ bidder: name, problem: `offers ${energyWh} Wh.`, cure: "Bid a whole number of Wh, 0 or more." });
  if (!Number.isSafeInteger(priceNano))
    faults.push({ bidder: name, problem: `bids a price of ${priceNano}.`, cure: "Bid a whole number of nano." });
  else if (Math.abs(priceNano) > priceCapNano)
    faults.push({ bidder: name, problem: `bids ${priceNano}, beyond ±${priceCapNano}.`, cure: "Bid within the cap." });
  return faults;
}
