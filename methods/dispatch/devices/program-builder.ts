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
  readonly #step: number[] = [];
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

  /** A builder that goes on from a program of whole blocks, whose variables keep their places; its constant is left out. */
  static upon(program: QuadraticProgram, steps: number): ProgramBuilder {
    const builder = new ProgramBuilder(steps);
    builder.append(program);
    return builder;
  }

  /** Adds one variable per step and tells the place of the first. */
  block(device: string, quantity: string, traits: BlockTraits = {}): number {
    const first = this.#lower.length;
    for (let step = 0; step < this.steps; step++) {
      this.#lower.push(atStep(traits.lower ?? -Infinity, step));
      this.#upper.push(atStep(traits.upper ?? Infinity, step));
      this.#curvature.push(atStep(traits.curvature ?? 0, step) + this.curvature);
      this.#linear.push(atStep(traits.linear ?? 0, step));
      this.#step.push(step);
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

  /** Σ coefficient·x = rhs at every step; answers with the rows' handles, for `equalityPlaces`. */
  equal(terms: readonly Term[], rhs: PerStep): Int32Array {
    return this.#everyStep(this.#equalities, terms, rhs);
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

  /** Takes in the variables and rows of another program and tells the place of its first variable. */
  append({ lower, upper, curvature, linear, step, equalities, inequalities }: QuadraticProgram): number {
    const first = this.#lower.length;
    for (let i = 0; i < lower.length; i++) {
      this.#lower.push(lower[i]);
      this.#upper.push(upper[i]);
      this.#curvature.push(curvature[i]);
      this.#linear.push(linear[i]);
      this.#step.push(step[i]);
    }
    appendRows(this.#equalities, equalities, { first, step });
    appendRows(this.#inequalities, inequalities, { first, step });
    return first;
  }

  /** The program, its rows in the order of their steps. */
  build(constant = 0): QuadraticProgram {
    return {
      curvature: new Float64Array(this.#curvature),
      linear: new Float64Array(this.#linear),
      constant,
      lower: new Float64Array(this.#lower),
      upper: new Float64Array(this.#upper),
      equalities: sparseRows(this.#equalities.flat()),
      inequalities: sparseRows(this.#inequalities.flat()),
      step: new Int32Array(this.#step),
    };
  }

  /** Where the rows that `equal` added stand in the built program, by step. */
  equalityPlaces(handles: Int32Array): Int32Array {
    let before = 0;
    return handles.map((handle, step) => {
      if (step > 0) before += this.#equalities[step - 1].length;
      return before + handle;
    });
  }

  #everyStep(rows: Row[][], terms: readonly Term[], rhs: PerStep): Int32Array {
    const handles = new Int32Array(this.steps);
    for (let step = 0; step < this.steps; step++) {
      const columns: number[] = [];
      const values: number[] = [];
      for (const { first, coefficient } of terms) {
        const value = atStep(coefficient, step);
        if (value === 0) continue;
        columns.push(first + step);
        values.push(value);
      }
      handles[step] = rows[step].push({ columns, values, rhs: atStep(rhs, step) }) - 1;
    }
    return handles;
  }
}

/** Adds rows whose columns move by `first`, each to the last step that it touches. */
function appendRows(rows: Row[][], added: SparseRows, { first, step }: { first: number; step: Int32Array }): void {
  for (let r = 0; r < added.rhs.length; r++) {
    const columns: number[] = [];
    const values: number[] = [];
    let last = 0;
    for (let e = added.start[r]; e < added.start[r + 1]; e++) {
      columns.push(first + added.column[e]);
      values.push(added.value[e]);
      last = Math.max(last, step[added.column[e]]);
    }
    rows[last].push({ columns, values, rhs: added.rhs[r] });
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
  const rhs = new Float64Array(rows.length);
  rows.forEach((row, r) => {
    rhs[r] = row.rhs;
    for (let e = 0; e < row.columns.length; e++) {
      column[start[r] + e] = row.columns[e];
      value[start[r] + e] = row.values[e];
    }
  });
  return { start, column, value, rhs };
}
