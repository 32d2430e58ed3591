import type { Book } from "./book.js";
import { refuse } from "./errors.js";
import type { MarketTerms, Pricing } from "./market.js";
import { declaredPrice, type Margins, type Margin } from "./price.js";
import { checkShares } from "./shares.js";
import type { ClearedRound, Side } from "./round.js";

/**
 * Refuses a round that is not the market's one clearing at a uniform price, without clearing it again: bids are served in the
 * order of their prices, no two bids that could trade are left over, bids at the last price have their declared shares, the
 * price lies where neither side would trade at a loss, and it is the one of the declared rule. A transformer at its limit
 * makes two such zones; as its flow is at the limit and goes to the higher price, nothing better exists within the limit.
 */
export function checkUniform(round: ClearedRound, book: Book, terms: MarketTerms): void {
  if (round.values !== undefined) refuse("BAD_INPUT", `${book.name} has a common price and values besides.`);
  const price = BigInt(round.price);
  const everything = book.bids.map((_, i) => i);
  if (round.congestion === undefined) {
    checkFlow(book, terms);
    checkZone(book, { name: book.name, members: everything, price, inflow: 0n }, terms.pricing);
    return;
  }
  const [flow, outsidePrice] = [BigInt(round.congestion.flow), BigInt(round.congestion.outsidePrice)];
  checkCongestion(book, { flow, price, outsidePrice }, terms);
  const zones = [
    { name: `the inside in ${book.name}`, inside: true, price, inflow: flow },
    { name: `the outside in ${book.name}`, inside: false, price: outsidePrice, inflow: -flow },
  ];
  const pricing = terms.pricing === "published" ? "corrected" : terms.pricing;
  for (const { inside, ...zone } of zones)
    checkZone(book, { ...zone, members: everything.filter(i => book.isOutside[i] !== inside) }, pricing);
}

/** Bids that share one price, with what flows in from elsewhere whatever the price (out where negative). */
interface Zone {
  readonly name: string;
  readonly members: readonly number[];
  readonly price: bigint;
  readonly inflow: bigint;
}

function checkZone(book: Book, zone: Zone, pricing: Pricing): void {
  const margins: Margins = {
    demand: marginOf(book, zone, "buy"),
    supply: marginOf(book, zone, "sell"),
    priceCap: book.priceCap,
  };
  const { demand, supply } = margins;
  if (demand.served !== supply.served)
    refuse("CONGESTION", `${zone.name} takes ${demand.served} Wh and gives ${supply.served} Wh.`);
  checkMerit(zone, margins);
  checkPrice(zone, margins, pricing);
  checkShares(book, { ...zone, side: "buy", level: demand.last });
  checkShares(book, { ...zone, side: "sell", level: supply.last });
}

/** Served and left-over bids of one side; the flow counts as a bid at any price that is served first. */
function marginOf({ bids, prices, energies, accepted, priceCap }: Book, zone: Zone, side: Side): Margin {
  const flow = side === "buy" ? -zone.inflow : zone.inflow;
  const isWorse =
    side === "buy" ? (one: bigint, other: bigint) => one < other : (one: bigint, other: bigint) => one > other;
  const anyPrice = side === "buy" ? priceCap : -priceCap;
  let [served, atAnyPrice, atCap] = flow > 0n ? [flow, flow, 0n] : [0n, 0n, 0n];
  let last = flow > 0n ? anyPrice : undefined;
  let next: bigint | undefined;
  for (const i of zone.members) {
    if (bids[i].side !== side) continue;
    const price = prices[i];
    if (accepted[i] > 0n) {
      served += accepted[i];
      if (last === undefined || isWorse(price, last)) last = price;
    }
    if (accepted[i] < energies[i] && (next === undefined || isWorse(next, price))) next = price;
    if (price === anyPrice) atAnyPrice += energies[i];
    if (price === priceCap) atCap += energies[i];
  }
  return { served, last, next, atAnyPrice, atCap };
}

function checkMerit({ name }: Zone, { demand, supply }: Margins): void {
  if (demand.next !== undefined && demand.last !== undefined && demand.next > demand.last)
    refuse("ALLOCATION", `in ${name} a buyer at ${demand.next} is left while one at ${demand.last} is served.`);
  if (supply.next !== undefined && supply.last !== undefined && supply.next < supply.last)
    refuse("ALLOCATION", `in ${name} a seller at ${supply.next} is left while one at ${supply.last} is served.`);
  if (demand.next !== undefined && supply.next !== undefined && demand.next >= supply.next)
    refuse(
      "ALLOCATION",
      `in ${name} a buyer at ${demand.next} and a seller at ${supply.next} are left, who could trade.`,
    );
}

/** The price of a round in which something trades is the declared one; that of any other lies between the best bids. */
function checkPrice({ name, price }: Zone, margins: Margins, pricing: Pricing): void {
  const { demand, supply, priceCap } = margins;
  const lowest = known([-priceCap, demand.next, supply.last]).reduce((one, other) => (one > other ? one : other));
  const highest = known([priceCap, demand.last, supply.next]).reduce((one, other) => (one < other ? one : other));
  if (price < lowest || price > highest)
    refuse("PRICE", `${name} has a price of ${price}; from ${lowest} to ${highest} everybody gets what it bid for.`);
  if (pricing === "interval" || demand.served === 0n) return;
  const declared = declaredPrice(margins, pricing);
  if (price !== declared)
    refuse("PRICE", `${name} has a price of ${price}; the market's rule "${pricing}" gives ${declared}.`);
}

function known(values: readonly (bigint | undefined)[]): bigint[] {
  return values.filter(value => value !== undefined);
}

function checkFlow({ name, bids, accepted, isOutside }: Book, { transformer }: MarketTerms): void {
  if (transformer === undefined) return;
  let flow = 0n;
  bids.forEach(({ side }, i) => {
    if (isOutside[i]) flow += side === "sell" ? accepted[i] : -accepted[i];
  });
  const { importLimit, exportLimit } = transformer;
  if (flow > BigInt(importLimit) || -flow > BigInt(exportLimit))
    refuse(
      "CONGESTION",
      `in ${name} ${flow} Wh flow in; the transformer carries ${importLimit} in and ${exportLimit} out.`,
    );
}

/** A split is right where exactly the limit flows, from the lower price to the higher one. */
function checkCongestion(
  { name }: Book,
  { flow, price, outsidePrice }: { flow: bigint; price: bigint; outsidePrice: bigint },
  { transformer }: MarketTerms,
): void {
  if (transformer === undefined)
    return refuse("CONGESTION", `${name} is congested, but its market has no transformer.`);
  const [imports, exports] = [BigInt(transformer.importLimit), BigInt(transformer.exportLimit)];
  const atImport = flow === imports && price >= outsidePrice;
  const atExport = flow === -exports && price <= outsidePrice;
  if (!atImport && !atExport)
    refuse(
      "CONGESTION",
      `in ${name} ${flow} Wh flow in between ${outsidePrice} outside and ${price} inside; at its limit the transformer carries ${imports} in or ${exports} out, to the higher price.`,
    );
}
