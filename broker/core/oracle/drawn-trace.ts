import { stampParts } from "../../wire/stamp.js";
import type { Run, SeenMessage, TraceEntry } from "./model.js";

/**
 * A run as one drawn line: `a@0 b@0(a0) c@5.1([a0 b5])`. Behind the `@` stand time and, from 1 on, iteration;
 * in brackets what the inputs hold, in order, `-` for nothing yet. A fault ends the line: `!COSIM_... a@5.3`.
 */
export function drawTrace({ trace, fault }: Run): string {
  const words = trace.map(entry => drawEntry(entry, true));
  return [...words, ...(fault === undefined ? [] : [`!${fault.code} ${drawPlace(fault)}`])].join(" ");
}

/** The run drawn with as much detail as an expectation has: what an entry saw only where that is drawn too. */
export function drawLike(expected: string, { trace, fault }: Run): string {
  const wanted = splitTrace(expected);
  const words = trace.map((entry, i) => drawEntry(entry, wanted.at(i)?.includes("(") ?? true));
  return [...words, ...(fault === undefined ? [] : [`!${fault.code} ${drawPlace(fault)}`])].join(" ");
}

/** The words of a drawn trace; spaces within brackets belong to a word. */
export function splitTrace(text: string): string[] {
  return text.trim().match(/![A-Z_]+ \S+|[^\s(]+(?:\([^)]*\))?/g) ?? [];
}

function drawPlace({ federate, stamp }: Pick<TraceEntry, "federate" | "stamp">): string {
  const { time, iteration } = stampParts(stamp);
  return `${federate}@${time}${iteration > 0 ? `.${iteration}` : ""}`;
}

function drawEntry(entry: TraceEntry, withInputs: boolean): string {
  const seen = Object.values(entry.inputs).map(drawValue);
  return `${drawPlace(entry)}${withInputs && seen.length > 0 ? `(${seen.join(" ")})` : ""}`;
}

function drawValue(value: unknown): string {
  if (value === undefined) return "-";
  if (Array.isArray(value)) return `[${value.map(item => drawValue(isMessage(item) ? item.payload : item)).join(" ")}]`;
  return String(value);
}

function isMessage(value: unknown): value is SeenMessage {
  return typeof value === "object" && value !== null && "payload" in value;
}
