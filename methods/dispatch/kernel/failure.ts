import { DispatchError } from "../dispatch-error.js";
import type { QuadraticProgram } from "../program.js";
import { rayProgram } from "./elastic-program.js";
import { InfeasibleProgram, smallestRelaxation } from "./infeasibility.js";
import { InteriorPoint } from "./interior-point.js";
import { ReducedProgram } from "./reduced-program.js";

/** A ray that gains less than this share of the largest price is rounding. */
const NO_GAIN = 1e-7;

/**
 * Why no solution was found: nothing satisfies the program (`InfeasibleProgram`), its cost falls without end (`INVALID_DEVICE`, with
 * the variable that runs away), or neither, and the numbers are too far apart for the kernel (`UNVERIFIED_SOLUTION`).
 */
export function explainFailure(program: QuadraticProgram): DispatchError {
  const relaxations = smallestRelaxation(program);
  if (relaxations.length > 0) return new InfeasibleProgram(relaxations);
  const runaway = findRunaway(program);
  if (runaway !== undefined) {
    return new DispatchError(
      "INVALID_DEVICE",
      `The agent's cost falls without end as variable ${runaway} (step ${program.step[runaway]}) grows. Give it a bound or a cost.`,
    );
  }
  return new DispatchError(
    "UNVERIFIED_SOLUTION",
    "The kernel found no point that satisfies the conditions of an optimum to 1e-8, though the program has a solution. " +
      "Bring its numbers closer together, for instance by another unit.",
  );
}

/** The variable that moves most along a direction that gains without end, if there is one. */
function findRunaway(program: QuadraticProgram): number | undefined {
  const rays = rayProgram(program);
  const reduced = new ReducedProgram(rays, rays.curvature, new InteriorPoint());
  if (!reduced.solve(rays.linear, rays.curvature)) return undefined;
  let gain = 0;
  let price = 0;
  let fastest = 0;
  reduced.x.forEach((value, j) => {
    gain -= value * rays.linear[j];
    price = Math.max(price, Math.abs(rays.linear[j]));
    if (Math.abs(value) > Math.abs(reduced.x[fastest])) fastest = j;
  });
  return gain > NO_GAIN * price ? fastest : undefined;
}
