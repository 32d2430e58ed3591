import type { LooseRow } from "./banded-program.js";
import type { QuadraticProgram, SparseRows } from "../program.js";
import { entriesOf, type Reduction } from "./reduction.js";

/** What a presolve leaves: rows and columns still alive by their original index, tightened bounds, and the steps to undo. */
export interface Presolved {
  readonly steps: readonly Reduction[];
  readonly rows: readonly { readonly index: number; readonly row: LooseRow }[];
  /** Columns that still stand in a row. */
  readonly columns: readonly number[];
  /** Columns that stand in no row: each is a problem of its own. */
  readonly loose: readonly number[];
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** False when a row or a bound cannot be satisfied. */
  readonly isConsistent: boolean;
}

/** A range below this share of its size is one value. */
const FIXED = 1e-13;
/** How far an empty row may miss its right-hand side, relative to it. */
const EMPTY_ROW = 1e-9;
/** A substitution divides by an entry at least this share of its row's largest. */
const PIVOT = 1e-3;

/**
 * Makes a program smaller without changing its solution: fixed variables, empty rows, rows of one variable, and free variables
 * without curvature go (Andersen and Andersen, Presolving in linear programming, Math. Programming 71, 1995).
 * Row r of the equalities has index r, row r of the inequalities index r + equalities.
 * @param isLinear 1 for each variable that must have no curvature for a substitution
 */
export function presolve(program: QuadraticProgram, isLinear: Uint8Array): Presolved {
  return new Presolve(program, isLinear).run();
}

class Presolve {
  private readonly steps: Reduction[] = [];
  private readonly rows: Map<number, number>[];
  private readonly rhs: number[];
  private readonly columns: Set<number>[];
  private readonly lower: Float64Array;
  private readonly upper: Float64Array;
  private readonly equalities: number;
  private readonly goneRow: Uint8Array;
  private readonly goneColumn: Uint8Array;
  private isConsistent = true;
  private changed = true;

  constructor(
    program: QuadraticProgram,
    private readonly isLinear: Uint8Array,
  ) {
    this.rows = [...looseRows(program.equalities), ...looseRows(program.inequalities)];
    this.rhs = [...program.equalities.rhs, ...program.inequalities.rhs];
    this.equalities = program.equalities.rhs.length;
    this.lower = program.lower.slice();
    this.upper = program.upper.slice();
    this.columns = Array.from(program.linear, () => new Set<number>());
    this.rows.forEach((row, index) => {
      for (const column of row.keys()) this.columns[column].add(index);
    });
    this.goneRow = new Uint8Array(this.rows.length);
    this.goneColumn = new Uint8Array(this.columns.length);
  }

  run(): Presolved {
    while (this.changed && this.isConsistent) {
      this.changed = false;
      for (let column = 0; column < this.columns.length; column++) if (!this.goneColumn[column]) this.tryFix(column);
      for (let row = 0; row < this.rows.length; row++) if (!this.goneRow[row]) this.tryRow(row);
      for (let column = 0; column < this.columns.length; column++)
        if (!this.goneColumn[column]) this.trySubstitute(column);
    }
    const alive = [...this.columns.keys()].filter(column => !this.goneColumn[column]);
    return {
      steps: this.steps,
      rows: [...this.rows.keys()]
        .filter(row => !this.goneRow[row])
        .map(index => ({ index, row: this.looseRow(index) })),
      columns: alive.filter(column => this.columns[column].size > 0),
      loose: alive.filter(column => this.columns[column].size === 0),
      lower: this.lower,
      upper: this.upper,
      isConsistent: this.isConsistent,
    };
  }

  private looseRow(index: number): LooseRow {
    return { entries: this.rows[index], rhs: this.rhs[index], isEquality: index < this.equalities };
  }

  private tryFix(column: number): void {
    const range = this.upper[column] - this.lower[column];
    const size = Math.max(1, Math.abs(this.lower[column]));
    if (range < 0 && range < -EMPTY_ROW * size) this.isConsistent = false;
    if (!(range <= FIXED * size) || size === Infinity) return;
    this.steps.push({ kind: "fixed", column, value: this.lower[column] });
    this.insert(column, this.lower[column]);
  }

