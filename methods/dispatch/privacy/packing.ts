import { DispatchError } from "../dispatch-error.js";

/** Bytes in one number: whole numbers below 2^48 survive every copy, which bits that look like NaN do not. */
const WIDTH = 6;
const HIGH = 4294967296;

/** Bytes of ciphertexts, all equally long, and how many numbers they stand for. */
export interface Packet {
  readonly length: number;
  readonly parts: readonly Uint8Array[];
}

/** A packet as numbers, so that it fits where vectors do: length, parts, bytes of a part, then six bytes in each number. */
export function pack({ length, parts }: Packet): Float64Array {
  const bytes = parts[0]?.length ?? 0;
  const perPart = Math.ceil(bytes / WIDTH);
  const packed = new Float64Array(3 + parts.length * perPart);
  packed.set([length, parts.length, bytes]);
  parts.forEach((part, p) => {
    const padded = new DataView(new ArrayBuffer(perPart * WIDTH));
    new Uint8Array(padded.buffer).set(part);
    for (let i = 0; i < perPart; i++) {
      packed[3 + p * perPart + i] = padded.getUint32(WIDTH * i) + HIGH * padded.getUint16(WIDTH * i + 4);
    }
  });
  return packed;
}

/** @throws DispatchError `INVALID_PROFILE` when the numbers are no packet */
export function unpack(packed: Float64Array): Packet {
  const [length, count, bytes] = packed;
  const perPart = Math.ceil(bytes / WIDTH);
  if (!(packed.length === 3 + count * perPart)) {
    throw new DispatchError(
      "INVALID_PROFILE",
      "an answer that should be sealed is not: use one aggregator at both ends",
    );
  }
  const parts = Array.from({ length: count }, (_, p) => {
    const padded = new DataView(new ArrayBuffer(perPart * WIDTH));
    for (let i = 0; i < perPart; i++) {
      const number = packed[3 + p * perPart + i];
      padded.setUint32(WIDTH * i, number % HIGH);
      padded.setUint16(WIDTH * i + 4, Math.floor(number / HIGH));
    }
    return new Uint8Array(padded.buffer, 0, bytes);
  });
  return { length, parts };
}
