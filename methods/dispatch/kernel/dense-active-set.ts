import { factorDense, solveDenseFactor, solveDenseLower, solveDenseUpper } from "./dense-cholesky.js";
import type { DenseProgram } from "./dense-program.js";

/** A point of a dense program with the multipliers of its rows, and its largest relative error. */
export interface DensePoint {
  readonly y: Float64Array;
  readonly multiplier: Float64Array;
  readonly objective: number;
  readonly error: number;
}

/** Where an interior point ends: `slack` is rhs − rows·y, positive. */
export interface InteriorIterate {
  readonly y: Float64Array;
  readonly slack: Float64Array;
  readonly multiplier: Float64Array;
}

/** Sets that are tried, and Newton steps with each. */
const MAX_SETS = 4;
const STEPS = 3;
/** Errors below this are rounding. */
const PRECISE = 1e-13;
/** A row broken or a multiplier below zero by more than this, relative to the largest, changes the set. */
const TOLERANCE = 1e-12;
/** Curvature that is added to a Newton step, relative to cost per quantity; the solution stays where it is. */
const PROXIMAL = 1e-8;

/**
 * The last digits of a dense program: the rows that an interior point's multipliers and slacks show to bind are met exactly, which
 * leaves one linear system. Rows that turn out wrong are exchanged a few times. Of many optima it stays at the one that it is given.
 * @param program rows of length 1
 * @returns the best point found, by its error
 */
export function polishDense(program: DenseProgram, { y, slack, multiplier }: InteriorIterate): DensePoint {
  const { price, quantity } = scalesOf(program, y);
  let active = [...multiplier.keys()].filter(r => multiplier[r] * quantity > slack[r] * price);
  let best: DensePoint | undefined;
  let point = { y, multiplier };
  for (let set = 0; set < MAX_SETS; set++) {
    point = onRows(program, active, point);
    const found = pointAt(program, point.y, point.multiplier);
    if (best === undefined || found.error < best.error) best = found;
    const revised = revise(program, active, point);
    if (best.error <= PRECISE || revised === undefined) break;
    active = revised;
  }
  return best ?? pointAt(program, y, multiplier);
}

type Iterate = Pick<DensePoint, "y" | "multiplier">;

/** Newton steps on hessian·y + linear + rows'·z = 0 and rows·y = rhs of the active rows. */
function onRows(program: DenseProgram, active: readonly number[], from: Iterate): Iterate {
  const { size, rhs } = program;
  const system = new FaceSystem(program, active, from.y);
  const y = from.y.slice();
  const multiplier = new Float64Array(rhs.length);
  for (const row of active) multiplier[row] = from.multiplier[row];
  const missed = new Float64Array(active.length);
  for (let step = 0; step < STEPS; step++) {
    const slope = slopeAt(program, y, multiplier);
    for (let i = 0; i < size; i++) slope[i] = -slope[i];
    active.forEach((row, a) => (missed[a] = rhs[row] - along(program, row, y)));
    system.solve(slope, missed);
    for (let i = 0; i < size; i++) y[i] += slope[i];
    active.forEach((row, a) => (multiplier[row] += missed[a]));
  }
  return { y, multiplier };
}

/** The factored system [K A'; A 0] with K = hessian + proximal and A the active rows; rows that depend on others are left out. */
class FaceSystem {
  private readonly factor: Float64Array;
  private readonly normal: Float64Array;
  /** L⁻¹A' by rows of A, where K = L·L'. */
  private readonly halves: Float64Array[];

  constructor(program: DenseProgram, active: readonly number[], y: Float64Array) {
    const { size, hessian, rows } = program;
    const { price, quantity } = scalesOf(program, y);
    this.factor = hessian.slice();
    for (let i = 0; i < size; i++) this.factor[i * size + i] += (PROXIMAL * price) / quantity;
    factorDense(this.factor, size);
    this.halves = active.map(row => {
      const half = rows.slice(row * size, (row + 1) * size);
      solveDenseLower(this.factor, half);
      return half;
    });
    const count = active.length;
    this.normal = new Float64Array(count * count);
    for (let a = 0; a < count; a++)
      for (let b = 0; b <= a; b++) this.normal[a * count + b] = dot(this.halves[a], this.halves[b]);
    factorDense(this.normal, count);
  }

