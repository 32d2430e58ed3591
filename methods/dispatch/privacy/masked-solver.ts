import type { DenseSolution } from "../kernel/index.js";
import type { LocalSolver, QuadraticProgram, Solution } from "../program.js";
import type { Change, CloudSolver, HiddenProgram, Mask, Uniform } from "./mask.js";
import { NullSpaceForm } from "./null-space.js";
import { polish } from "./polish.js";

/** How an agent hides its program. */
export interface Masking {
  readonly mask: Mask;
  /** The agent's own stream. */
  readonly uniform: Uniform;
  /** A new mask for every solve (the default), or one for all: quicker, but the cloud can compare rounds. */
  readonly refresh?: "solve" | "once";
}

/** A program that is ready to leave the house, and how the answer is read. */
export interface Outsourced {
  readonly program: HiddenProgram["program"];
  reveal(answer: DenseSolution): Solution;
}

/** An agent's program behind a mask: what leaves the house when its prices change, whoever carries it to a cloud. */
export class Veil {
  private readonly form: NullSpaceForm;
  private drawn: Change | undefined;

  constructor(
    private readonly original: QuadraticProgram,
    private readonly masking: Masking,
  ) {
    this.form = new NullSpaceForm(original);
  }

  /** The masked program for a linear term (and another curvature). */
  hide(linear: Float64Array, curvature = this.original.curvature): Outsourced {
    const program = this.form.program(linear, curvature);
    const { program: hidden, reveal } = this.change(program.rhs.length)(program);
    return {
      program: hidden,
      reveal: answer => this.form.solution(polish(program, reveal(answer)), linear, curvature),
    };
  }

  /** The answer of a program whose equalities leave no choice: nothing needs to leave the house. */
  settled(linear: Float64Array, curvature = this.original.curvature): Solution | undefined {
    if (this.form.size > 0) return undefined;
    const nothing = { y: new Float64Array(0), multiplier: new Float64Array(0), objective: 0, iterations: 0 };
    return this.form.solution(nothing, linear, curvature);
  }

  private change(rows: number): Change {
    const { mask, uniform, refresh } = this.masking;
    if (this.drawn === undefined || refresh !== "once") {
      this.drawn = mask.draw({ size: this.form.size, rows }, uniform);
    }
    return this.drawn;
  }
}

/**
 * A solver that hides each program from the cloud that solves it: equalities disappear in their null space, a mask changes the rest,
 * and the answer comes back with all multipliers (those of equalities by least squares).
 */
export function masked(cloud: CloudSolver, masking: Masking): LocalSolver {
  return {
    prepare(program) {
      const veil = new Veil(program, masking);
      return {
        solve(linear, curvature) {
          const settled = veil.settled(linear, curvature);
          if (settled !== undefined) return settled;
          const outsourced = veil.hide(linear, curvature);
          return outsourced.reveal(cloud(outsourced.program));
        },
      };
    },
  };
}
