import type { QuadraticProgram } from "./quadratic-program.js";

/** `sign · v[place] ≤ limit` on the stacked vector v = (x, rows · x). */
export interface Inequality {
  readonly place: number;
  readonly sign: number;
  readonly limit: number;
}

/** Every finite bound and row limit of a program. */
export function collectInequalities(program: QuadraticProgram): Inequality[] {
  const found: Inequality[] = [];
  for (const [place, low, high] of collectPlaces(program)) {
    if (low === high) continue;
    if (low > -Infinity) found.push({ place, sign: -1, limit: -low });
    if (high < Infinity) found.push({ place, sign: 1, limit: high });
  }
  return found;
}

/** Places whose two limits are equal. */
export function fixedPlaces(program: QuadraticProgram): number[] {
  return [...collectPlaces(program)].filter(([, low, high]) => low === high).map(([place]) => place);
}

/** The middle of the bounds, or the point nearest to 0 where a side is open. */
export function startPoint({ lower, upper }: QuadraticProgram): Float64Array {
  return lower.map((low, i) => {
    const middle = 0.5 * (low + upper[i]);
    return Number.isFinite(middle) ? middle : Math.max(low, Math.min(0, upper[i]));
  });
}

function* collectPlaces({ lower, upper, rows }: QuadraticProgram): Generator<[number, number, number]> {
  for (let i = 0; i < lower.length; i++) yield [i, lower[i], upper[i]];
  for (let r = 0; r < rows.lower.length; r++) yield [lower.length + r, rows.lower[r], rows.upper[r]];
}
