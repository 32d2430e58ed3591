/** Digits that metrics keep. */
const DIGITS = 10;

/**
 * JSON text of a recorded value: numbers with ten significant digits in their shortest form, `null` for what is
 * missing or not finite.
 */
export function formatValue(value: unknown): string {
  if (typeof value === "number") return formatNumber(value);
  return value === undefined || typeof value === "object" ? "null" : JSON.stringify(value);
}

/** A number as `formatValue` writes it. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return "null";
  return Number.isSafeInteger(value) ? String(value + 0) : String(roundNumber(value));
}

/** The nearest number with ten significant digits. */
export function roundNumber(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
