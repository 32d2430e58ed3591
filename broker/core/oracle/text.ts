import { formatStamp } from "../../wire/stamp.js";
import type { Run, TraceEntry } from "./model.js";

/** A value as text that two equal values share: keys sorted, typed arrays marked, `-` for undefined. */
export function canonical(value: unknown): string {
  if (value === undefined) return "-";
  if (value instanceof Float64Array) return `f64${canonical([...value])}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(" ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${key}:${canonical(item)}`).join(" ")}}`;
}

/** One line for one activation, with everything seen and done. */
export function entryLine({ federate, stamp, inputs, result }: TraceEntry): string {
  return `${federate} ${formatStamp(stamp)} ${canonical(inputs)} => ${canonical(result)}`;
}

/** A run as lines; two runs are the same when their lines are. */
export function runLines({ trace, fault }: Run): string[] {
  const lines = trace.map(entryLine);
  return fault === undefined ? lines : [...lines, `${fault.code} ${fault.federate} ${formatStamp(fault.stamp)}`];
}
