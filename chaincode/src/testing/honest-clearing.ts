import type { Side } from "../rules/index.js";

/** A bid of a test: small numbers, to be signed later. */
export interface Offer {
  readonly bidder: string;
  readonly side: Side;
  readonly price: bigint;
  readonly energy: bigint;
}

export interface Outcome {
  readonly price: bigint;
  /** Wh that each offer gets. */
  readonly accepted: readonly bigint[];
  /** Whether every other price would be wrong. */
  readonly isOnlyPrice: boolean;
}

/**
 * Clears offers the long way round: tries prices until one is found at which all that want to trade more than at the price
 * can, and whoever bids the price itself shares the rest. `inflow` comes from elsewhere at any price.
 */
export function clearHonestly(offers: readonly Offer[], cap: bigint, inflow = 0n): Outcome {
  const candidates = [...new Set([...offers.map(({ price }) => price), cap, -cap])].sort(ascending);
  const prices = candidates.filter(price => isClearing(offers, price, inflow));
  if (prices.length === 0) throw new Error("These offers cannot take the inflow at any price.");
  const price = prices[Math.floor(prices.length / 2)];
  const isOnlyPrice = !isClearing(offers, price - 1n, inflow) && !isClearing(offers, price + 1n, inflow);
  const [bought, sold] = [limits(offers, price, "buy"), limits(offers, price, "sell")];
  const total = least(bought.most + greater(-inflow, 0n), sold.most + greater(inflow, 0n));
  const wanted = { buy: total - greater(-inflow, 0n), sell: total - greater(inflow, 0n) };
  return { price, isOnlyPrice, accepted: share(offers, price, wanted) };
}

/** At a price, each side can trade at most what all would who bid it, and must at least what all would who bid better. */
function isClearing(offers: readonly Offer[], price: bigint, inflow: bigint): boolean {
  const [bought, sold] = [limits(offers, price, "buy"), limits(offers, price, "sell")];
  const [into, out] = [greater(inflow, 0n), greater(-inflow, 0n)];
  const traded = least(bought.most + out, sold.most + into);
  return traded >= bought.least + out && traded >= sold.least + into;
}

function limits(offers: readonly Offer[], price: bigint, side: Side): { most: bigint; least: bigint } {
  let [most, surely] = [0n, 0n];
  for (const offer of offers) {
    if (offer.side !== side) continue;
    const gain = side === "buy" ? offer.price - price : price - offer.price;
    if (gain >= 0n) most += offer.energy;
    if (gain > 0n) surely += offer.energy;
  }
  return { most, least: surely };
}

function share(offers: readonly Offer[], price: bigint, wanted: Record<Side, bigint>): bigint[] {
  const accepted = offers.map(() => 0n);
  for (const side of ["buy", "sell"] as const) {
    const own = offers.map((offer, i) => ({ ...offer, i })).filter(offer => offer.side === side);
    const better = own.filter(offer => (side === "buy" ? offer.price > price : offer.price < price));
    for (const { i, energy } of better) accepted[i] = energy;
    const rest = wanted[side] - better.reduce((sum, { energy }) => sum + energy, 0n);
    const equal = own.filter(offer => offer.price === price);
    const asked = equal.reduce((sum, { energy }) => sum + energy, 0n);
    if (asked === 0n) continue;
    let spare = rest;
    for (const { i, energy } of equal) {
      accepted[i] = (energy * rest) / asked;
      spare -= accepted[i];
    }
    const owed = ({ i, energy }: { i: number; energy: bigint }) => energy * rest - accepted[i] * asked;
    const turns = [...equal].sort(
      (one, other) => ascending(owed(other), owed(one)) || (one.bidder < other.bidder ? -1 : 1),
    );
    for (const { i } of turns.slice(0, Number(spare))) accepted[i] += 1n;
  }
  return accepted;
}

function ascending(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

const least = (one: bigint, other: bigint) => (one < other ? one : other);
const greater = (one: bigint, other: bigint) => (one > other ? one : other);
