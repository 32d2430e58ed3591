import { type ProgramBuilder, scaled } from "../devices/index.js";
import type { PublicProblem } from "../problem.js";

/**
 * Adds the grid connection at the root, import and export at the tariff, to its node's program.
 * Returns the first places of the net active and reactive power that the grid delivers.
 */
export function addRootPort(builder: ProgramBuilder, problem: PublicProblem): [number, number] {
  const { root, regulariser: curvature } = problem;
  const net = builder.block("grid", "activePower", { curvature });
  const bought = builder.block("grid", "import", {
    lower: 0,
    upper: root.importLimit,
    linear: root.buyPrice,
    curvature,
  });
  const sold = builder.block("grid", "export", {
    lower: 0,
    upper: root.exportLimit,
    linear: root.sellPrice.map(price => -price),
    curvature,
  });
  builder.equal([scaled(net), scaled(bought, -1), scaled(sold)], 0);
  return [net, addReactive(builder, problem, [bought, sold])];
}

/**
 * Net reactive power: free (it counts twice in the regulariser), or at most a share of what is bought and sold, which is
 * what remains when the shares of either are limited one by one.
 */
function addReactive(builder: ProgramBuilder, { root, regulariser }: PublicProblem, traded: readonly number[]): number {
  const net = builder.block("grid", "reactivePower", { curvature: 2 * regulariser });
  if (!Number.isFinite(root.reactiveShare)) return net;
  const shares = traded.map(first => scaled(first, -root.reactiveShare));
  for (const sign of [1, -1]) builder.atMost([scaled(net, sign), ...shares], 0);
  return net;
}
