/**
 * Sums what agents answer, place by place. All vectors of a sum have the same length. Whoever only carries a vector from
 * its owner to the sum learns no more of it than `seal` leaves.
 */
export interface Aggregator {
  readonly name: string;
  /** What an agent sends instead of its vector. */
  seal(vector: Float64Array): Float64Array;
  /** The sum of the vectors that were sealed. */
  sum(sealed: readonly Float64Array[]): Float64Array;
}

/** Sums in the open: whoever carries or adds sees every vector. */
export const plainAggregator: Aggregator = {
  name: "plain",
  seal: vector => vector,
  sum(vectors) {
    const total = new Float64Array(vectors[0]?.length ?? 0);
    for (const vector of vectors) for (let i = 0; i < total.length; i++) total[i] += vector[i];
    return total;
  },
};
