import { createHash, type Hash } from "node:crypto";

/** How far a list of digests is hashed. */
interface Progress {
  readonly hash: Hash;
  count: number;
}

const known = new WeakMap<readonly string[], Progress>();

/**
 * The contract package's `receiptsDigest` of a list that grows, without hashing again what was hashed before; after a resume
 * it is looked through once.
 */
export function digestOver(digests: readonly string[]): string {
  const progress = known.get(digests) ?? { hash: createHash("sha256"), count: 0 };
  known.set(digests, progress);
  for (; progress.count < digests.length; progress.count++)
    progress.hash.update(`${progress.count === 0 ? "" : "\n"}${digests[progress.count]}`);
  return progress.hash.copy().digest("hex");
}
