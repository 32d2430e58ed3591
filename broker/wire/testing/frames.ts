import fc from "fast-check";
import { PROTOCOL_VERSION, type Frame } from "../frame.js";
import { packValue } from "../packed-value.js";

const index = fc.integer({ min: 0, max: 4294967295 });
const time = fc.oneof(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), fc.constant(Infinity), fc.constant(-1));
const text = fc.string({ unit: "grapheme" });
const plain = fc.oneof(fc.double(), fc.boolean(), text, fc.float64Array(), fc.dictionary(text, fc.double()));
const value = plain.map(packValue);

const publication = fc.record({
  source: index,
  output: index,
  time,
  phase: time,
  sequence: fc.maxSafeNat(),
  value,
  link: fc.option(index, { nil: undefined }),
  extraDelay: fc.maxSafeNat(),
});
const publications = fc.array(publication, { maxLength: 4 });
const due = fc.array(fc.record({ federate: index, time, phase: time }), { maxLength: 4 });
const message = fc.record({ time, source: text, output: text, sequence: fc.maxSafeNat(), payload: value });
const input = fc.record({
  name: text,
  value: fc.option(value, { nil: undefined }),
  messages: fc.array(message, { maxLength: 3 }),
});
const published = fc.record({ output: text, value, to: text });

const kind = <K extends string, T>(name: K, content: { [F in keyof T]: fc.Arbitrary<T[F]> }) =>
  fc.record({ kind: fc.constant(name), ...content }) as fc.Arbitrary<Frame>;

/** Any frame of the protocol. */
export const anyFrame: fc.Arbitrary<Frame> = fc.oneof(
  kind("join", { version: fc.constant(PROTOCOL_VERSION), token: text, host: text, plan: text, foreign: fc.boolean() }),
  kind("welcome", { host: index, until: time, ticksPerSecond: time }),
  kind("report", { due, publications, idle: fc.boolean() }),
  kind("items", { publications }),
  kind("release", { time, phase: time, publications }),
  kind("save", { time }),
  kind("saved", { time }),
  kind("fail", { code: text, message: text, party: text, stamp: text, log: fc.array(text) }),
  kind("end", {}),
  kind("leave", {}),
  kind("probe", {}),
  kind("query", { token: text }),
  kind("answer", { json: text }),
  kind("request", { wakeAt: fc.option(time, { nil: undefined }), published: fc.array(published, { maxLength: 3 }) }),
  kind("grant", { time, iteration: index, inputs: fc.array(input, { maxLength: 3 }) }),
);
