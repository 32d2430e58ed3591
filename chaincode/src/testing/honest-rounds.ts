import fc from "fast-check";
import type { Congestion, RuleName } from "../rules/index.js";
import { clearHonestly, type Offer } from "./honest-clearing.js";
import { cap, houses, type Unsigned } from "./settlement.js";

const step = 10_000_000n;

const price = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt(-3n, 12n).map(steps => steps * step) },
  { weight: 2, arbitrary: fc.bigInt(-cap, cap) },
  { weight: 1, arbitrary: fc.constantFrom(cap, -cap) },
);

const offer: fc.Arbitrary<Offer> = fc.record({
  bidder: fc.constantFrom(...houses, "utility", "feeder"),
  side: fc.constantFrom("buy" as const, "sell" as const),
  price,
  energy: fc.oneof(fc.bigInt(0n, 9n), fc.bigInt(0n, 500_000n)),
});

/** Bids of a round: several of one name, on both sides, but never two at one price. */
export const offers: fc.Arbitrary<Offer[]> = fc.uniqueArray(offer, {
  maxLength: 14,
  selector: ({ bidder, side, price }) => `${bidder} ${side} ${price}`,
});

/** A round at a common price. */
export const uniformRound: fc.Arbitrary<Unsigned> = offers.map(clearUniform);

export function clearUniform(offers: readonly Offer[]): Unsigned {
  const { price, accepted } = clearHonestly(offers, cap);
  return { offers, price: String(price), accepted: accepted.map(String) };
}

/** A round with a transformer at its limit: what flows is the limit, to the higher price. */
export function clearCongested(
  offers: readonly Offer[],
  limit: bigint,
): (Unsigned & { congestion: Congestion }) | undefined {
  const isOutside = ({ bidder }: Offer) => bidder === "utility";
  const [inside, outside] = [offers.filter(each => !isOutside(each)), offers.filter(isOutside)];
  for (const flow of [limit, -limit]) {
    try {
      const [here, there] = [clearHonestly(inside, cap, flow), clearHonestly(outside, cap, -flow)];
      if (flow > 0n ? here.price < there.price : here.price > there.price) continue;
      const accepted = [...here.accepted, ...there.accepted].map(String);
      const congestion = { flow: String(flow), outsidePrice: String(there.price) };
      return { offers: [...inside, ...outside], price: String(here.price), accepted, congestion };
    } catch {
      continue;
    }
  }
  return undefined;
}

/** A round in which buyers choose in the order of their prices and pay each seller its price. */
export function clearInTurn(offers: readonly Offer[], rule: Exclude<RuleName, "uniform">): Unsigned {
  const order = offers.map((each, i) => ({ ...each, i }));
  const buyers = order.filter(({ side }) => side === "buy").sort((one, other) => Number(other.price - one.price));
  const sellers = order.filter(({ side }) => side === "sell").sort((one, other) => Number(one.price - other.price));
  const accepted = offers.map(() => 0n);
  const values = offers.map(() => 0n);
  for (const buyer of buyers) {
    const within = sellers.filter(({ price }) => price <= buyer.price);
    const left = within.reduce((sum, { i, energy }) => sum + energy - accepted[i], 0n);
    const isWhole = rule === "packet" || (rule === "continuous-whole" && buyer.price < cap);
    if (isWhole && left < buyer.energy) continue;
    for (const seller of within) {
      const wanted = buyer.energy - accepted[buyer.i];
      const free = seller.energy - accepted[seller.i];
      const energy = wanted < free ? wanted : free;
      for (const i of [buyer.i, seller.i]) {
        accepted[i] += energy;
        values[i] += energy * seller.price;
      }
    }
  }
  const told = meanPrice(buyers.map(({ i, price, energy }) => ({ price, energy, got: accepted[i], paid: values[i] })));
  return { offers, rule, price: String(told), accepted: accepted.map(String), values: values.map(String) };
}

function meanPrice(buyers: readonly { price: bigint; energy: bigint; got: bigint; paid: bigint }[]): bigint {
  if (buyers.some(({ price, energy, got }) => price === cap && got < energy)) return cap;
  const energy = buyers.reduce((sum, { got }) => sum + got, 0n);
  if (energy === 0n) return 0n;
  const doubled = 2n * buyers.reduce((sum, { paid }) => sum + paid, 0n) + energy;
  const width = 2n * energy;
  return (doubled - (((doubled % width) + width) % width)) / width;
}
