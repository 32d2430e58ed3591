import type { Message, OutputFile } from "../../runtime/index.js";
import type { Inputs } from "./terms.js";

/** Inputs whose items become events; for values the text that was written last. Plain data. */
export interface Events {
  readonly inputs: readonly EventInput[];
  readonly ticksPerSecond: number;
}

interface EventInput {
  readonly name: string;
  last: string;
  /** The value behind it: what is published anew is another object, so the same one needs no second look. */
  held?: unknown;
}

/** Appends one line for each new message, and for each value that differs from the one before. */
export function writeEvents(
  { inputs: ports, ticksPerSecond }: Events,
  inputs: Inputs,
  time: number,
  file: () => OutputFile,
): void {
  for (const port of ports) {
    const value = inputs[port.name];
    if (isMessages(value)) {
      if (value.length === 0) continue;
      file().append(value.map(message => `${messageLine(message, port.name, ticksPerSecond)}\n`).join(""));
    } else if (value !== undefined && (value !== port.held || value instanceof Float64Array)) {
      port.held = value;
      const text = JSON.stringify(value);
      if (text === port.last) continue;
      port.last = text;
      file().append(`${lineOf(time / ticksPerSecond, port.name, value)}\n`);
    }
  }
}

function isMessages(value: unknown): value is readonly Message[] {
  return (
    Array.isArray(value) &&
    value.every(item => typeof item === "object" && item !== null && "payload" in item && "sequence" in item)
  );
}

function messageLine({ time, source, payload }: Message, input: string, ticksPerSecond: number): string {
  return lineOf(time / ticksPerSecond, input, payload, source);
}

/** Simulated seconds first, then where it came from, then what it says; an object's keys stand beside them. */
function lineOf(time: number, event: string, content: unknown, source?: string): string {
  const isObject = typeof content === "object" && content !== null && !Array.isArray(content);
  const beside = isObject ? content : { value: content };
  if (HEAD_KEYS.some(key => key in beside)) return JSON.stringify({ time, event, source, ...beside });
  const body = JSON.stringify(beside);
  const from = source === undefined ? "" : `,"source":${JSON.stringify(source)}`;
  const head = `{"time":${JSON.stringify(time)},"event":${JSON.stringify(event)}${from}`;
  return body === "{}" ? `${head}}` : `${head},${body.slice(1)}`;
}

const HEAD_KEYS = ["time", "event", "source"];
