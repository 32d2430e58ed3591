import type { VariableBlock } from "../problem.js";
import type { QuadraticProgram, SparseRows } from "../program.js";

/** One number for every step, or one per step. */
export type PerStep = number | ArrayLike<number>;

/** What is said about a block of variables; left out, it is free and costs nothing. */
export interface BlockTraits {
  readonly lower?: PerStep;
  readonly upper?: PerStep;
  /** The c of ½·c·x². */
  readonly curvature?: PerStep;
  readonly linear?: PerStep;
}

/** A coefficient times the block of variables that begins at `first`. */
export interface Term {
  readonly first: number;
  readonly coefficient: PerStep;
}

interface Row {
  readonly columns: readonly number[];
  readonly values: readonly number[];
  readonly rhs: number;
}

/** The value that holds at a step. */
export function atStep(value: PerStep, step: number): number {
  return typeof value === "number" ? value : value[step];
}

/** Collects blocks of one variable per step, and rows that belong to a step, into a quadratic program. */
export class ProgramBuilder {
  readonly blocks: VariableBlock[] = [];
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];
  readonly #curvature: number[] = [];
  readonly #linear: number[] = [];
  readonly #equalities: Row[][];
  readonly #inequalities: Row[][];

  /** @param curvature Added to the curvature of every variable: the regulariser of the whole problem. */
  constructor(
    readonly steps: number,
    readonly curvature = 0,
  ) {
    this.#equalities = Array.from({ length: steps }, () => []);
    this.#inequalities = Array.from({ length: steps }, () => []);
  }

  /** Adds one variable per step and tells the place of the first. */
  block(device: string, quantity: string, traits: BlockTraits = {}): number {
    const first = this.#lower.length;
    for (let step = 0; step < this.steps; step++) {
      this.#lower.push(atStep(traits.lower ?? -Infinity, step));
      this.#upper.push(atStep(traits.upper ?? Infinity, step));
      this.#curvature.push(atStep(traits.curvature ?? 0, step) + this.curvature);
      this.#linear.push(atStep(traits.linear ?? 0, step));
    }
    this.blocks.push({ device, quantity, first });
    return first;
  }

  /** Whether a block has any freedom. */
  isFixed(first: number): boolean {
    for (let i = first; i < first + this.steps; i++) if (this.#lower[i] < this.#upper[i]) return false;
    return true;
  }

  /** Fixes one variable, such as a storage's last level. */
  fix(place: number, value: number): void {
    this.#lower[place] = value;
    this.#upper[place] = value;
  }

  /** Σ coefficient·x = rhs at every step. */
  equal(terms: readonly Term[], rhs: PerStep): void {
    this.#everyStep(this.#equalities, terms, rhs);
  }

  /** Σ coefficient·x ≤ rhs at every step. */
  atMost(terms: readonly Term[], rhs: PerStep): void {
    this.#everyStep(this.#inequalities, terms, rhs);
  }

  /** One equality of single variables, as pairs of place and coefficient. */
  equalAt(step: number, pairs: readonly (readonly [place: number, coefficient: number])[], rhs: number): void {
    this.#equalities[step].push(rowOf(pairs, rhs));
  }

  /** One inequality of single variables, as pairs of place and coefficient. */
  atMostAt(step: number, pairs: readonly (readonly [place: number, coefficient: number])[], rhs: number): void {
    this.#inequalities[step].push(rowOf(pairs, rhs));
  }

  /** The program, its rows in the order of their steps. */
  build(): QuadraticProgram {
    const { steps } = this;
    return {
      curvature: Float64Array.from(this.#curvature),
      linear: Float64Array.from(this.#linear),
      constant: 0,
      lower: Float64Array.from(this.#lower),
      upper: Float64Array.from(this.#upper),
      equalities: sparseRows(this.#equalities.flat()),
      inequalities: sparseRows(this.#inequalities.flat()),
      step: Int32Array.from(this.#lower, (_, i) => i % steps),
    };
  }

  #everyStep(rows: Row[][], terms: readonly Term[], rhs: PerStep): void {
    for (let step = 0; step < this.steps; step++) {
      const pairs = terms.map(({ first, coefficient }) => [first + step, atStep(coefficient, step)] as const);
      rows[step].push(rowOf(pairs, atStep(rhs, step)));
    }
  }
}

function rowOf(pairs: readonly (readonly [place: number, coefficient: number])[], rhs: number): Row {
  const used = pairs.filter(([, coefficient]) => coefficient !== 0);
  return { columns: used.map(([place]) => place), values: used.map(([, coefficient]) => coefficient), rhs };
}

function sparseRows(rows: readonly Row[]): SparseRows {
  const start = new Int32Array(rows.length + 1);
  rows.forEach((row, r) => (start[r + 1] = start[r] + row.columns.length));
  const column = new Int32Array(start[rows.length]);
  const value = new Float64Array(start[rows.length]);
  rows.forEach((row, r) => {
    column.set(row.columns, start[r]);
    value.set(row.values, start[r]);
  });
  return { start, column, value, rhs: Float64Array.from(rows, row => row.rhs) };
}
