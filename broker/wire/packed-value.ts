import { Packr } from "msgpackr";
import { CosimError } from "./errors.js";

/** Whole numbers of 64 bits become numbers where they fit; msgpackr knows "auto", its declarations do not. */
const INT64_AS = "auto" as "number";

const packr = new Packr({ useRecords: false, moreTypes: true, int64AsType: INT64_AS });

/** Head of a vector: MessagePack's extension with a length of 32 bits, then msgpackr's type and array type. */
const EXTENSION_32 = 0xc9;
const TYPED_ARRAY = 0x74;
const FLOAT64_ARRAY = 8;
const VECTOR_HEAD_BYTES = 7;

/** A published value as it travels: MessagePack bytes, which the broker hands on without looking into them. */
export class PackedValue {
  constructor(readonly bytes: Uint8Array) {}
}

/** The bytes of plain data (`copyValue` says what that is); every number keeps its 64 bits. */
export function packValue(value: unknown): PackedValue {
  if (value instanceof PackedValue) return value;
  return new PackedValue(value instanceof Float64Array ? packVector(value) : packr.pack(value));
}

/** A vector as msgpackr writes it (extension "t", type 8), with one copy into memory of its exact size. */
function packVector(vector: Float64Array): Uint8Array {
  const { buffer, byteOffset, byteLength } = vector;
  const bytes = Buffer.allocUnsafe(VECTOR_HEAD_BYTES + byteLength);
  bytes[0] = EXTENSION_32;
  bytes.writeUInt32BE(byteLength + 1, 1);
  bytes[5] = TYPED_ARRAY;
  bytes[6] = FLOAT64_ARRAY;
  bytes.set(new Uint8Array(buffer, byteOffset, byteLength), VECTOR_HEAD_BYTES);
  return bytes;
}

/**
 * The value behind some bytes, sharing no memory with them.
 * @throws CosimError `COSIM_FRAME_INVALID` when they are no MessagePack.
 */
export function unpackValue(packed: PackedValue): unknown {
  try {
    return packr.unpack(packed.bytes) as unknown;
  } catch (cause) {
    throw new CosimError("COSIM_FRAME_INVALID", `A value is no MessagePack: ${(cause as Error).message}.`, { cause });
  }
}