  /** Replaces (slope, missed) by the steps of y and of the active multipliers. */
  solve(slope: Float64Array, missed: Float64Array): void {
    const half = slope.slice();
    solveDenseLower(this.factor, half);
    for (let a = 0; a < missed.length; a++) missed[a] = dot(this.halves[a], half) - missed[a];
    solveDenseFactor(this.normal, missed);
    // The halves share L⁻¹, so what the rows take off the slope is taken off before the second half of the solve.
    this.halves.forEach((each, a) => {
      for (let i = 0; i < half.length; i++) half[i] -= missed[a] * each[i];
    });
    slope.set(half);
    solveDenseUpper(this.factor, slope);
  }
}

/** Without rows whose multiplier is negative and with those that are broken; undefined when nothing changes. */
function revise(program: DenseProgram, active: readonly number[], { y, multiplier }: Iterate): number[] | undefined {
  const { price, quantity } = scalesOf(program, y);
  const isActive = new Uint8Array(program.rhs.length);
  for (const row of active) isActive[row] = 1;
  let changed = false;
  for (let r = 0; r < isActive.length; r++) {
    const isWrong =
      isActive[r] === 1
        ? multiplier[r] < -TOLERANCE * price
        : along(program, r, y) - program.rhs[r] > TOLERANCE * quantity;
    if (!isWrong) continue;
    isActive[r] = 1 - isActive[r];
    changed = true;
  }
  return changed ? [...isActive.keys()].filter(r => isActive[r] === 1) : undefined;
}

/** A point with its error: the largest of a broken row, a slope, a negative multiplier and the gap, each relative. */
function pointAt(program: DenseProgram, y: Float64Array, multiplier: Float64Array): DensePoint {
  const { price, quantity } = scalesOf(program, y);
  let [broken, negative, gap] = [0, 0, 0];
  for (let r = 0; r < program.rhs.length; r++) {
    const slack = program.rhs[r] - along(program, r, y);
    broken = Math.max(broken, -slack);
    negative = Math.max(negative, -multiplier[r]);
    gap += Math.abs(multiplier[r] * slack);
  }
  const none = new Float64Array(multiplier.length);
  const objective = (dot(slopeAt(program, y, none), y) + dot(program.linear, y)) / 2;
  const dual = Math.max(largest(slopeAt(program, y, multiplier)), negative);
  const value = Math.max(Math.abs(objective), 1e-3 * price * quantity);
  const error = Math.max(broken / quantity, dual / price, gap / value);
  return { y, multiplier: multiplier.map(each => Math.max(0, each)), objective, error };
}

/** The largest price, that of curvature at y too, and the largest quantity. */
function scalesOf(program: DenseProgram, y: Float64Array): { readonly price: number; readonly quantity: number } {
  const curved = slopeAt(program, y, new Float64Array(program.rhs.length));
  for (let i = 0; i < y.length; i++) curved[i] -= program.linear[i];
  return {
    price: Math.max(1e-9, largest(program.linear), largest(curved)),
    quantity: Math.max(1e-9, largest(y), largest(program.rhs)),
  };
}

/** hessian·y + linear + rows'·multiplier. */
function slopeAt(
  { size, hessian, linear, rows }: DenseProgram,
  y: Float64Array,
  multiplier: Float64Array,
): Float64Array {
  const slope = linear.slice();
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += hessian[i * size + k] * y[k];
    slope[i] += sum;
  }
  for (let r = 0; r < multiplier.length; r++) {
    if (multiplier[r] === 0) continue;
    for (let i = 0; i < size; i++) slope[i] += multiplier[r] * rows[r * size + i];
  }
  return slope;
}

function along({ size, rows }: DenseProgram, row: number, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += rows[row * size + i] * y[i];
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function largest(vector: Float64Array): number {
  let size = 0;
  for (let i = 0; i < vector.length; i++) size = Math.max(size, Math.abs(vector[i]));
  return size;
}
