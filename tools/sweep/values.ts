import { CosimError } from "../../broker/wire/index.js";

/** What is varied and the values that it takes, each as text: JSON where it is JSON. */
export interface Axis {
  readonly path: string;
  readonly values: readonly string[];
}

/** Most values of one axis; more is taken for a slip of the step. */
const MOST_VALUES = 10_000;

/**
 * Reads `path=VALUES`, where VALUES is a list of values and ranges: `a,b,c`, `1..10`, `0.1..0.5:0.1`, `15s..60s:15s`, `1,2,10..30:10`.
 * A range includes its end where a whole number of steps leads there; the step is 1 by default.
 * @throws CosimError `COSIM_OPTION_INVALID` naming the option and what is wrong with it.
 */
export function readAxis(option: string, text: string): Axis {
  const equals = text.indexOf("=");
  if (equals < 1) throw invalid(option, text, "write path=from..to:step or path=a,b,c");
  return { path: text.slice(0, equals), values: readValues(option, text.slice(equals + 1)) };
}

/**
 * Reads the values behind an axis or `--seeds`.
 * @throws CosimError as `readAxis`.
 */
export function readValues(option: string, text: string): string[] {
  const values = splitList(text).flatMap(part => readRange(option, part) ?? [part]);
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (values.includes("")) throw invalid(option, text, "a value is empty");
  if (twice !== undefined) throw invalid(option, text, `${twice} stands there twice`);
  return values;
}

/** Parts between commas; commas inside of brackets, braces and quotes belong to a JSON value. */
function splitList(text: string): string[] {
  const parts = [""];
  let depth = 0;
  let isQuoted = false;
  for (const [i, letter] of [...text].entries()) {
    if (letter === '"' && text[i - 1] !== "\\") isQuoted = !isQuoted;
    if (!isQuoted && "[{".includes(letter)) depth++;
    if (!isQuoted && "]}".includes(letter)) depth--;
    if (letter === "," && depth === 0 && !isQuoted) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.map(part => part.trim());
}

const NUMBER = String.raw`([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)([a-zA-Z%]*)`;
const RANGE = new RegExp(`^${NUMBER}\\.\\.${NUMBER}(?::${NUMBER})?$`);

/** The values of `from..to:step`, each with the digits that the three need and no more; undefined for what is no range. */
function readRange(option: string, text: string): string[] | undefined {
  const match = RANGE.exec(text);
  if (match === null) {
    if (/\d\.\.[-+\d]/.test(text)) throw invalid(option, text, "write from..to:step");
    return undefined;
  }
  const [, from, unit, to, toUnit, step = "1", stepUnit = unit] = match;
  if (toUnit !== unit || stepUnit !== unit) throw invalid(option, text, "its parts have different units");
  if (!(Number(step) > 0)) throw invalid(option, text, "its step is not positive");
  if (Number(to) < Number(from)) throw invalid(option, text, "it ends before it begins");
  const count = Math.floor((Number(to) - Number(from)) / Number(step) + 1e-9) + 1;
  if (count > MOST_VALUES) throw invalid(option, text, `it has ${count} values, and ${MOST_VALUES} are the most`);
  const digits = Math.min(15, Math.max(...[from, step].map(decimals)));
  return Array.from({ length: count }, (_, i) => {
    const value = Number((Number(from) + i * Number(step)).toFixed(digits));
    return `${value}${unit}`;
  });
}

/** Digits behind the decimal point of a number as written: 2 of `0.25`, 3 of `1e-3`. */
function decimals(text: string): number {
  const [mantissa, exponent = "0"] = text.toLowerCase().split("e");
  const fraction = mantissa.split(".")[1] ?? "";
  return Math.max(0, fraction.length - Number(exponent));
}

function invalid(option: string, text: string, what: string): CosimError {
  return new CosimError("COSIM_OPTION_INVALID", `${option} "${text}": ${what}.`);
}
