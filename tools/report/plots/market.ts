import type { Line } from "../chart.js";
import { objectsOf, type MetricsData, type RunData } from "../run-data.js";
import { ORDER_BOOK_PLOT } from "./order-book.js";
import { chartOf, fieldLine, type Plot } from "./plot.js";

/** Quantities of the rounds as they were told, one value for each. */
function roundLine(
  run: RunData,
  label: string,
  read: (round: Readonly<Record<string, unknown>>) => unknown,
): Line | undefined {
  const rounds = run.events("round");
  const values = rounds.map(round => {
    const value = read(round);
    return typeof value === "number" ? value : NaN;
  });
  if (values.every(Number.isNaN)) return undefined;
  return { label, values, times: rounds.map(round => round.time), style: "step" };
}

const part = (round: Readonly<Record<string, unknown>>, key: string) =>
  (round[key] ?? {}) as Readonly<Record<string, unknown>>;

/** One line for each market or bus. */
function priceLines(data: MetricsData | undefined, field: string, label: string): (Line | undefined)[] {
  const names = objectsOf(data);
  if (names.length <= 1) return [fieldLine(data, { field, label, style: "step" })];
  return names.map(name =>
    fieldLine(data, { field, label: `${label} ${name}`, style: "step", fits: one => one === name }),
  );
}

const ROLES = ["buyer", "seller", "none-participant"];

export const MARKET_PLOTS: Readonly<Record<string, Plot>> = {
  "prices": {
    doc: "Clearing price of the local market and marginal price of the bulk system (LMP).",
    group: "Market",
    draw(run) {
      const [bus, auction] = [run.metrics.get("bus"), run.metrics.get("auction")];
      return chartOf(bus ?? auction, { title: "Prices", axis: "USD/kWh" }, [
        ...priceLines(bus, "LMP_P", "bulk system (LMP)"),
        ...priceLines(auction, "clearing_price", "local market"),
      ]);
    },
  },
  "price-statistics": {
    doc: "Clearing price with its moving mean and standard deviation.",
    group: "Market",
    draw(run) {
      const statistic = (key: string, label: string) => roundLine(run, label, round => part(round, "statistics")[key]);
      const price = roundLine(run, "clearing price", round => round.clearingPriceUsdPerKwh);
      const mean = statistic("meanUsdPerKwh", "moving mean");
      const deviation = statistic("deviationUsdPerKwh", "");
      if (price === undefined || mean === undefined || deviation === undefined) return undefined;
      const edge = (sign: number) => mean.values.map((value, i) => value + sign * deviation.values[i]);
      const band = { label: "± one standard deviation", low: edge(-1), high: edge(1), times: mean.times, colour: 1 };
      const heading = { title: "Clearing price and its statistics", axis: "USD/kWh", bands: [band] };
      return chartOf(run.metrics.get("auction"), heading, [price, { ...mean, style: "line" }]);
    },
  },
  "cleared-volume": {
    doc: "Power that each round of the market cleared, and what could not be served.",
    group: "Market",
    draw(run) {
      const unserved = roundLine(run, "unserved", round => round.unservedKw);
      return chartOf(run.metrics.get("auction"), { title: "Volume of the market", axis: "kW" }, [
        roundLine(run, "cleared", round => round.clearedKw),
        unserved?.values.some(value => value > 0) === true ? unserved : undefined,
      ]);
    },
  },
  "order-book": ORDER_BOOK_PLOT,
  "surplus": {
    doc: "Surplus of buyers and sellers in each round.",
    group: "Market",
    draw(run) {
      const data = run.metrics.get("auction");
      return chartOf(data, { title: "Surplus of each round", axis: "USD" }, [
        fieldLine(data, { field: "consumer_surplus", label: "buyers", style: "step" }),
        fieldLine(data, { field: "supplier_surplus", label: "sellers", style: "step" }),
      ]);
    },
  },
  "market-roles": {
    doc: "How many bidders buy, sell and stay out in each round.",
    group: "Market",
    draw(run) {
      const data = run.metrics.get("house_bids");
      const place = data?.index.get("role");
      if (data === undefined || place === undefined) return undefined;
      const counts = (role: string) =>
        data.windows.map(window => Object.values(window).filter(row => row[place] === role).length);
      const lines = ROLES.map((role): Line => ({
        label: labelOf(role),
        values: counts(role),
        times: data.times,
        style: "step",
      }));
      const isKnown = lines.some(line => line.values.some(count => count > 0));
      return isKnown ? chartOf(data, { title: "Roles in the market", axis: "bidders" }, lines) : undefined;
    },
  },
};

const labelOf = (role: string) =>
  ({ "buyer": "buyers", "seller": "sellers", "none-participant": "neither" })[role] ?? role;
