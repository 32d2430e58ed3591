import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import protobuf from "protobufjs";
import { decodeFrame, encodeFrame } from "./codec.js";
import { CosimError } from "./errors.js";
import { PROTOCOL_VERSION, type Frame } from "./frame.js";
import { BODIES, type Field } from "./frame-schema.js";
import { PackedValue, packValue, unpackValue } from "./packed-value.js";
import { anyFrame } from "./testing/frames.js";
import { copyValue } from "./value.js";

const root = protobuf.parse(readFileSync("broker/wire/cosim.proto", "utf8")).root;
const FrameType = root.lookupType("gridloom.cosim.Frame");

/** A frame without the difference between a value's bytes and another buffer with the same ones. */
function comparable(value: unknown): unknown {
  if (value instanceof PackedValue) return Buffer.from(value.bytes).toString("hex");
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, comparable(item)]));
}

function code(bytes: Uint8Array, limit?: number): string {
  try {
    decodeFrame(bytes, limit);
    return "read";
  } catch (error) {
    assert.ok(error instanceof CosimError, `${String(error)} has no code`);
    return error.code;
  }
}

describe("frames", () => {
  it("are what they were after the way through their bytes", () => {
    fc.assert(
      fc.property(anyFrame, frame => {
        assert.deepEqual(comparable(decodeFrame(encodeFrame(frame))), comparable(frame));
      }),
      { numRuns: 2000 },
    );
  });

  it("are the messages of cosim.proto, field by field", () => {
    const check = (type: protobuf.Type, fields: readonly Field[]) => {
      assert.deepEqual(
        type.fieldsArray.map(f => [f.id, f.name, f.repeated]),
        fields.map(f => [f.id, f.name, f.repeated]),
        type.name,
      );
      for (const field of fields) {
        const declared = type.fields[field.name].resolve();
        const scalar = field.type === "value" ? "bytes" : field.type;
        assert.equal(declared.options?.proto3_optional === true, field.optional, `${type.name}.${field.name}`);
        if (typeof scalar === "string") assert.equal(declared.type, scalar, `${type.name}.${field.name}`);
        else check(declared.resolvedType as protobuf.Type, scalar);
      }
    };
    assert.deepEqual(
      FrameType.oneofs.body.fieldsArray.map(f => [f.id, f.name]),
      BODIES.map(body => [body.id, body.kind]),
    );
    for (const body of BODIES) {
      const declared = FrameType.fields[body.kind].resolve();
      check(declared.resolvedType as protobuf.Type, body.fields);
    }
  });

  it("are read by a client that was generated from cosim.proto, and the other way round", () => {
    fc.assert(
      fc.property(anyFrame, frame => {
        const theirs = FrameType.decode(encodeFrame(frame));
        assert.equal((theirs as unknown as { version: number }).version, PROTOCOL_VERSION);
        const back = decodeFrame(FrameType.encode(theirs).finish());
        assert.deepEqual(comparable(back), comparable(frame));
      }),
      { numRuns: 500 },
    );
  });

  it("carry every value that can be published, bit by bit", () => {
    const leaf = fc.oneof(
      fc.double(),
      fc.boolean(),
      fc.string({ unit: "grapheme" }),
      fc.constant(null),
      fc.float64Array(),
      fc.uint8Array(),
    );
    const { tree } = fc.letrec(tie => ({
      tree: fc.oneof(
        leaf,
        fc.array(tie("tree"), { maxLength: 4 }),
        fc.dictionary(fc.string({ unit: "grapheme" }), tie("tree"), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(tree, published => {
        const value = copyValue(published);
        const arrived = unpackValue(packValue(value));
        assert.deepEqual(plainBytes(arrived), plainBytes(value));
      }),
      { numRuns: 2000 },
    );
    for (const number of [0.1, 5e-324, Number.MAX_VALUE, 2 ** 53, -(2 ** 53), 2 ** 32, 4294967297, NaN, -Infinity]) {
      assert.ok(Object.is(unpackValue(packValue(number)), number), String(number));
    }
  });

  it("of another version are refused, except a join, which says who it is", () => {
    const other = (frame: Frame) => FrameType.encode({ ...FrameType.decode(encodeFrame(frame)), version: 9 }).finish();
    assert.equal(code(other({ kind: "leave" })), "COSIM_PROTOCOL_VERSION");
    const join = decodeFrame(
      encodeFrame({ kind: "join", version: 9, token: "t", host: "a", plan: "p", foreign: false }),
    );
    assert.deepEqual(join, { kind: "join", version: 9, token: "t", host: "a", plan: "p", foreign: false });
  });

  it("that are too large are refused on both sides", () => {
    const answer: Frame = { kind: "answer", json: "x".repeat(100) };
    assert.throws(() => encodeFrame(answer, 100), { code: "COSIM_FRAME_TOO_LARGE" });
    assert.equal(code(encodeFrame(answer), 100), "COSIM_FRAME_TOO_LARGE");
  });

  it("that are cut off are refused or are shorter frames, never a crash", () => {
    fc.assert(
      fc.property(anyFrame, fc.nat(), (frame, at) => {
        const bytes = encodeFrame(frame);
        const cut = bytes.subarray(0, at % bytes.length);
        assert.notEqual(code(cut), "read");
      }),
      { numRuns: 2000 },
    );
  });

  it("with random or changed bytes are refused by name or read as a frame", () => {
    const counts: Record<string, number> = {};
    const changed = fc.tuple(anyFrame, fc.nat(), fc.nat({ max: 255 })).map(([frame, at, byte]) => {
      const bytes = Uint8Array.from(encodeFrame(frame));
      bytes[at % bytes.length] = byte;
      return bytes;
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), changed), bytes => {
        const what = code(bytes);
        counts[what] = (counts[what] ?? 0) + 1;
      }),
      { numRuns: 20_000 },
    );
    console.log(`      ${JSON.stringify(counts)}`);
    assert.ok(counts.COSIM_FRAME_INVALID > 0);
  });
});

/** Numbers as their 64 bits, everything else as it is. */
function plainBytes(value: unknown): unknown {
  if (typeof value === "number")
    return Number.isNaN(value) ? "NaN" : Buffer.from(Float64Array.of(value).buffer).toString("hex");
  if (value instanceof Float64Array) return ["vector", ...[...value].map(plainBytes)];
  if (value instanceof Uint8Array) return ["bytes", ...value];
  if (Array.isArray(value)) return value.map(plainBytes);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value).map(([key, item]) => [key, plainBytes(item)]);
}
