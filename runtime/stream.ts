/**
 * A random stream named after its owner: the k-th number depends on the seed, the name and k only.
 *
 * Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3, SC 2011).
 * The key is the seed and a hash of the name; the counter is the place in the stream.
 */
export class RandomStream {
  private readonly block = new Uint32Array(4);
  private readonly key: readonly [number, number];

  constructor(
    seed: number,
    readonly name: string,
    /** Numbers drawn so far. */
    public drawn = 0,
  ) {
    this.key = [(seed ^ hashName(name)) >>> 0, (Math.floor(seed / 4294967296) ^ hashName(`${name}\u0000`)) >>> 0];
  }

  /** The next number, uniform in [0, 1) with 53 bits. */
  next(): number {
    const counter = this.drawn++;
    const { block } = this;
    block[0] = counter >>> 0;
    block[1] = Math.floor(counter / 4294967296);
    block[2] = 0;
    block[3] = 0;
    philox(block, this.key[0], this.key[1]);
    return ((block[0] >>> 5) * 67108864 + (block[1] >>> 6)) / 9007199254740992;
  }

  /** Uniform in [low, high). */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A whole number from low to high, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** Normal with the given mean and standard deviation (Box and Muller 1958, one of the pair). */
  normal(mean = 0, deviation = 1): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.next());
  }

  /** The items in random order (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
    }
    return shuffled;
  }
}

/** FNV-1a over code units, 32 bits. */
function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Upper 32 bits of a 32 × 32 bit product. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const cross = aLow * bHigh + (middle & 0xffff);
  return aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(cross / 65536);
}

/** Replaces a counter of four words by ten rounds of Philox4x32 under a key of two words. */
export function philox(block: Uint32Array, key0: number, key1: number): void {
  let k0 = key0;
  let k1 = key1;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, block[0]);
    const low0 = Math.imul(0xd2511f53, block[0]);
    const high1 = multiplyHigh(0xcd9e8d57, block[2]);
    const low1 = Math.imul(0xcd9e8d57, block[2]);
    block[0] = high1 ^ block[1] ^ k0;
    block[1] = low1;
    block[2] = high0 ^ block[3] ^ k1;
    block[3] = low0;
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
}
