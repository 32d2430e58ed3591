import type { Complex } from "../../broker/wire/index.js";
import type { Term } from "./params.js";

/** What a federate reads at its inputs, by name. */
export type Inputs = Readonly<Record<string, unknown>>;

/**
 * The weighted sum of some terms, one number for each object; undefined before every input has a value.
 * The result is the input itself where that is enough, else `scratch`; its length is the number of objects.
 */
export function evaluate(terms: readonly Term[], inputs: Inputs, scratch: Float64Array): Float64Array | undefined {
  const [first] = terms;
  const plain =
    terms.length === 1 && first.weight === undefined && first.over === undefined && first.path === undefined;
  const direct = inputs[first.input];
  if (plain && direct instanceof Float64Array) return checkLength(direct, scratch, first);
  scratch.fill(0);
  for (const term of terms) {
    const value = readTerm(term, inputs);
    if (value === undefined) return undefined;
    const weight = term.weight ?? 1;
    if (typeof value === "number") for (let i = 0; i < scratch.length; i++) scratch[i] += weight * value;
    else addWeighted(scratch, checkLength(value, scratch, term), weight);
  }
  return scratch;
}

function addWeighted(sum: Float64Array, values: ArrayLike<unknown>, weight: number): void {
  if (values instanceof Float64Array) for (let i = 0; i < sum.length; i++) sum[i] += weight * values[i];
  else for (let i = 0; i < sum.length; i++) sum[i] += weight * Number(values[i]);
}

function checkLength<T extends ArrayLike<unknown>>(values: T, { length }: Float64Array, { input }: Term): T {
  if (values.length === length) return values;
  throw new Error(`"${input}" has ${values.length} element(s) where the recorder expects ${length}; name them alike.`);
}

/** The number or list of numbers that a term stands for; undefined before its input has a value. */
export function readTerm(term: Term, inputs: Inputs): number | ArrayLike<unknown> | undefined {
  const value = dig(inputs[term.input], term.path);
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value === undefined || value === null) return undefined;
  if (isList(value)) return term.over === undefined ? value : reduce(value, term.over);
  const { re, im } = value as Complex;
  if (term.part === "im") return im;
  return term.part === "abs" ? Math.hypot(re, im) : re;
}

/** True for what has one entry for each object. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || value instanceof Float64Array;
}

function reduce(values: ArrayLike<unknown>, over: NonNullable<Term["over"]>): number {
  const numbers = values instanceof Float64Array ? values : Float64Array.from(values, Number);
  if (over === "min" || over === "max") return extreme(numbers, over === "min");
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i];
  return over === "mean" ? sum / numbers.length : sum;
}

function extreme(values: Float64Array, least: boolean): number {
  let found = values[0];
  for (let i = 1; i < values.length; i++) {
    const value = values[i];
    if (least ? value < found : value > found) found = value;
  }
  return found;
}

/** The value at a dotted place inside another one; undefined when there is none. */
export function dig(value: unknown, path: string | undefined): unknown {
  if (path === undefined) return value;
  let found = value;
  for (const key of path.split(".")) found = (found as Record<string, unknown> | null | undefined)?.[key];
  return found;
}
