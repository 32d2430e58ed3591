import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import { unresponsiveName, utilityName } from "../../methods/index.js";
import { defineFederate } from "../../runtime/index.js";
import type { MarketBids } from "./bids.js";
import { createMarket, holdRound } from "./market-round.js";

const SECONDS_PER_DAY = 86_400;

const params = z.strictObject({
  houses: z.array(z.string()).nonempty(),
  periodSeconds: z.number().positive(),
  priceCapUsdPerKwh: z.number().positive(),
  /** Whether a bid above the cap counts as one at the cap, or ends the run with the house's name; default: only the published market clips. */
  aboveCap: z.enum(["clip", "refuse"]).optional(),
  /** What the utility offers in all, less what the houses offer. */
  utilityKw: z.number().nonnegative(),
  /** Price that stands before the first marginal price has come. */
  initialPriceUsdPerKwh: z.number(),
  /** How a round is cleared: one price for all, or each trade at its seller's price with buyers served in part or as a whole. */
  rule: z.enum(["uniform", "continuous", "continuous-whole"]).default("uniform"),
  /** What may flow through the feeder's transformer in either direction; at the limit the price splits. */
  transformerKw: z.number().nonnegative().optional(),
  /** What the utility takes from the feeder, at the marginal price less a discount; it takes nothing when left out. */
  feedIn: z
    .strictObject({ capacityKw: z.number().nonnegative(), discountUsdPerKwh: z.number().nonnegative() })
    .optional(),
  /** Whether the utility offers at the marginal price of the round before; default: only the published market does. */
  readsPriceLate: z.boolean().optional(),
  /** How far back mean and deviation of the price look. */
  statistics: z.strictObject({ windowSeconds: z.number().positive() }).default({ windowSeconds: SECONDS_PER_DAY }),
  /** Tells the order book of every so many rounds at the output `book`, in at most so many steps of each side. */
  book: z.strictObject({ everyRounds: z.int().positive(), steps: z.int().positive().default(100) }).optional(),
  /** Tells the integers of every round at the output `settlementRound`. */
  tellsSettlement: z.boolean().optional(),
});

/** Names in the book that no house may have, and figures that contradict each other. */
function faultsOf({ houses, priceCapUsdPerKwh, initialPriceUsdPerKwh, ...settings }: z.infer<typeof params>): Fault[] {
  const lastOf = new Map(houses.map((house, i) => [house, i]));
  const faults: Fault[] = houses
    .filter((house, i) => house === utilityName || house === unresponsiveName || lastOf.get(house) !== i)
    .map(house => ({
      path: "params.houses",
      problem: `"${house}" is taken: each house, the ${utilityName} and the ${unresponsiveName} have a name of their own.`,
      cure: "Rename the house.",
    }));
  if (Math.abs(initialPriceUsdPerKwh) > priceCapUsdPerKwh)
    faults.push({
      path: "params.initialPriceUsdPerKwh",
      problem: `is ${initialPriceUsdPerKwh}, beyond the cap of ${priceCapUsdPerKwh} USD/kWh.`,
      cure: "Give a price within the cap, or raise priceCapUsdPerKwh.",
    });
  if (settings.statistics.windowSeconds < settings.periodSeconds)
    faults.push({
      path: "params.statistics.windowSeconds",
      problem: `is ${settings.statistics.windowSeconds}, less than a period of ${settings.periodSeconds} s.`,
      cure: "Look back over one period at least.",
    });
  return faults;
}

/** The market at the substation: one auction at the end of every period. */
export default defineFederate({
  doc: "An auction of houses and utility.",
  params,
  inputs: {
    bids: { type: "json", optional: true, doc: "`MarketBids`, one entry in every list for each house." },
    lmp: { type: "number", unit: "USD/kWh", doc: "Price of the bulk system at the feeder's bus: the utility's offer." },
  },
  outputs: ({ houses }) => ({
    clearingPrice: { type: "number", unit: "USD/kWh", doc: "Price of the last round." },
    round: { type: "json", doc: "`MarketRound`: price, quantities, surplus, running totals." },
    demandBid: { type: "json", doc: "`FeederBid` to the bulk system, MW and USD/MWh." },
    accepted: { type: "vector", elements: houses, unit: "kW", doc: "What each house may buy or sell." },
    book: { type: "json", doc: "`OrderBook`: steps of demand and supply, where the parameter `book` asks for them." },
    settlementRound: { type: "json", doc: "`SettlementRound`, where the parameter `tellsSettlement` asks for it." },
  }),
  check: settings => faultsOf(settings),
  create: (settings, context) => ({ state: createMarket(settings, context) }),
  step(state, { inputs }) {
    const held = holdRound(state, inputs.bids as MarketBids | undefined, inputs.lmp);
    const { round, acceptedKw, demandBid, orderBook, settlement } = held;
    const outputs = { clearingPrice: round.clearingPriceUsdPerKwh, round, accepted: acceptedKw, demandBid };
    const book = orderBook === undefined ? {} : { book: orderBook };
    return { outputs: { ...outputs, ...book, ...(settlement !== undefined && { settlementRound: settlement }) } };
  },
});
