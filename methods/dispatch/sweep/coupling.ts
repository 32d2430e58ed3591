import type { PublicProblem } from "../problem.js";

/**
 * Largest row sum of the network's curvature between the agents that answer prices: how much the price at a node rises when
 * all of them draw one unit more. Each line adds 2·regulariser for every agent behind it, the root once more. It bounds the
 * curvature's largest eigenvalue; the voltages' share is left out.
 */
export function couplingOf({ network, regulariser }: PublicProblem, isFlexible: Uint8Array): number {
  const { parent, order } = network;
  const behind = Float64Array.from(isFlexible);
  for (let place = order.length - 1; place > 0; place--) behind[parent[order[place]]] += behind[order[place]];
  const sum = new Float64Array(parent.length);
  let largest = 0;
  for (const node of order) {
    sum[node] = (parent[node] >= 0 ? sum[parent[node]] : 0) + 2 * regulariser * behind[node];
    if (isFlexible[node] === 1) largest = Math.max(largest, sum[node]);
  }
  return largest;
}
