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
import { meritOrder } from "./merit-order.js";
import { valueOf } from "./money.js";
import { publishedMarginal, publishedSurplus } from "./published-figures.js";
import { type Sold, surplusOf } from "./surplus.js";
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
    buyers: { bids: book.buyers, order: meritOrder(book.buyers, "highest") },
    sellers: { bids: book.sellers, order: meritOrder(book.sellers, "lowest") },
    inflowWh: 0,
  };
  const cleared = clearZone(whole, rules);
  const { transformer } = rules;
  if (transformer === undefined) return describeWhole(book, { zone: whole, cleared }, rules);
  const flowWh = flowOf(book, cleared, transformer);
  const limitWh = Math.min(Math.max(flowWh, -transformer.exportWh), transformer.importWh);
  if (flowWh === limitWh) return describeWhole(book, { zone: whole, cleared }, rules);
  const corrected: ClearingRules = { ...rules, behaviour: "corrected" };
  const zones = splitAt(whole, limitWh, transformer);
  const parts = zones.map(zone => ({ zone, cleared: clearZone(zone, corrected) }));
  const [insideNano, outsideNano] = parts.map(part => part.cleared.priceNano);
  return { ...describe(book, parts, rules), congestion: congestionOf(limitWh, insideNano, outsideNano) };
}

/** One price for all: where the curves of demand and supply cross. */
export const uniformPrice: ClearingRule = { name: "uniform", clear };

interface Part {
  readonly zone: Zone;
  readonly cleared: ClearedZone;
}

/** A round of a single zone; the published figures exist for such a one only. */
function describeWhole(book: Book, part: Part, rules: ClearingRules): Clearing {
  const round = describe(book, [part], rules);
  if (rules.behaviour !== "published") return round;
  const surplus = publishedSurplus(part.zone, round.priceNano, rules.priceCapNano);
  const { type, sellerIncomePico } = round;
  return { ...round, surplus, ...worthOf(type, surplus, sellerIncomePico), published: publishedMarginal(book, round) };
}

/** What all zones give together; the first one is the feeder's inside. */
function describe(book: Book, parts: readonly Part[], { priceCapNano }: ClearingRules): Clearing {
  const [{ zone: inside, cleared }] = parts;
  const buyers = acceptanceOf(parts, book.buyers.length, "buyers");
  const sellers = acceptanceOf(parts, book.sellers.length, "sellers");
  const purchases = sumPurchases(book.buyers, buyers, priceCapNano);
  const { quantityWh, unresponsiveBuyWh, unservedWh, responsivePico } = purchases;
  const surplus = surplusOf({ buyers: boughtOf(book, buyers), sellers: soldOf(book, parts) }, priceCapNano);
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
  for (const { zone, cleared } of parts) {
    const energiesWh = side === "buyers" ? cleared.boughtWh : cleared.soldWh;
    for (const i of zone[side].order) {
      if (energiesWh[i] === 0) continue;
      acceptedWh[i] = energiesWh[i];
      valuePico[i] = valueOf(cleared.priceNano, energiesWh[i]);
    }
  }
  return { acceptedWh, valuePico };
}

function boughtOf(book: Book, { acceptedWh, valuePico }: Acceptance) {
  return book.buyers.map(({ priceNano }, i) => ({ priceNano, energyWh: acceptedWh[i], paidPico: valuePico[i] }));
}

/** Deliveries, cheapest first. */
function soldOf(book: Book, parts: readonly Part[]): Sold[] {
  const sold = parts.flatMap(({ zone, cleared }) =>
    zone.sellers.order.map(i => ({
      ...{ priceNano: book.sellers[i].priceNano, energyWh: cleared.soldWh[i], earnedNano: cleared.priceNano },
    })),
  );
  return parts.length > 1 ? sold.sort((one, other) => one.priceNano - other.priceNano) : sold;
}
