import { BookError, type BidFault, type HouseBid } from "../../methods/index.js";

/** What the houses send: lists with one entry for each house, in the order of the case. */
export interface MarketBids {
  readonly role: readonly HouseBid["role"][];
  /** 0 or more; what lies above the market's cap is refused, or counts as a bid at the cap, as the market says. */
  readonly priceUsdPerKwh: readonly number[];
  readonly quantityKw: readonly number[];
  /** Demand at any price. */
  readonly uncoveredKw: readonly number[];
  readonly trades: readonly boolean[];
  readonly hvacNeeded: readonly boolean[];
}

/** What bids are measured by. */
export interface BidBounds {
  readonly houses: readonly string[];
  readonly priceCapUsdPerKwh: number;
  /** What becomes of a price above the cap. */
  readonly aboveCap: "clip" | "refuse";
}

/**
 * Every house's bid as a record.
 * @throws BookError naming each house whose bid cannot be, with its value, the bound and the cure.
 */
export function readBids(bounds: BidBounds, bids: MarketBids): HouseBid[] {
  const { houses } = bounds;
  const faults = listFaults(houses.length, bids);
  if (faults.length > 0) throw new BookError(faults);
  const read = houses.map((house, i) => ({
    house,
    role: bids.role[i],
    priceUsdPerKwh: bids.priceUsdPerKwh[i],
    quantityKw: bids.quantityKw[i],
    uncoveredKw: bids.uncoveredKw[i],
    trades: bids.trades[i],
  }));
  for (const bid of read) addBidFaults(bid, bounds, faults);
  if (faults.length > 0) throw new BookError(faults);
  return read;
}

function listFaults(houses: number, bids: MarketBids): BidFault[] {
  const lists = ["role", "priceUsdPerKwh", "quantityKw", "uncoveredKw", "trades"] as const;
  return lists
    .filter(name => !Array.isArray(bids?.[name]) || bids[name].length !== houses)
    .map(name => ({
      bidder: `bids.${name}`,
      problem: `has entries for ${bids?.[name]?.length ?? 0} of ${houses} houses.`,
      cure: "Send one entry for each house, in the order of the parameter houses.",
    }));
}

const ROLES: readonly unknown[] = ["buyer", "seller", "none-participant"] satisfies HouseBid["role"][];

function addBidFaults(bid: HouseBid, { priceCapUsdPerKwh: cap, aboveCap }: BidBounds, faults: BidFault[]): void {
  const { house: bidder, role, priceUsdPerKwh, quantityKw, uncoveredKw } = bid;
  const most = aboveCap === "refuse" ? cap : Infinity;
  if (!ROLES.includes(role))
    faults.push({ bidder, problem: `bids as ${JSON.stringify(role)}.`, cure: `Bid as ${ROLES.join(", ")}.` });
  if (typeof priceUsdPerKwh !== "number" || !(priceUsdPerKwh >= 0 && priceUsdPerKwh <= most))
    faults.push({
      bidder,
      problem: `bids a price of ${priceUsdPerKwh} USD/kWh.`,
      cure: `Bid from 0 to ${cap} USD/kWh, the market's cap (priceCapUsdPerKwh).`,
    });
  const powers = { "a quantity": quantityKw, "an uncovered load": uncoveredKw };
  for (const [what, kw] of Object.entries(powers))
    if (typeof kw !== "number" || !(kw >= 0 && kw < Infinity))
      faults.push({ bidder, problem: `bids ${what} of ${kw} kW.`, cure: "Bid a number of kW, 0 or more." });
}
