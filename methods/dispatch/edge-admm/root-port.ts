import type { PublicProblem } from "../problem.js";
import type { ProgramExtension } from "./program-extension.js";

/**
 * Adds the grid connection at the root, import and export at the tariff, to its node's program.
 * Returns the first places of the net active and reactive power that the grid delivers.
 */
export function addRootPort(extension: ProgramExtension, problem: PublicProblem): [number, number] {
  const { root, regulariser, steps } = problem;
  const net = extension.addBlock({ curvature: regulariser });
  const bought = extension.addBlock({
    lower: 0,
    upper: root.importLimit,
    linear: root.buyPrice,
    curvature: regulariser,
  });
  const sold = extension.addBlock({
    lower: 0,
    upper: root.exportLimit,
    linear: root.sellPrice.map(price => -price),
    curvature: regulariser,
  });
  for (let t = 0; t < steps; t += 1) {
    extension.addEquality(
      [
        [net + t, 1],
        [bought + t, -1],
        [sold + t, 1],
      ],
      0,
    );
  }
  return [net, addReactive(extension, problem, [bought, sold])];
}

/**
 * Net reactive power: free (it counts twice in the regulariser), or at most a share of what is bought and sold, which is
 * what remains when the shares of either are limited one by one.
 */
function addReactive(extension: ProgramExtension, problem: PublicProblem, traded: readonly [number, number]): number {
  const { root, regulariser, steps } = problem;
  const net = extension.addBlock({ curvature: 2 * regulariser });
  if (!Number.isFinite(root.reactiveShare)) return net;
  for (let t = 0; t < steps; t += 1) {
    for (const sign of [1, -1]) {
      const shares = traded.map(first => [first + t, -root.reactiveShare] as const);
      extension.addInequality([[net + t, sign], ...shares], 0);
    }
  }
  return net;
}
