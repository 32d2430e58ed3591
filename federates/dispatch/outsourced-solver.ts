import type { LocalSolver, PreparedProgram, QuadraticProgram, Solution } from "../../methods/index.js";
import type { DenseProgram, DenseSolution } from "../../methods/dispatch/kernel/index.js";
import { Veil, type Masking, type Outsourced } from "../../methods/dispatch/privacy/index.js";

/** Is thrown where an agent cannot go on before somebody has solved a masked program. */
export class SolutionAwaited extends Error {
  constructor(readonly program: DenseProgram) {
    super("A masked program waits for its solution.");
    this.name = "SolutionAwaited";
  }
}

interface Known {
  readonly linear: Float64Array;
  readonly curvature: Float64Array;
  readonly solution: Solution;
}

/**
 * A solver that has its programs solved elsewhere and later: where the solution is not there yet, `solve` throws
 * `SolutionAwaited`. Whoever catches it puts the solution behind the others in `solutions`, sets its own state back and asks
 * for the same again; what was solved since the last `forget` is then known. With all solutions of a horizon it repeats
 * the horizon without asking anybody.
 */
export class OutsourcedSolver implements LocalSolver {
  private used = 0;
  private pending: Outsourced | undefined;
  private readonly memories: Known[][] = [];

  constructor(
    private readonly masking: Masking,
    private readonly solutions: readonly DenseSolution[],
  ) {}

  prepare(program: QuadraticProgram): PreparedProgram {
    const veil = new Veil(program, this.masking);
    const memory: Known[] = [];
    this.memories.push(memory);
    return {
      solve: (linear, curvature = program.curvature) => {
        const known = memory.find(past => isEqual(past.linear, linear) && isEqual(past.curvature, curvature));
        if (known !== undefined) return known.solution;
        const solution = veil.settled(linear, curvature) ?? this.reveal(() => veil.hide(linear, curvature));
        memory.push({ linear: linear.slice(), curvature: curvature.slice(), solution });
        return solution;
      },
    };
  }

  /** Forgets all but the last solution of each program, from which an agent's state may have to be set back. */
  forget(): void {
    for (const memory of this.memories) memory.splice(0, memory.length - 1);
  }

  private reveal(hide: () => Outsourced): Solution {
    this.pending ??= hide();
    const { pending, solutions } = this;
    if (this.used === solutions.length) throw new SolutionAwaited(pending.program);
    this.pending = undefined;
    return pending.reveal(solutions[this.used++]);
  }
}

function isEqual(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
