import type { Bid, Book } from "./book.js";
import { meritOrder } from "./merit-order.js";

/** A limit of what may flow into and out of the feeder in a round. */
export interface Transformer {
  readonly importWh: number;
  readonly exportWh: number;
  /** Whether a bid stands on the far side of the transformer. */
  readonly isOutside: (bidder: string) => boolean;
}

/** What a transformer at its limit does to a round. */
export interface Congestion {
  readonly direction: "import" | "export";
  readonly flowWh: number;
  readonly outsidePriceNano: number;
  /** Value of the flow at the difference of the two prices, ≥ 0: what is paid and nobody receives. */
  readonly rentPico: bigint;
}

/** The book with the outside's bids cut, best prices first, to what may flow; indices of bids stay. */
export function limitOutside({ buyers, sellers }: Book, { importWh, exportWh, isOutside }: Transformer): Book {
  const cut = (bids: readonly Bid[], best: "highest" | "lowest", limitWh: number) => {
    const limited = [...bids];
    let leftWh = limitWh;
    for (const i of meritOrder(bids, best)) {
      if (!isOutside(bids[i].bidder)) continue;
      const energyWh = Math.min(bids[i].energyWh, leftWh);
      leftWh -= energyWh;
      limited[i] = { ...bids[i], energyWh };
    }
    return limited;
  };
  return { buyers: cut(buyers, "highest", exportWh), sellers: cut(sellers, "lowest", importWh) };
}
