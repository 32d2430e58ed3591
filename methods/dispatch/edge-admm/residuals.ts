import type { PublicProblem } from "../problem.js";
import { childrenOf } from "./node-program.js";

/** Both ends' copies of every line's flows and voltage: 3·steps numbers of line v from v·3·steps on. */
export interface LineCopies {
  readonly child: Float64Array;
  readonly parent: Float64Array;
}

/** Errors of a round: how far the ends of lines disagree, and how far they moved. */
export interface Residuals {
  readonly primal: number;
  readonly dual: number;
}

/** Everything a residual is measured from: the copies of this round and of the last, and the consensus of the last. */
export interface Measured {
  readonly copies: LineCopies;
  readonly last: LineCopies;
  readonly lastValue: Float64Array;
  /** Largest change of any variable of any node. */
  readonly change: number;
}

/** Measures the errors of a round. */
export type Residual = (measured: Measured) => Residuals;

/** Trilemma paper: the largest difference between the two ends of a line, and the largest change of any variable. */
export function largestResidual({ copies, change }: Measured): Residuals {
  let primal = 0;
  for (let k = 0; k < copies.child.length; k += 1) {
    primal = Math.max(primal, Math.abs(copies.child[k] - copies.parent[k]));
  }
  return { primal, dual: change };
}

const ACTIVE = 0;
const VOLTAGE = 2;

/**
 * Dual-privacy framework: for each node the Euclidean norms, over the horizon, of its parent's active flow, its parent's
 * voltage, all children's active flows and all children's voltages; the largest of them all. The primal error compares the
 * last round's copies with the last consensus (it is told one round late), the dual error compares the copies of two rounds.
 */
export function groupedResidual({ steps, network }: PublicProblem): Residual {
  const children = childrenOf(network.parent);
  const largest = (a: LineCopies, b: LineCopies) => {
    let most = 0;
    children.forEach((below, node) => {
      for (const quantity of [ACTIVE, VOLTAGE]) {
        const above = norm(a.child, b.child, blocks([node], quantity, steps));
        most = Math.max(most, above, norm(a.parent, b.parent, blocks(below, quantity, steps)));
      }
    });
    return most;
  };
  return ({ copies, last, lastValue }) => ({
    primal: largest(last, { child: lastValue, parent: lastValue }),
    dual: largest(copies, last),
  });
}

interface Blocks {
  readonly firsts: readonly number[];
  readonly steps: number;
}

function blocks(lines: readonly number[], quantity: number, steps: number): Blocks {
  return { firsts: lines.map(line => (3 * line + quantity) * steps), steps };
}

function norm(a: Float64Array, b: Float64Array, { firsts, steps }: Blocks): number {
  let squares = 0;
  for (const first of firsts) {
    for (let k = first; k < first + steps; k += 1) squares += (a[k] - b[k]) * (a[k] - b[k]);
  }
  return Math.sqrt(squares);
}
