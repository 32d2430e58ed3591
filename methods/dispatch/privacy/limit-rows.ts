import { addScaled, rowOf, zeros, type Matrix } from "./dense/index.js";
import type { QuadraticProgram, SparseRows } from "../program.js";

/** Where a row of the limits comes from. */
export interface LimitSource {
  readonly kind: "inequality" | "lower" | "upper";
  /** Row of the inequalities or place of the variable. */
  readonly index: number;
}

/** True when a variable has no choice: its bounds meet. */
export const isFixed = (program: QuadraticProgram, i: number) => program.lower[i] === program.upper[i];

/** All that limits a program as rows G x ≤ h: inequalities, then finite bounds by variable; fixed variables have none. */
export function limitSources(program: QuadraticProgram): LimitSource[] {
  const sources: LimitSource[] = [];
  for (let i = 0; i < program.inequalities.rhs.length; i++) sources.push({ kind: "inequality", index: i });
  for (let i = 0; i < program.lower.length; i++) {
    if (isFixed(program, i)) continue;
    if (Number.isFinite(program.lower[i])) sources.push({ kind: "lower", index: i });
    if (Number.isFinite(program.upper[i])) sources.push({ kind: "upper", index: i });
  }
  return sources;
}

/** Right-hand side of a limit in G x ≤ h. */
export function limitRhs(program: QuadraticProgram, { kind, index }: LimitSource): number {
  if (kind === "inequality") return program.inequalities.rhs[index];
  return kind === "lower" ? -program.lower[index] : program.upper[index];
}

/** G · map for the limits of a program; row by row, so G itself is never formed. */
export function limitRows(program: QuadraticProgram, sources: readonly LimitSource[], map: Matrix): Matrix {
  const product = zeros(sources.length, map.columns);
  sources.forEach((source, i) => {
    forEachEntry(program, source, (column, value) => addScaled(rowOf(product, i), value, rowOf(map, column)));
  });
  return product;
}

/** Calls back with the entries of one limit's row of G. */
export function forEachEntry(
  { inequalities }: QuadraticProgram,
  { kind, index }: LimitSource,
  visit: (column: number, value: number) => void,
): void {
  if (kind === "inequality") visitRow(inequalities, index, visit);
  else visit(index, kind === "lower" ? -1 : 1);
}

export function visitRow(rows: SparseRows, row: number, visit: (column: number, value: number) => void): void {
  for (let k = rows.start[row]; k < rows.start[row + 1]; k++) visit(rows.column[k], rows.value[k]);
}
