import type { Bid } from "./book.js";
import type { MarginalSide } from "./clearing.js";
import { cross, type Curve, energyOf } from "./merit-order.js";
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
    unresponsiveBuyWh: energyOf(demand, priceCapNano),
    unresponsiveSellWh: energyOf(supply, anyPriceNano),
  });
  return {
    ...{ type, priceNano },
    quantityWh: crossing.quantityWh,
    boughtWh: ration(buyers, crossing.quantityWh - outWh),
    soldWh: ration(sellers, crossing.quantityWh - inWh),
  };
}

/** The curve with some energy at a price before all others. */
function leadBy(curve: Curve, priceNano: number, energyWh: number): Curve {
  if (energyWh === 0) return curve;
  const flow: Bid = { bidder: "flow", priceNano, energyWh };
  return { bids: [...curve.bids, flow], order: [curve.bids.length, ...curve.order] };
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
  { bids, order }: Curve,
  acceptedWh: readonly number[],
): MarginalSide | undefined {
  const cut = order.find(i => acceptedWh[i] < bids[i].energyWh);
  if (cut === undefined) return undefined;
  const level = order.filter(i => bids[i].priceNano === bids[cut].priceNano);
  const acceptedSum = level.reduce((sum, i) => sum + acceptedWh[i], 0);
  if (acceptedSum === 0) return undefined;
  return { side, acceptedWh: acceptedSum, offeredWh: level.reduce((sum, i) => sum + bids[i].energyWh, 0) };
}
