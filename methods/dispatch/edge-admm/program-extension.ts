import type { QuadraticProgram, SparseRows } from "../program.js";

/** What a block of variables has in common, by step or for all steps; free and without cost when nothing is said. */
export interface BlockOptions {
  readonly lower?: number;
  readonly upper?: number;
  readonly linear?: Float64Array;
  readonly curvature?: number;
}

/** One entry of a row: the variable's place and its coefficient. */
export type Term = readonly [place: number, coefficient: number];

/** Adds variables and rows behind those of a program, whose own places stay as they are. */
export class ProgramExtension {
  private readonly curvature: number[];
  private readonly linear: number[];
  private readonly lower: number[];
  private readonly upper: number[];
  private readonly step: number[];
  private readonly equalities: RowList;
  private readonly inequalities: RowList;

  constructor(
    private readonly base: QuadraticProgram,
    private readonly steps: number,
  ) {
    this.curvature = [...base.curvature];
    this.linear = [...base.linear];
    this.lower = [...base.lower];
    this.upper = [...base.upper];
    this.step = [...base.step];
    this.equalities = new RowList(base.equalities);
    this.inequalities = new RowList(base.inequalities);
  }

  /** Adds one variable a step and returns the place of the first. */
  addBlock({ lower = -Infinity, upper = Infinity, linear, curvature = 0 }: BlockOptions): number {
    const first = this.linear.length;
    for (let t = 0; t < this.steps; t += 1) {
      this.lower.push(lower);
      this.upper.push(upper);
      this.linear.push(linear?.[t] ?? 0);
      this.curvature.push(curvature);
      this.step.push(t);
    }
    return first;
  }

  addEquality(terms: readonly Term[], rhs: number): void {
    this.equalities.add(terms, rhs);
  }

  addInequality(terms: readonly Term[], atMost: number): void {
    this.inequalities.add(terms, atMost);
  }

  build(): QuadraticProgram {
    return {
      curvature: Float64Array.from(this.curvature),
      linear: Float64Array.from(this.linear),
      constant: this.base.constant,
      lower: Float64Array.from(this.lower),
      upper: Float64Array.from(this.upper),
      equalities: this.equalities.build(),
      inequalities: this.inequalities.build(),
      step: Int32Array.from(this.step),
    };
  }
}

class RowList {
  private readonly start: number[];
  private readonly column: number[];
  private readonly value: number[];
  private readonly rhs: number[];

  constructor(rows: SparseRows) {
    this.start = [...rows.start];
    this.column = [...rows.column];
    this.value = [...rows.value];
    this.rhs = [...rows.rhs];
  }

  add(terms: readonly Term[], rhs: number): void {
    for (const [place, coefficient] of terms) {
      this.column.push(place);
      this.value.push(coefficient);
    }
    this.start.push(this.column.length);
    this.rhs.push(rhs);
  }

  build(): SparseRows {
    return {
      start: Int32Array.from(this.start),
      column: Int32Array.from(this.column),
      value: Float64Array.from(this.value),
      rhs: Float64Array.from(this.rhs),
    };
  }
}
