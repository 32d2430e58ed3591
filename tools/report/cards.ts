import { quantityOf } from "./quantity.js";

type Summary = Readonly<Record<string, unknown>>;

/** One figure that a reader looks for first. */
export interface Card {
  readonly title: string;
  /** A number is shown with four digits, a text as it is. */
  readonly value: number | string;
  readonly unit: string;
  /** What the figure is, in one line. */
  readonly meaning: string;
}

interface CardRule {
  readonly title: string;
  readonly key: string;
  meaning(summary: Summary): string;
}

/** `before N after` where the summary has the figure, else nothing. */
function figure(summary: Summary, key: string, [before, after]: readonly [string, string]): string {
  const value = summary[key];
  return typeof value === "number" ? `${before}${Number(value.toPrecision(3))}${after}` : "";
}

/** What stands at the top of a report, in its order. */
const RULES: readonly CardRule[] = [
  { title: "Peak", key: "peakKw", meaning: () => "largest power into the feeder" },
  {
    title: "Energy",
    key: "energyImportedKwh",
    meaning: summary => `taken by the feeder${figure(summary, "pvEnergyKwh", ["; its own panels gave ", " kWh"])}`,
  },
  {
    title: "Comfort",
    key: "degreeHoursAboveBandFh",
    meaning: summary =>
      `too warm, mean of the houses${figure(summary, "worstDegreeHoursOutsideBandFh", ["; outside its band, the worst house ", ""])}`,
  },
  {
    title: "Cost",
    key: "meanBillUsd",
    meaning: summary =>
      `mean bill of a house${figure(summary, "minBillUsd", ["; from ", ""])}${figure(summary, "maxBillUsd", [" to ", ""])}`,
  },
  {
    title: "Voltage violations",
    key: "rangeAViolations",
    meaning: summary => `times a meter left ANSI range A${figure(summary, "rangeBViolations", ["; range B ", ""])}`,
  },
  {
    title: "Trades",
    key: "servedBids",
    meaning: summary => `bids served${figure(summary, "clearedKwh", ["; ", " kWh cleared"])}`,
  },
  {
    title: "Traded energy",
    key: "clearedKwh",
    meaning: summary => `cleared${figure(summary, "marketRounds", [" in ", " rounds"])}`,
  },
];

/** The cards of a summary; figures that it lacks are left out. */
export function cardsOf(summary: Summary): readonly Card[] {
  const known = RULES.flatMap(({ title, key, meaning }): Card[] => {
    const value = summary[key];
    return typeof value === "number" ? [{ title, value, unit: quantityOf(key).unit, meaning: meaning(summary) }] : [];
  });
  return known.some(card => card.title === "Trades") ? known.filter(card => card.title !== "Traded energy") : known;
}
