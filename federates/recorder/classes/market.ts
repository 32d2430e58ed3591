import type { FieldParams } from "../params.js";
import { single, type Labels, type MetricClass } from "./metric-class.js";

export const auction: MetricClass = {
  doc: "Market rounds. The input is one json value a round: price in USD/kWh, type 0 to 5, surpluses in USD.",
  quantities: { round: { type: "json", optional: true } },
  fields: [
    single(
      "clearing_price",
      "round",
      { units: "USD", doc: "Clearing price, USD/kWh." },
      { path: "clearingPriceUsdPerKwh" },
    ),
    single(
      "clearing_type",
      "round",
      { units: "[0..5]=[Null,Fail,Price,Exact,Seller,Buyer]", doc: "Which side sets the price." },
      { path: "clearingType" },
    ),
    single(
      "consumer_surplus",
      "round",
      { units: "USD", doc: "Surplus of the buyers." },
      { path: "consumerSurplusUsd" },
    ),
    single(
      "average_consumer_surplus",
      "round",
      { units: "USD", doc: "Surplus of the buyers per unit of energy." },
      { path: "averageConsumerSurplusUsd" },
    ),
    single(
      "supplier_surplus",
      "round",
      { units: "USD", doc: "Surplus of the sellers." },
      { path: "supplierSurplusUsd" },
    ),
  ],
};

export const houseBids: MetricClass = {
  doc: "Bids of the houses. The input is one json value a round with one list for each field, one entry for each house.",
  quantities: { bids: { type: "json", optional: true } },
  fields: [
    single("bid_price", "bids", { units: "USD", doc: "Price bid, USD/kWh." }, { path: "priceUsdPerKwh" }),
    single("bid_quantity", "bids", { units: "kW", doc: "Power bid, kW." }, { path: "quantityKw" }),
    single(
      "hvac_needed",
      "bids",
      { units: "kW", doc: "Whether the house needs cooling (true or false)." },
      { path: "hvacNeeded" },
    ),
    single("role", "bids", { units: "kW", doc: "buyer, seller or none-participant." }, { path: "role" }),
  ],
};

/** A field of the last round's receipt. */
function ofReceipt(name: string, labels: Labels, place: string): FieldParams {
  return single(name, "receipts", labels, { path: `receipt.${place}` });
}

export const ledger: MetricClass = {
  doc: "Settlement. The input is one json value a round: its receipt, and running totals.",
  quantities: { receipts: { type: "json", optional: true } },
  fields: [
    single("settled_rounds", "receipts", { units: "", doc: "Rounds settled so far." }, { path: "settledRounds" }),
    single("settled_trades", "receipts", { units: "", doc: "Trades settled so far." }, { path: "settledTrades" }),
    single("settled_energy", "receipts", { units: "Wh", doc: "Energy settled so far." }, { path: "settledEnergyWh" }),
    single("settled_value", "receipts", { units: "USD", doc: "Money settled so far." }, { path: "settledValueUsd" }),
    ofReceipt("receipt_price", { units: "USD", doc: "Price of the round, USD/kWh." }, "priceUsdPerKwh"),
    ofReceipt("receipt_energy", { units: "Wh", doc: "Energy of the round." }, "energyWh"),
    ofReceipt("receipt_value", { units: "USD", doc: "What buyers pay for the round's energy." }, "valueUsd"),
    ofReceipt("receipt_fees", { units: "USD", doc: "What buyers pay besides." }, "feesUsd"),
    ofReceipt("receipt_rent", { units: "USD", doc: "What buyers pay and no seller receives." }, "rentUsd"),
    ofReceipt("receipt_digest", { units: "", doc: "SHA-256 of the round." }, "digest"),
  ],
};
