import type { SparseRows } from "../../program.js";

/** Sparse rows from lists of [column, value] with a right-hand side each. */
export function sparseRows(
  rows: readonly { readonly entries: readonly (readonly [number, number])[]; readonly rhs: number }[],
): SparseRows {
  const start = new Int32Array(rows.length + 1);
  rows.forEach((row, r) => (start[r + 1] = start[r] + row.entries.length));
  const entries = rows.flatMap(row => row.entries);
  return {
    start,
    column: Int32Array.from(entries, ([column]) => column),
    value: Float64Array.from(entries, ([, value]) => value),
    rhs: Float64Array.from(rows, row => row.rhs),
  };
}
