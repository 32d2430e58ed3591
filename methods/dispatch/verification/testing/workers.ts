import { solveDense, type DenseSolution } from "../../kernel/index.js";
import type { CloudWorker } from "../checked-cloud.js";

export const honestWorker: CloudWorker = program => solveDense(program);

export const silentWorker: CloudWorker = () => undefined;

/** Moves the solution by delta along the first variable, and keeps its multipliers. */
export function shiftingWorker(delta: number): CloudWorker {
  return program => {
    const solution = solveDense(program);
    return { ...solution, y: solution.y.map((value, i) => (i === 0 ? value + delta : value)) };
  };
}

/** Solves the first program and says the same ever after. */
export function staleWorker(): CloudWorker {
  let first: DenseSolution | undefined;
  return program => (first ??= solveDense(program));
}
