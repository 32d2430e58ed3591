/**
 * Coefficients of the quadratic spline through equidistant values, one B-spline around each.
 * The knots lie halfway between the values, so value i = c[i−1]/8 + 3 c[i]/4 + c[i+1]/8 (de Boor, A Practical
 * Guide to Splines, 2001, ch. IX); the outermost coefficients repeat.
 */
export function splineCoefficients(values: readonly number[]): number[] {
  const count = values.length;
  const diagonal = values.map((_, i) => (i === 0 || i === count - 1 ? 0.875 : 0.75));
  const right = [...values];
  for (let i = 1; i < count; i++) {
    const factor = 0.125 / diagonal[i - 1];
    diagonal[i] -= factor * 0.125;
    right[i] -= factor * right[i - 1];
  }
  const coefficients = new Array<number>(count);
  for (let i = count - 1; i >= 0; i--) {
    const next = i === count - 1 ? 0 : 0.125 * coefficients[i + 1];
    coefficients[i] = (right[i] - next) / diagonal[i];
  }
  return coefficients;
}

/** The spline at position x, counted in values from the first. */
export function splineAt(coefficients: readonly number[], x: number): number {
  const i = Math.floor(x + 0.5);
  const u = x - i;
  const before = coefficients[Math.max(i - 1, 0)];
  const after = coefficients[Math.min(i + 1, coefficients.length - 1)];
  const low = 0.5 - u;
  const high = 0.5 + u;
  return (low * low * before + high * high * after) / 2 + (0.75 - u * u) * coefficients[i];
}
