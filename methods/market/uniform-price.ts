import { type Book, checkBook } from "./book.js";
import {
  type Acceptance,
  type Clearing,
  type ClearingRule,
  type ClearingRules,
  sumPurchases,
  worthOf,
} from "./clearing.js";
import { congestionOf, flowOf, splitAt } from "./congestion.js";
import { meritCurve } from "./merit-order.js";
import { valueOf } from "./money.js";
import { publishedMarginal, publishedSurplus } from "./published-figures.js";
import { surplusOf } from "./surplus.js";
import { type ClearedZone, clearZone, marginalSide, type Zone } from "./zone.js";

/**
 * Clears a uniform-price double auction. Equal books give equal results whatever the order of their bids; bids at the price
 * that cannot all be served share in proportion to their energy. Where more would flow through the transformer than it can
 * carry, exactly its limit flows, and each side of it gets a price of its own (market splitting), by the corrected price
 * rules. Throws `BookError` naming every bid at fault.
 */
export function clear(book: Book, rules: ClearingRules): Clearing {
  checkBook(book, rules.priceCapNano);
  const whole: Zone = {
    buyers: meritCurve(book.buyers, "highest"),
    sellers: meritCurve(book.sellers, "lowest"),
    inflowWh: 0,
  };
  const cleared = clearZone(whole, rules);
  const { transformer } = rules;
  if (transformer === undefined) return describeWhole({ zone: whole, cleared }, rules);
  const flowWh = flowOf(book, cleared, transformer);
  const limitWh = Math.min(Math.max(flowWh, -transformer.exportWh), transformer.importWh);
  if (flowWh === limitWh) return describeWhole({ zone: whole, cleared }, rules);
  const corrected: ClearingRules = { ...rules, behaviour: "corrected" };
  const zones = splitAt(whole, limitWh, transformer);
  const parts = zones.map(zone => ({ zone, cleared: clearZone(zone, corrected) }));
  const [insideNano, outsideNano] = parts.map(part => part.cleared.priceNano);
  return { ...describe(whole, parts, rules), congestion: congestionOf(limitWh, insideNano, outsideNano) };
}

/** One price for all: where the curves of demand and supply cross. */
export const uniformPrice: ClearingRule = { name: "uniform", clear };

interface Part {
  readonly zone: Zone;
  readonly cleared: ClearedZone;
}

/** A round of a single zone; the published figures exist for such a one only. */
function describeWhole(part: Part, rules: ClearingRules): Clearing {
  const round = describe(part.zone, [part], rules);
  if (rules.behaviour !== "published") return round;
  const surplus = publishedSurplus(part.zone, round.priceNano, rules.priceCapNano);
  const published = publishedMarginal({ buyers: part.zone.buyers.bids, sellers: part.zone.sellers.bids }, round);
  return { ...round, surplus, ...worthOf(round.type, surplus, round.sellerIncomePico), published };
}

/** What all zones give together; the first one is the feeder's inside. */
function describe(whole: Zone, parts: readonly Part[], { priceCapNano }: ClearingRules): Clearing {
  const [{ zone: inside, cleared }] = parts;
  const [{ bids }, supply] = [whole.buyers, whole.sellers];
  const buyers = acceptanceOf(parts, bids.length, "buyers");
  const sellers = acceptanceOf(parts, supply.bids.length, "sellers");
  const { quantityWh, unresponsiveBuyWh, unservedWh, responsivePico } = sumPurchases(bids, buyers, priceCapNano);
  const surplus = surplusOf(
    { bids, energyWh: buyers.acceptedWh, responsivePico },
    { curve: supply, energyWh: sellers.acceptedWh, earnedNano: priceOfSeller(supply.bids.length, parts) },
    priceCapNano,
  );
  return {
    ...{ type: cleared.type, quantityWh, priceNano: cleared.priceNano, buyers, sellers },
    marginal: marginalSide(inside, cleared),
    ...{ unresponsiveBuyWh, unservedWh, surplus },
    ...worthOf(cleared.type, surplus, responsivePico),
  };
}

function acceptanceOf(parts: readonly Part[], count: number, side: "buyers" | "sellers"): Acceptance {
  const acceptedWh = new Array<number>(count).fill(0);
  const valuePico = new Array<bigint>(count).fill(0n);
  for (const { cleared } of parts) {
    const energiesWh = side === "buyers" ? cleared.boughtWh : cleared.soldWh;
    for (let i = 0; i < count; i++) {
      if (energiesWh[i] === 0) continue;
      acceptedWh[i] = energiesWh[i];
      valuePico[i] = valueOf(cleared.priceNano, energiesWh[i]);
    }
  }
  return { acceptedWh, valuePico };
}

/** The price of the zone that a seller stands in. */
function priceOfSeller(sellers: number, parts: readonly Part[]): (seller: number) => number {
  if (parts.length === 1) return () => parts[0].cleared.priceNano;
  const pricesNano = new Float64Array(sellers);
  for (const { zone, cleared } of parts) for (const i of zone.sellers.order) pricesNano[i] = cleared.priceNano;
  return i => pricesNano[i];
}
