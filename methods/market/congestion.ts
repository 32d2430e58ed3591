import type { Bid, Book } from "./book.js";
import { type Curve, curveOf, meritCurve } from "./merit-order.js";
import { valueOf } from "./money.js";
import type { ClearedZone, Zone } from "./zone.js";

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
  /** The flow at the difference of the two prices, ≥ 0: what buyers pay and no seller receives. */
  readonly rentPico: bigint;
}

/** What flows into the feeder, net; negative out of it. */
export function flowOf(
  { buyers, sellers }: Book,
  { boughtWh, soldWh }: Pick<ClearedZone, "boughtWh" | "soldWh">,
  { isOutside }: Transformer,
): number {
  const outsideWh = (bids: readonly Bid[], energiesWh: readonly number[]) =>
    bids.reduce((sum, { bidder }, i) => sum + (energiesWh[i] > 0 && isOutside(bidder) ? energiesWh[i] : 0), 0);
  return outsideWh(sellers, soldWh) - outsideWh(buyers, boughtWh);
}

/** The zones inside and outside of the transformer with a flow from one to the other. */
export function splitAt({ buyers, sellers }: Zone, importWh: number, { isOutside }: Transformer): [Zone, Zone] {
  const zone = (side: boolean, inflowWh: number): Zone => {
    const of = ({ bids, order }: Curve) =>
      curveOf(
        bids,
        order.filter(i => isOutside(bids[i].bidder) === side),
      );
    return { buyers: of(buyers), sellers: of(sellers), inflowWh };
  };
  return [zone(false, importWh), zone(true, -importWh)];
}

/** Congestion by a flow into the feeder (out of it where negative) between two prices. */
export function congestionOf(importWh: number, insideNano: number, outsideNano: number): Congestion {
  return {
    direction: importWh > 0 || insideNano > outsideNano ? "import" : "export",
    flowWh: Math.abs(importWh),
    outsidePriceNano: outsideNano,
    rentPico: valueOf(insideNano - outsideNano, importWh),
  };
}

/**
 * The book with the outside's bids cut, best prices first, to what may flow: the limit for rules without a common price,
 * under which every purchase from outside counts. Indices of bids stay.
 */
export function limitOutside({ buyers, sellers }: Book, { importWh, exportWh, isOutside }: Transformer): Book {
  const cut = (bids: readonly Bid[], best: "highest" | "lowest", limitWh: number) => {
    const limited = [...bids];
    let leftWh = limitWh;
    for (const i of meritCurve(bids, best).order) {
      if (!isOutside(bids[i].bidder)) continue;
      const energyWh = Math.min(bids[i].energyWh, leftWh);
      leftWh -= energyWh;
      limited[i] = { ...bids[i], energyWh };
    }
    return limited;
  };
  return { buyers: cut(buyers, "highest", exportWh), sellers: cut(sellers, "lowest", importWh) };
}
