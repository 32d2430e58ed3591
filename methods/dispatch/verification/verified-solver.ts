import { DispatchError } from "../dispatch-error.js";
import type { LocalSolver } from "../program.js";
import { checkSolution, describeMiss, type Claim } from "./check-solution.js";

/**
 * Refuses a solution whose error is above the tolerance.
 * @throws DispatchError `UNVERIFIED_SOLUTION` that names the worker and the worst condition
 */
export function needVerified(claim: Claim, tolerance: number, worker: string): void {
  const [worst] = checkSolution(claim, tolerance);
  if (worst === undefined) return;
  const message = `the solution of ${worker} is refused: ${describeMiss(worst)}, allowed is ${tolerance}; let somebody else solve it`;
  throw new DispatchError("UNVERIFIED_SOLUTION", message, worker);
}

/** Whom to trust how far. */
export interface Verification {
  readonly worker: string;
  /** Largest miss of any optimality condition, on the scales of `missesOf`. */
  readonly tolerance: number;
}

/** A solver whose solutions are checked before anybody uses them. */
export function verified(solver: LocalSolver, { worker, tolerance }: Verification): LocalSolver {
  return {
    prepare(program) {
      const prepared = solver.prepare(program);
      return {
        solve(linear, curvature) {
          const solution = prepared.solve(linear, curvature);
          const asked = { ...program, linear, curvature: curvature ?? program.curvature };
          needVerified({ program: asked, solution }, tolerance, worker);
          return solution;
        },
      };
    },
  };
}
