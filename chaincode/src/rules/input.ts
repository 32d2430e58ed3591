import { refuse } from "./errors.js";

const integerForm = /^(?:0|-?[1-9]\d{0,29})$/;
const naturalForm = /^(?:0|[1-9]\d{0,29})$/;
const counterForm = /^(?:0|[1-9]\d{0,11})$/;
const nameForm = /^[\w.:@/-](?:[\w.:@/ -]{0,62}[\w.:@/-])?$/;
const digestForm = /^[0-9a-f]{64}$/;
const timeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** An argument as JSON. */
export function readJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse("BAD_INPUT", `${what} is no JSON: ${show(text)}.`);
  }
}

/** An object with exactly these members; a member that is not known would escape the digest. */
export function readMembers<K extends string, O extends string = never>(
  value: unknown,
  what: string,
  required: readonly K[],
  optional: readonly O[] = [],
): Readonly<Record<K, unknown> & Partial<Record<O, unknown>>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return refuse("BAD_INPUT", `${what} is ${show(value)}, not an object.`);
  const names: readonly string[] = [...required, ...optional];
  for (const name of required) if (!Object.hasOwn(value, name)) refuse("BAD_INPUT", `${what} lacks "${name}".`);
  const unknown = Object.keys(value).find(name => !names.includes(name));
  if (unknown !== undefined) refuse("BAD_INPUT", `${what} has "${show(unknown)}", which means nothing here.`);
  return value as Record<K, unknown> & Partial<Record<O, unknown>>;
}

/** A list with at least one and at most `most` elements. */
export function readList(value: unknown, what: string, most: number): readonly unknown[] {
  if (!Array.isArray(value)) return refuse("BAD_INPUT", `${what} is ${show(value)}, not a list.`);
  if (value.length === 0 || value.length > most)
    return refuse("BAD_INPUT", `${what} has ${value.length} elements; 1 to ${most} may be.`);
  return value;
}

/** An integer in its one spelling: no plus, no leading zeros, no fraction, at most 30 digits. */
export function readInteger(value: unknown, what: string): string {
  return readForm(value, what, integerForm, "an integer such as -120");
}

/** An integer ≥ 0. */
export function readNatural(value: unknown, what: string): string {
  return readForm(value, what, naturalForm, "a whole number such as 120");
}

/** A number of a period or of an entry: at most 12 digits. */
export function readCounter(value: unknown, what: string): string {
  return readForm(value, what, counterForm, "a whole number of at most 12 digits");
}

/** True for what can be the name of a market, participant or reference. */
export function isName(text: string): boolean {
  return nameForm.test(text);
}

/** A name of a market, participant or reference. */
export function readName(value: unknown, what: string): string {
  return readForm(value, what, nameForm, "a name of 1 to 64 letters, digits, spaces and . : @ / _ -");
}

/** A SHA-256 in hexadecimal. */
export function readDigest(value: unknown, what: string): string {
  return readForm(value, what, digestForm, "64 hexadecimal digits");
}

/** An ISO time in UTC with milliseconds that exists. */
export function readTime(value: unknown, what: string): string {
  const text = readForm(value, what, timeForm, "a time such as 2013-07-01T00:05:00.000Z");
  if (isoTime(Date.parse(text)) !== text) refuse("BAD_INPUT", `${what} is ${text}, which no calendar has.`);
  return text;
}

/** ISO text of milliseconds since 1970; undefined where there is none. */
export function isoTime(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** One of some words. */
export function readWord<W extends string>(value: unknown, what: string, words: readonly W[]): W {
  const word = words.find(each => each === value);
  return word ?? refuse("BAD_INPUT", `${what} is ${show(value)}; one of ${words.join(", ")} may be.`);
}

/** A text of any content, up to a length. */
export function readText(value: unknown, what: string, most: number): string {
  if (typeof value !== "string" || value.length > most)
    return refuse("BAD_INPUT", `${what} is ${show(value)}; a text of at most ${most} characters may be.`);
  return value;
}

function readForm(value: unknown, what: string, form: RegExp, wanted: string): string {
  if (typeof value === "string" && form.test(value)) return value;
  return refuse("BAD_INPUT", `${what} is ${show(value)}, not ${wanted}.`);
}

/** A value for a message, cut to what a reader needs. */
export function show(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
