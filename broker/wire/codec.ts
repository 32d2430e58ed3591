import protobuf, { type Reader, type Writer } from "protobufjs/minimal.js";
import { CosimError } from "./errors.js";
import { PROTOCOL_VERSION, type Frame } from "./frame.js";
import { BODIES, type Body, type Field, type FieldType } from "./frame-schema.js";
import { PackedValue, packValue } from "./packed-value.js";

/** Bytes that one frame may have unless an option says otherwise. */
export const MAX_FRAME_BYTES = 33_554_432;

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const VERSION_FIELD = 1;

const bodyOfKind = new Map(BODIES.map(body => [body.kind, body]));
const bodyOfId = new Map(BODIES.map(body => [body.id, body]));

type Content = Record<string, unknown>;

/** What a required value is when its field is missing. */
const NO_VALUE = new PackedValue(new Uint8Array(0));

/** Memory that frames are written into before they are copied out; kept unless a frame was very large. */
let scratch = protobuf.Writer.create();
const SCRATCH_BYTES = 4_194_304;

/**
 * The bytes of a frame: the envelope of `cosim.proto` with values as MessagePack.
 * @throws CosimError `COSIM_FRAME_TOO_LARGE` beyond `limit` bytes.
 */
export function encodeFrame(frame: Frame, limit = MAX_FRAME_BYTES): Uint8Array {
  const body = bodyOfKind.get(frame.kind);
  if (body === undefined) throw new Error(`There is no frame "${String(frame.kind)}".`);
  const version = frame.kind === "join" ? frame.version : PROTOCOL_VERSION;
  const writer = scratch;
  scratch = protobuf.Writer.create();
  writer.uint32((VERSION_FIELD << 3) | VARINT).uint32(version);
  writer.uint32((body.id << 3) | LENGTH).fork();
  writeFields(writer, body.fields, frame as unknown as Content);
  const bytes = writer.ldelim().finish();
  if (bytes.length <= SCRATCH_BYTES) scratch = writer.reset();
  if (bytes.length > limit) throw tooLarge(frame.kind, bytes.length, limit);
  return bytes;
}

function tooLarge(what: string, size: number, limit: number): CosimError {
  const message = `A ${what} frame has ${size} bytes; the limit is ${limit}. Publish less at once or raise the limit.`;
  return new CosimError("COSIM_FRAME_TOO_LARGE", message);
}

function writeFields(writer: Writer, fields: readonly Field[], content: Content): void {
  for (const field of fields) {
    const value = content[field.name];
    if (value === undefined) continue;
    if (field.repeated) {
      for (const item of value as readonly unknown[]) writeField(writer, field, item);
    } else if (field.optional || (value !== 0 && value !== "" && value !== false)) {
      writeField(writer, field, value);
    }
  }
}

function writeField(writer: Writer, { id, type }: Field, value: unknown): void {
  writer.uint32((id << 3) | wireType(type));
  switch (type) {
    case "uint32":
      writer.uint32(value as number);
      break;
    case "double":
      writer.double(value as number);
      break;
    case "bool":
      writer.bool(value as boolean);
      break;
    case "string":
      writer.string(value as string);
      break;
    case "value":
      writer.bytes(packValue(value).bytes);
      break;
    default:
      writer.fork();
      writeFields(writer, type, value as Content);
      writer.ldelim();
  }
}

function wireType(type: FieldType): number {
  if (type === "uint32" || type === "bool") return VARINT;
  return type === "double" ? FIXED64 : LENGTH;
}

/**
 * The frame behind some bytes; it shares their memory. A join is read in every version, anything else in this one only.
 * @throws CosimError `COSIM_FRAME_INVALID`, `COSIM_PROTOCOL_VERSION` or `COSIM_FRAME_TOO_LARGE`.
 */
export function decodeFrame(bytes: Uint8Array, limit = MAX_FRAME_BYTES): Frame {
  if (bytes.length > limit) throw tooLarge("received", bytes.length, limit);
  try {
    return readEnvelope(protobuf.Reader.create(bytes));
  } catch (cause) {
    if (cause instanceof CosimError) throw cause;
    throw invalid((cause as Error).message, cause);
  }
}

function invalid(reason: string, cause?: unknown): CosimError {
  return new CosimError("COSIM_FRAME_INVALID", `A frame cannot be read: ${reason}.`, { cause });
}

function readEnvelope(reader: Reader): Frame {
  let version = 0;
  let body: Body | undefined;
  let content: Content | undefined;
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const known = bodyOfId.get(tag >>> 3);
    if (tag >>> 3 === VERSION_FIELD && (tag & 7) === VARINT) {
      version = reader.uint32();
    } else if (known !== undefined && (tag & 7) === LENGTH && body === undefined) {
      if (version !== PROTOCOL_VERSION && known.kind !== "join") throw otherVersion(version);
      body = known;
      content = readMessage(reader, known.fields, reader.len);
    } else {
      throw invalid(body === undefined ? `field ${tag >>> 3} is no kind of frame` : "it has more than one body");
    }
  }
  if (body === undefined || content === undefined) throw invalid("it has no body");
  const frame = { kind: body.kind, ...content };
  return (body.kind === "join" ? { ...frame, version } : frame) as unknown as Frame;
}

function otherVersion(version: number): CosimError {
  const message = `The other side speaks version ${version} of the protocol, this side speaks version ${PROTOCOL_VERSION}.`;
  return new CosimError("COSIM_PROTOCOL_VERSION", message);
}

function readMessage(reader: Reader, fields: readonly Field[], limit: number): Content {
  const length = reader.uint32();
  const end = reader.pos + length;
  if (end > limit) throw invalid("a part is longer than the whole");
  const content = emptyContent(fields);
  while (reader.pos < end) {
    const tag = reader.uint32();
    const field = fields.find(f => f.id === tag >>> 3);
    if (field === undefined) {
      reader.skipType(tag & 7);
      continue;
    }
    if ((tag & 7) !== wireType(field.type)) throw invalid(`"${field.name}" has wire type ${tag & 7}`);
    const value = readField(reader, field, end);
    if (field.repeated) (content[field.name] as unknown[]).push(value);
    else content[field.name] = value;
  }
  if (reader.pos !== end) throw invalid("a part ends in the middle of a field");
  return content;
}

function emptyContent(fields: readonly Field[]): Content {
  const content: Content = {};
  for (const { name, type, repeated, optional } of fields) {
    content[name] = repeated ? [] : optional ? undefined : emptyValue(type);
  }
  return content;
}

function emptyValue(type: FieldType): unknown {
  if (type === "string") return "";
  return type === "bool" ? false : type === "value" ? NO_VALUE : 0;
}

function readField(reader: Reader, { type }: Field, end: number): unknown {
  switch (type) {
    case "uint32":
      return reader.uint32();
    case "double":
      return reader.double();
    case "bool":
      return reader.bool();
    case "string":
      return reader.string();
    case "value":
      return readValue(reader, end);
    default:
      return readMessage(reader, type, end);
  }
}

function readValue(reader: Reader, limit: number): PackedValue {
  const length = reader.uint32();
  const { buf, pos } = reader;
  if (pos + length > limit) throw invalid("a value is longer than its frame");
  reader.pos = pos + length;
  return new PackedValue(buf.subarray(pos, pos + length));
}
