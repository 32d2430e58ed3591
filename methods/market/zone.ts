import type { Bid } from "./book.js";
import type { MarginalSide } from "./clearing.js";
import { cross, type Curve, energyAt } from "./merit-order.js";
import { type Behaviour, type ClearingType, priceRound } from "./price-rule.js";
import { ration } from "./rationing.js";

/** Bids that share one price. */
export interface Zone {
  readonly buyers: Curve;
  readonly sellers: Curve;
  /** Energy that flows in from elsewhere whatever the price; out where negative. */
  readonly inflowWh: number;
}

/** A zone's own price and energies; those are in the order of the book, 0 for bids of other zones. */
export interface ClearedZone {
  readonly type: ClearingType;
  readonly quantityWh: number;
  readonly priceNano: number;
  readonly boughtWh: readonly number[];
  readonly soldWh: readonly number[];
}

/** Clears one zone at a uniform price. An inflow is served first, as a seller that takes any price; an outflow likewise. */
export function clearZone(
  { buyers, sellers, inflowWh }: Zone,
  { priceCapNano, behaviour }: { readonly priceCapNano: number; readonly behaviour: Behaviour },
): ClearedZone {
  const [inWh, outWh] = [Math.max(0, inflowWh), Math.max(0, -inflowWh)];
  const demand = leadBy(buyers, priceCapNano, outWh);
  const supply = leadBy(sellers, -priceCapNano, inWh);
  const anyPriceNano = behaviour === "published" ? priceCapNano : -priceCapNano;
  const crossing = cross(demand, supply);
  const { type, priceNano } = priceRound(crossing, {
    ...{ priceCapNano, behaviour },
    unresponsiveBuyWh: energyAt(demand, priceCapNano),
    unresponsiveSellWh: energyAt(supply, anyPriceNano),
  });
  return {
    ...{ type, priceNano },
    quantityWh: crossing.quantityWh,
    boughtWh: ration(buyers, crossing.quantityWh - outWh),
    soldWh: ration(sellers, crossing.quantityWh - inWh),
  };
}

/** The curve with some energy at a price before all others. */
function leadBy({ bids, order, ...columns }: Curve, priceNano: number, energyWh: number): Curve {
  if (energyWh === 0) return { bids, order, ...columns };
  const lead = (first: number, rest: Float64Array) => {
    const column = new Float64Array(rest.length + 1);
    column[0] = first;
    column.set(rest, 1);
    return column;
  };
  const flow: Bid = { bidder: "flow", priceNano, energyWh };
  return {
    ...{ bids: [...bids, flow], order: [bids.length, ...order] },
    priceNano: lead(priceNano, columns.priceNano),
    energyWh: lead(energyWh, columns.energyWh),
  };
}

/** Which side's bids at the price are cut, and how much of them is served; undefined where nothing is. */
export function marginalSide(
  { buyers, sellers }: Zone,
  { boughtWh, soldWh }: Pick<ClearedZone, "boughtWh" | "soldWh">,
): MarginalSide | undefined {
  return marginalOf("buyers", buyers, boughtWh) ?? marginalOf("sellers", sellers, soldWh);
}

function marginalOf(
  side: MarginalSide["side"],
  { order, priceNano, energyWh }: Curve,
  gotWh: readonly number[],
): MarginalSide | undefined {
  const cut = order.findIndex((i, k) => gotWh[i] < energyWh[k]);
  if (cut < 0) return undefined;
  let [acceptedWh, offeredWh] = [0, 0];
  for (let k = 0; k < order.length; k++) {
    if (priceNano[k] !== priceNano[cut]) continue;
    acceptedWh += gotWh[order[k]];
    offeredWh += energyWh[k];
  }
  return acceptedWh === 0 ? undefined : { side, acceptedWh, offeredWh };
}
