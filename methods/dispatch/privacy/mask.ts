import { DispatchError } from "../dispatch-error.js";
import type { DenseProgram, DenseSolution } from "../kernel/index.js";

/** Whoever solves programs for others. It sees the program and nothing else. */
export type CloudSolver = (program: DenseProgram) => DenseSolution;

/** Uniform numbers in [0, 1) from a stream of the mask's owner. */
export type Uniform = () => number;

/** How many variables and rows a mask is drawn for. */
export interface MaskShape {
  readonly size: number;
  readonly rows: number;
}

/** A program as the cloud gets it, and the way back. */
export interface HiddenProgram {
  readonly program: DenseProgram;
  /** The cloud's answer as one to the original program, with its multipliers. */
  reveal(answer: DenseSolution): DenseSolution;
}

/** An equivalent program, and how its answers are read. */
export type Change = (program: DenseProgram) => HiddenProgram;

/** A way to change a program so that a solver can work on it without being told what it is about. Obfuscation, not encryption. */
export interface Mask {
  readonly name: "rmme" | "orthogonal" | "repaired";
  /**
   * Draws the secret numbers for programs of one shape; the result changes any such program.
   * The change throws DispatchError `INVALID_MASK` when a program has another shape.
   */
  draw(shape: MaskShape, uniform: Uniform): Change;
}

/** A change that refuses programs of any other shape. */
export function forShape({ size, rows }: MaskShape, change: Change): Change {
  return program => {
    if (program.size === size && program.rhs.length === rows) return change(program);
    const [drawn, given] = [`${size} variables and ${rows} rows`, `${program.size} and ${program.rhs.length}`];
    throw new DispatchError(
      "INVALID_MASK",
      `the mask was drawn for ${drawn}, the program has ${given}: draw one for it`,
    );
  };
}
