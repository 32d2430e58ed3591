import type { Comparison, ValuePair } from "../run/compare.js";
import { alignRows, formatNumber, formatValue } from "./table.js";

/** The values of two runs side by side with their differences, as text; `names` head the columns. */
export function comparisonTable(pairs: readonly ValuePair[], names: readonly [string, string]): string {
  const rows = pairs.map(pair => [pair.key, ...valueCells(pair), pair.unit]);
  return alignRows([["", ...names, "difference", "", "unit"], ...rows]);
}

/** First value, second value, difference and relative difference of a pair, as text. */
export function valueCells(pair: ValuePair): [string, string, string, string] {
  const { first, second, difference, relativeDifference: share } = pair;
  const isSame = difference === undefined || difference === 0;
  return [
    formatValue(first),
    formatValue(second),
    isSame ? "" : signed(difference, formatNumber(difference)),
    isSame || share === undefined ? "" : `${signed(share, (100 * share).toPrecision(3))} %`,
  ];
}

const signed = (value: number, text: string) => (value > 0 ? `+${text}` : text);

/** Which result files of two runs have the same bytes, as text. */
export function fileTable({ files, isIdentical }: Comparison): string {
  const verdict = isIdentical ? "All result files are identical." : "The result files are not identical.";
  return [...(files.length === 0 ? [] : [alignRows(files.map(({ name, verdict: how }) => [name, how]))]), verdict].join(
    "\n",
  );
}
