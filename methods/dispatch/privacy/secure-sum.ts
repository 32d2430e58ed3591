import { DispatchError } from "../dispatch-error.js";
import type { Aggregator } from "./aggregator.js";
import { fromLimbs, LIMBS, toLimbs } from "./limbs.js";
import { pack, unpack, type Packet } from "./packing.js";
import { openSeal, type Seal } from "./seal.js";
import type { Sealed } from "./seal-library.js";

/** A vector that only the owner of the secret key can read, as agents send it and pass it on. */
export interface SealedVector {
  /** Numbers in the vector. */
  readonly length: number;
  readonly parts: readonly Sealed[];
}

/** What numbers are rounded to: 2^-26 of their unit. */
const QUANTUM = 1 / 67108864;

/**
 * Sums of vectors that stay encrypted on their way (CKKS: Cheon, Kim, Kim and Song, ASIACRYPT 2017; by Microsoft SEAL).
 * Numbers travel as whole multiples of a quantum, so a decrypted sum is exact: it depends neither on the noise of the
 * encryption nor on the order of the additions, and tells nothing of the noise (Li and Micciancio, EUROCRYPT 2021).
 * One key pair for a run. Who made it reads sums, and would read single vectors if they were given to him.
 */
export class SecureSum {
  private constructor(
    private readonly seal: Seal,
    private readonly quantum: number,
  ) {}

  /**
   * Makes a key pair.
   * @param quantum a power of two, in the unit of the numbers
   * @throws DispatchError `LIBRARY_MISSING` when node-seal is not installed
   */
  static async create(quantum = QUANTUM): Promise<SecureSum> {
    return new SecureSum(await openSeal(), quantum);
  }

  /** Somebody who encrypts and adds for the owner of a key, and can open nothing. */
  static async join(publicKey: Uint8Array, quantum = QUANTUM): Promise<SecureSum> {
    return new SecureSum(await openSeal(publicKey), quantum);
  }

  get publicKey(): Uint8Array {
    return this.seal.publicKey;
  }

  /** @throws DispatchError `INVALID_PROFILE` for a number that is no number or too large for the quantum */
  encrypt(vector: Float64Array): SealedVector {
    const limbs = toLimbs(vector, this.quantum);
    const parts: Sealed[] = [];
    for (let first = 0; first < limbs.length; first += this.seal.slots) {
      parts.push(this.seal.encrypt(limbs.slice(first, first + this.seal.slots)));
    }
    return { length: vector.length, parts };
  }

  /** total += vector, both sealed. */
  add(total: SealedVector, vector: SealedVector): void {
    if (total.length !== vector.length) {
      const message = `sealed vectors of ${total.length} and ${vector.length} numbers do not add up: answer in one format`;
      throw new DispatchError("INVALID_PROFILE", message);
    }
    total.parts.forEach((part, i) => this.seal.add(part, vector.parts[i]));
  }

  /** The numbers, as the multiples of the quantum that they are. */
  decrypt(vector: SealedVector): Float64Array {
    const { decrypt, slots } = this.seal;
    if (decrypt === undefined) throw new TypeError("Only the maker of the key pair can decrypt.");
    const limbs = new Float64Array(vector.length * LIMBS);
    vector.parts.forEach((part, i) => {
      const first = i * slots;
      limbs.set(decrypt(part).subarray(0, limbs.length - first), first);
    });
    return fromLimbs(limbs, this.quantum);
  }

  /** A sealed vector as bytes, for a message. */
  toPacket({ length, parts }: SealedVector): Packet {
    return { length, parts: parts.map(part => this.seal.toBytes(part)) };
  }

  fromPacket({ length, parts }: Packet): SealedVector {
    return { length, parts: parts.map(bytes => this.seal.fromBytes(bytes)) };
  }

  /** Frees a sealed vector. */
  release(vector: SealedVector): void {
    for (const part of vector.parts) part.delete();
  }

  /** Frees the keys. */
  close(): void {
    this.seal.close();
  }
}

/**
 * Sums of which only the total is opened: what agents send is ciphertext, and can be carried and added by anybody. Who has
 * the secret key must be given sums alone.
 */
export function sealedAggregator(sums: SecureSum): Aggregator {
  return {
    name: "ckks",
    seal: vector => sealVector(sums, vector),
    sum: packed => (packed.length === 0 ? new Float64Array(0) : openSealed(sums, addSealed(sums, packed))),
  };
}

/** A vector as ciphertext, in numbers. */
export function sealVector(sums: SecureSum, vector: Float64Array): Float64Array {
  return borrow(sums, sums.encrypt(vector), sealed => pack(sums.toPacket(sealed)));
}

/** The sum of one or more sealed vectors, sealed: adding takes no key. */
export function addSealed(sums: SecureSum, [first, ...others]: readonly Float64Array[]): Float64Array {
  return borrow(sums, sums.fromPacket(unpack(first)), total => {
    for (const other of others) {
      borrow(sums, sums.fromPacket(unpack(other)), vector => {
        sums.add(total, vector);
      });
    }
    return pack(sums.toPacket(total));
  });
}

/** The numbers of a sealed vector, for the owner of the secret key. */
export function openSealed(sums: SecureSum, sealed: Float64Array): Float64Array {
  return borrow(sums, sums.fromPacket(unpack(sealed)), vector => sums.decrypt(vector));
}

/** Uses a sealed vector and frees it. */
function borrow<T>(sums: SecureSum, vector: SealedVector, use: (vector: SealedVector) => T): T {
  try {
    return use(vector);
  } finally {
    sums.release(vector);
  }
}