  private tryRow(index: number): void {
    const row = this.rows[index];
    if (row.size === 0) this.dropEmpty(index);
    else if (row.size === 1) this.dropSingleton(index);
  }

  private dropEmpty(index: number): void {
    const slack = this.rhs[index];
    const miss = index < this.equalities ? Math.abs(slack) : -slack;
    if (miss > EMPTY_ROW * Math.max(1, Math.abs(slack))) this.isConsistent = false;
    this.removeRow(index);
  }

  private dropSingleton(row: number): void {
    const [[column, pivot]] = this.rows[row];
    const others = this.othersOf(column, row);
    const value = this.rhs[row] / pivot;
    const size = Math.max(1, Math.abs(value));
    const above = value - this.upper[column];
    const below = this.lower[column] - value;
    if (row < this.equalities) {
      if (Math.max(above, below) > EMPTY_ROW * size) this.isConsistent = false;
      this.steps.push({ kind: "pinned", column, value, row, pivot, others });
      this.removeRow(row);
      this.insert(column, value);
      return;
    }
    const bounds = pivot > 0 ? this.upper : this.lower;
    if (pivot > 0 ? above < 0 : below < 0) {
      bounds[column] = value;
      this.steps.push({ kind: "bounded", column, row, pivot, others });
    }
    this.removeRow(row);
  }

  private trySubstitute(column: number): void {
    if (!this.isLinear[column] || this.lower[column] > -Infinity || this.upper[column] < Infinity) return;
    const row = this.pivotRow(column);
    if (row < 0) return;
    const pivot = this.rows[row].get(column) ?? 0;
    const others = this.othersOf(column, row);
    const along = entriesOf(this.rows[row], column);
    this.steps.push({ kind: "substituted", column, row, pivot, rhs: this.rhs[row], along, others });
    others.index.forEach((other, k) => this.subtract(row, other, others.value[k] / pivot));
    this.removeRow(row);
    this.goneColumn[column] = 1;
  }

  /** The shortest equality with a fair entry in the column, or −1. */
  private pivotRow(column: number): number {
    let found = -1;
    for (const row of this.columns[column]) {
      if (row >= this.equalities) continue;
      if (found >= 0 && this.rows[row].size >= this.rows[found].size) continue;
      let largest = 0;
      for (const value of this.rows[row].values()) largest = Math.max(largest, Math.abs(value));
      if (Math.abs(this.rows[row].get(column) ?? 0) >= PIVOT * largest) found = row;
    }
    return found;
  }

  /** Takes `factor` times row `from` off row `to`. */
  private subtract(from: number, to: number, factor: number): void {
    const target = this.rows[to];
    for (const [column, value] of this.rows[from]) {
      const old = target.get(column) ?? 0;
      const next = old - factor * value;
      if (Math.abs(next) <= 1e-14 * Math.max(Math.abs(old), Math.abs(factor * value))) {
        target.delete(column);
        this.columns[column].delete(to);
      } else {
        target.set(column, next);
        this.columns[column].add(to);
      }
    }
    this.rhs[to] -= factor * this.rhs[from];
  }

  private insert(column: number, value: number): void {
    for (const row of this.columns[column]) {
      this.rhs[row] -= (this.rows[row].get(column) ?? 0) * value;
      this.rows[row].delete(column);
    }
    this.columns[column].clear();
    this.goneColumn[column] = 1;
    this.changed = true;
  }

  private removeRow(row: number): void {
    for (const column of this.rows[row].keys()) this.columns[column].delete(row);
    this.goneRow[row] = 1;
    this.changed = true;
  }

  private othersOf(column: number, without: number): ReturnType<typeof entriesOf> {
    const map = new Map<number, number>();
    for (const row of this.columns[column]) map.set(row, this.rows[row].get(column) ?? 0);
    return entriesOf(map, without);
  }
}

function looseRows(rows: SparseRows): Map<number, number>[] {
  return Array.from(rows.rhs, (_, row) => {
    const entries = new Map<number, number>();
    for (let at = rows.start[row]; at < rows.start[row + 1]; at++) {
      if (rows.value[at] !== 0) entries.set(rows.column[at], (entries.get(rows.column[at]) ?? 0) + rows.value[at]);
    }
    return entries;
  });
}
