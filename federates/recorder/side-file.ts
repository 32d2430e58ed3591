import { parseDuration, type Complex } from "../../broker/wire/index.js";
import type { OutputFile, SetupContext } from "../../runtime/index.js";
import { clockOf, clockText, type Clock } from "./clock.js";
import { portsOf, withPlace } from "./fields.js";
import type { CsvParams, RecorderParams, Term } from "./params.js";
import { readTerm, type Inputs } from "./terms.js";

/** Significant digits of a number and of each part of a complex number. */
const DIGITS = 9;
const COMPLEX_DIGITS = 6;

/** A table of present values that grows by one row each period. Plain data; times are ticks. */
export interface SideFile {
  readonly file: string;
  readonly header: string;
  readonly columns: readonly Term[];
  readonly clock: Clock;
  readonly zone: string;
  readonly period: number;
  readonly ticksPerSecond: number;
  next: number;
}

/** The side files of a case; none where nothing but the summary is kept. */
export function createSideFiles(params: RecorderParams, setup: SetupContext): SideFile[] {
  if (params.record === "none") return [];
  return params.csv.map(csv => {
    const { ticksPerSecond } = setup;
    const clock = clockOf(setup);
    const period = parseDuration(csv.period, ticksPerSecond === 1e9 ? "1ns" : "1us");
    const zone = csv.zone ?? params.zone ?? clock.zone;
    const columns = csv.columns.map(({ name: _name, units: _units, ...term }) => withPlace(term, portsOf(params)));
    const header = headerOf(csv, setup, period / ticksPerSecond);
    return { file: csv.file, header, columns, clock, zone, period, ticksPerSecond, next: 0 };
  });
}

/** Eight lines that start with `#`, then the names of the columns. */
function headerOf({ file, object, columns }: CsvParams, setup: SetupContext, seconds: number): string {
  const names = columns.map(column => column.name);
  const facts: [string, string | number][] = [
    ["file", file],
    ["case", setup.caseName],
    ["start", setup.start],
    ["seed", setup.seed],
    ["object", object],
    ["property", names.join(",")],
    ["units", columns.map(column => column.units).join(",")],
    ["interval", `${seconds} s`],
  ];
  return [...facts.map(([key, value]) => `# ${key} ${value}`.trimEnd()), ["timestamp", ...names].join(",")].join("\n");
}

/** Appends the row that is due at `time`, if there is one. */
export function writeRow(side: SideFile, inputs: Inputs, time: number, file: OutputFile): void {
  if (time < side.next) return;
  const cells = side.columns.map(term => cellText(term, inputs));
  const stamp = clockText(side.clock, time / side.ticksPerSecond, side.zone);
  file.append(`${[stamp, ...cells].join(",")}\n`);
  side.next = (Math.floor(time / side.period) + 1) * side.period;
}

function cellText(term: Term, inputs: Inputs): string {
  const value = inputs[term.input] as Complex | number | undefined;
  if (typeof value === "object" && "re" in value && term.part === undefined) {
    return `${signed(value.re, COMPLEX_DIGITS)}${signed(value.im, COMPLEX_DIGITS)}j`;
  }
  const number = readTerm(term, inputs);
  return typeof number === "number" ? signed(number * (term.weight ?? 1), DIGITS) : "";
}

/** A number with its sign and at most so many significant digits, as C's `%+g` writes it. */
function signed(value: number, digits: number): string {
  const text = String(Number(value.toPrecision(digits)));
  return text.startsWith("-") ? text : `+${text}`;
}
