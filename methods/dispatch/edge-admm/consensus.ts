import type { NetworkState } from "../coordination.js";
import type { PublicProblem } from "../problem.js";

/**
 * What the two ends of every line agree on, and at what price: active flow, reactive flow and the parent's voltage of line v
 * by step, in 3·steps numbers from v·3·steps on (line 0 does not exist). `multiplier` is the child's; the parent's is its negative.
 */
export interface Consensus {
  readonly value: Float64Array;
  readonly multiplier: Float64Array;
}

/** A cold start: everything 0, and the tariff as the price of active flow. */
export function tariffConsensus(problem: PublicProblem): Consensus {
  const { steps, network, root } = problem;
  const lines = network.parent.length;
  const multiplier = new Float64Array(3 * steps * lines);
  for (let line = 0; line < lines; line += 1) {
    if (network.parent[line] >= 0) multiplier.set(root.buyPrice, 3 * steps * line);
  }
  return { value: new Float64Array(multiplier.length), multiplier };
}

/**
 * The consensus that another method's dispatch stands for: its flows and voltages, and the multipliers at which the nodes'
 * copies would be stationary there. Limits that bind do not enter; the consensus finds their share.
 */
export function consensusOf(state: NetworkState, problem: PublicProblem): Consensus {
  const { steps, network, regulariser } = problem;
  const value = new Float64Array(3 * steps * network.parent.length);
  const multiplier = new Float64Array(value.length);
  const pull = voltagePull(state, problem);
  network.parent.forEach((above, line) => {
    if (above < 0) return;
    for (let t = 0; t < steps; t += 1) {
      const [active, reactive, voltage] = [0, 1, 2].map(quantity => (3 * line + quantity) * steps + t);
      value[active] = state.activeFlow[line * steps + t];
      value[reactive] = state.reactiveFlow[line * steps + t];
      value[voltage] = state.voltage[above * steps + t];
      multiplier[active] = state.activePrice[above * steps + t] + regulariser * value[active];
      multiplier[reactive] = state.reactivePrice[above * steps + t] + regulariser * value[reactive];
      multiplier[voltage] = pull[line * steps + t] - regulariser * value[voltage];
    }
  });
  return { value, multiplier };
}

/** Multiplier of each node's voltage equation: what the copies of its own and all lower voltages cost at the margin. */
function voltagePull({ voltage }: NetworkState, { steps, network, regulariser }: PublicProblem): Float64Array {
  const pull = voltage.map(value => -regulariser * value);
  for (const node of network.order.toReversed()) {
    const above = network.parent[node];
    if (above < 0) continue;
    for (let t = 0; t < steps; t += 1) {
      pull[above * steps + t] += pull[node * steps + t] - regulariser * voltage[above * steps + t];
    }
  }
  return pull;
}

/** Penalty of each of a line's 3·steps numbers per unit of the round's penalty. */
export function lineWeights(weights: readonly [number, number, number], steps: number): Float64Array {
  return Float64Array.from({ length: 3 * steps }, (_, i) => weights[Math.floor(i / steps)]);
}

/** Name of a line's vector in orders and answers. */
export const lineKey = (line: number): string => `line${line}`;
/** Name of a line's multipliers in an order. */
export const multiplierKey = (line: number): string => `multiplier${line}`;
