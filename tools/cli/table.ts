/** Rows of cells as text with aligned columns. */
export function alignRows(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, i) => Math.max(all[i] ?? 0, cell.length)), []);
  return rows
    .map(row =>
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A value for people: numbers with six significant digits. */
export function formatValue(value: unknown): string {
  if (typeof value === "number") return formatNumber(value);
  if (value === undefined) return "-";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A number with six significant digits or as many as are asked for; whole numbers whole. */
export function formatNumber(value: number, digits = 6): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(digits)));
}
