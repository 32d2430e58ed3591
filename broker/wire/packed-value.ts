import { Packr } from "msgpackr";
import { CosimError } from "./errors.js";

/** Whole numbers of 64 bits become numbers where they fit; msgpackr knows "auto", its declarations do not. */
const INT64_AS = "auto" as "number";

const packr = new Packr({ useRecords: false, moreTypes: true, int64AsType: INT64_AS });

/** A published value as it travels: MessagePack bytes, which the broker hands on without looking into them. */
export class PackedValue {
  constructor(readonly bytes: Uint8Array) {}
}

/** The bytes of plain data (`copyValue` says what that is); every number keeps its 64 bits. */
export function packValue(value: unknown): PackedValue {
  return value instanceof PackedValue ? value : new PackedValue(packr.pack(value));
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
