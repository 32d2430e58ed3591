/**
 * Sums what agents answer, place by place. All vectors of a call have the same length; of the single vectors the
 * receiver learns no more than the aggregator says.
 */
export interface Aggregator {
  readonly name: string;
  sum(vectors: readonly Float64Array[]): Float64Array;
}

/** Sums in the open: whoever adds sees every vector. */
export const plainAggregator: Aggregator = {
  name: "plain",
  sum(vectors) {
    const total = new Float64Array(vectors[0]?.length ?? 0);
    for (const vector of vectors) for (let i = 0; i < total.length; i++) total[i] += vector[i];
    return total;
  },
};
