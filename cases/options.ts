import { CosimError, parseDuration, type Fault } from "../broker/wire/index.js";

interface OptionBase {
  /** One sentence for help and documentation. */
  readonly doc: string;
  /** Shown behind the default; for numbers. */
  readonly unit?: string;
}

interface NumberOption extends OptionBase {
  readonly kind: "integer" | "number";
  readonly default?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface TextOption extends OptionBase {
  readonly kind: "text" | "duration";
  readonly default?: string;
  /** What stands for the value in help: `--out <DIR>`. */
  readonly placeholder?: string;
}

interface ChoiceOption extends OptionBase {
  readonly kind: "choice";
  readonly choices: readonly string[];
  readonly default?: string;
}

interface FlagOption extends OptionBase {
  readonly kind: "flag";
}

interface ListOption extends OptionBase {
  readonly kind: "list";
  readonly placeholder?: string;
}

/** One option as data: help, documentation and checks are made from it. */
export type Option = NumberOption | TextOption | ChoiceOption | FlagOption | ListOption;

/** Options by name in camelCase; on the command line `noiseLevel` is `--noise-level`. */
export type OptionTable = Readonly<Record<string, Option>>;

/** The value of one option. */
export type OptionValue = number | string | boolean | readonly string[];

type RawValue<O extends Option> = O extends { kind: "integer" | "number" }
  ? number
  : O extends { kind: "flag" }
    ? boolean
    : O extends { kind: "list" }
      ? readonly string[]
      : O extends { kind: "choice"; choices: readonly (infer C)[] }
        ? C
        : string;

type Settled = { readonly default: number | string } | { readonly kind: "flag" | "list" };

/** What a table of options gives: a value for each, undefined where an option has no default. */
export type OptionValues<T extends OptionTable> = {
  readonly [K in keyof T]: RawValue<T[K]> | (T[K] extends Settled ? never : undefined);
};

/** The option's name on the command line, without its dashes. */
export function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

/** Default, unit, range or choices of an option, for people: `"default 30, 1 to 100000"`. */
export function describeRange(option: Option): string {
  const parts: string[] = [];
  if ("default" in option && option.default !== undefined) parts.push(`default ${option.default}${unitOf(option)}`);
  if (option.kind === "choice") parts.push(option.choices.join(" | "));
  if (option.kind === "integer" || option.kind === "number") parts.push(...numberRange(option));
  return parts.join(", ");
}

const unitOf = ({ unit }: Option) => (unit === undefined ? "" : ` ${unit}`);

function numberRange({ minimum, maximum }: NumberOption): string[] {
  if (minimum !== undefined && maximum !== undefined) return [`${minimum} to ${maximum}`];
  if (minimum !== undefined) return [`at least ${minimum}`];
  return maximum === undefined ? [] : [`at most ${maximum}`];
}

/**
 * The value of an option from what a user wrote, as text or as JSON.
 * @throws CosimError `COSIM_OPTION_INVALID` naming the option, the value and what it takes.
 */
export function readOption(name: string, option: Option, given: unknown): OptionValue {
  const problem = problemOf(option, given);
  if (problem === undefined) return convert(option, given);
  const range = describeRange(option);
  throw new CosimError(
    "COSIM_OPTION_INVALID",
    `--${flagOf(name)} is ${show(given)}, ${problem}${range === "" ? "" : ` (${range})`}. ${option.doc}`,
  );
}

const show = (value: unknown) => (typeof value === "string" ? `"${value}"` : JSON.stringify(value));

function problemOf(option: Option, given: unknown): string | undefined {
  switch (option.kind) {
    case "integer":
    case "number":
      return numberProblem(option, given);
    case "choice":
      return option.choices.includes(String(given)) ? undefined : "which is none of its choices";
    case "duration":
      return durationProblem(given);
    case "flag":
      return typeof given === "boolean" ? undefined : "but takes no value";
    case "list":
      return Array.isArray(given) ? undefined : "which is no list";
    case "text":
      return typeof given === "string" ? undefined : "which is no text";
  }
}

function numberProblem(
  { kind, minimum = -Infinity, maximum = Infinity }: NumberOption,
  given: unknown,
): string | undefined {
  const value = given === "" ? NaN : Number(given);
  if (!Number.isFinite(value)) return "which is no number";
  if (kind === "integer" && !Number.isSafeInteger(value)) return "which is no whole number";
  return value < minimum || value > maximum ? "which is out of range" : undefined;
}

function durationProblem(given: unknown): string | undefined {
  try {
    return parseDuration(given as string) < 0 ? "which is negative" : undefined;
  } catch {
    return 'which is no duration; write "15s", "5m", "24h" or "2d"';
  }
}

function convert(option: Option, given: unknown): OptionValue {
  if (option.kind === "integer" || option.kind === "number") return Number(given);
  if (option.kind === "flag") return given as boolean;
  return option.kind === "list" ? (given as readonly string[]) : String(given);
}

/** Values for a whole table, or every fault of what was given. */
export interface OptionReading<T extends OptionTable> {
  readonly values: OptionValues<T>;
  readonly faults: readonly Fault[];
}

/** Reads what was given by name: fills in defaults, reports unknown names and values that do not fit, all at once. */
export function readOptions<T extends OptionTable>(
  table: T,
  given: Readonly<Record<string, unknown>>,
): OptionReading<T> {
  const faults: Fault[] = [];
  for (const name of Object.keys(given).filter(key => !Object.hasOwn(table, key))) {
    faults.push({
      path: name,
      problem: `There is no option "${name}".`,
      cure: `Options are ${Object.keys(table).join(", ")}.`,
    });
  }
  const values: Record<string, OptionValue | undefined> = {};
  for (const [name, option] of Object.entries(table)) {
    values[name] = defaultOf(option);
    if (given[name] === undefined) continue;
    try {
      values[name] = readOption(name, option, given[name]);
    } catch (error) {
      faults.push({ path: name, problem: (error as Error).message, cure: option.doc });
    }
  }
  return { values: values as OptionValues<T>, faults };
}

function defaultOf(option: Option): OptionValue | undefined {
  if (option.kind === "flag") return false;
  return option.kind === "list" ? [] : option.default;
}
