import { z } from "zod";
import { defineFederate } from "../../runtime/index.js";
import { createMarket, holdRound, type MarketBids } from "./market-round.js";

const params = z.strictObject({
  houses: z.array(z.string()).nonempty(),
  periodSeconds: z.number().positive(),
  priceCapUsdPerKwh: z.number().positive(),
  /** What the utility offers in all, less what the houses offer. */
  utilityKw: z.number().positive(),
  /** Price that stands before the first marginal price has come. */
  initialPriceUsdPerKwh: z.number(),
});

/** The market at the substation: one double auction at the end of every period. */
export default defineFederate({
  doc: "A double auction of houses and utility.",
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
  }),
  create: (settings, { behaviour }) => ({ state: createMarket(settings, behaviour) }),
  step(state, { inputs }) {
    const { round, acceptedKw, demandBid } = holdRound(state, inputs.bids as MarketBids | undefined, inputs.lmp);
    return { outputs: { clearingPrice: round.clearingPriceUsdPerKwh, round, accepted: acceptedKw, demandBid } };
  },
});
