import { single, type MetricClass } from "./metric-class.js";

export const learning: MetricClass = {
  doc: "Learning agents. The input is one json value a round with one list for each field, one entry for each agent.",
  quantities: { report: { type: "json", optional: true } },
  fields: [
    single(
      "reward",
      "report",
      { units: "", doc: "Reward of the round; 0 where the agent did not decide." },
      { path: "reward" },
    ),
    single(
      "critic_loss",
      "report",
      { units: "", doc: "Loss of the critic at its last update." },
      { path: "criticLoss" },
    ),
    single("actor_loss", "report", { units: "", doc: "Loss of the actor at its last update." }, { path: "actorLoss" }),
    single(
      "exploration",
      "report",
      { units: "", doc: "Standard deviation of the noise of actions." },
      { path: "exploration" },
    ),
    single(
      "bid_price",
      "report",
      { units: "USD", doc: "Price bid, USD/kWh; 0 without a bid." },
      { path: "priceUsdPerKwh" },
    ),
    single(
      "gain",
      "report",
      { units: "USD", doc: "Gain of the round's trade from what cooling is worth and solar energy costs." },
      { path: "gainUsd" },
    ),
  ],
};
