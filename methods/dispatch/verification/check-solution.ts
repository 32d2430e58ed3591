import type { DenseProgram, DenseSolution } from "../kernel/index.js";
import type { QuadraticProgram, Solution } from "../program.js";
import { denseMissesOf, missesOf, type Miss } from "./conditions.js";

/** A program and what somebody says about its solution: the agent's own, or the masked one. */
export type Claim =
  | { readonly program: QuadraticProgram; readonly solution: Solution }
  | { readonly program: DenseProgram; readonly solution: DenseSolution };

/**
 * The conditions that a solution misses by more than a tolerance, the worst first; none when it is optimal. Anybody who has the
 * program can check: it takes one product with each matrix, and no solver.
 */
export function checkSolution(claim: Claim, tolerance: number): Miss[] {
  const missed = [...allMisses(claim)].filter(({ amount }) => !(amount <= tolerance));
  return missed.sort((a, b) => severity(b) - severity(a));
}

/** The largest miss: a solution passes `checkSolution` if and only if this is at most the tolerance. */
export function solutionError(claim: Claim): number {
  let worst = 0;
  for (const miss of allMisses(claim)) worst = Math.max(worst, severity(miss));
  return worst;
}

function allMisses(claim: Claim): Generator<Miss> {
  return "hessian" in claim.program
    ? denseMissesOf(claim.program, claim.solution as DenseSolution)
    : missesOf(claim.program, claim.solution as Solution);
}

/** A number that is none is the worst of all. */
const severity = ({ amount }: Miss) => (Number.isNaN(amount) ? Infinity : amount);

/** A miss in words. */
export function describeMiss({ kind, index, amount }: Miss): string {
  return `${kind} ${index} is missed by ${amount.toExponential(2)}`;
}
