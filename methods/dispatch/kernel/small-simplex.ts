/** A linear program of a few columns: A x = rhs, lower ≤ x ≤ upper, A by rows (rows × columns). */
export interface SmallProgram {
  readonly rows: number;
  readonly columns: number;
  readonly matrix: Float64Array;
  readonly rhs: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Where a column is. A column that rests between infinite bounds has the value 0. */
const BASIC = 0;
const AT_LOWER = 1;
const AT_UPPER = 2;
const RESTING = 3;

const MAX_PIVOTS = 100;
/** A slope below this share of the largest price gains nothing. */
const NO_GAIN = 1e-13;
/** An entry below this is no pivot. */
const PIVOT = 1e-9;
/** Steps that differ by less are equal: the larger pivot decides. */
const EQUAL = 1e-12;
/** What an artificial column may keep, relative to the largest right-hand side, in a program that something satisfies. */
const EMPTY = 1e-10;

/**
 * The simplex method for bounded columns on a full tableau, which for a few columns is quicker than anything that factors. It begins
 * every time at the same vertex, so that an answer, also one among many as good, depends on its question alone.
 * Each row has an artificial column behind the others: their slopes are the rows' multipliers. Source: V. Chvátal, Linear
 * Programming (1983), chapters 8 and 18.
 */
export class SmallSimplex {
  /** Values of the columns, then of the artificial columns, which are 0. */
  readonly x: Float64Array;
  /** Slope of each column, linear + A'y with y the multipliers of the rows; then y. */
  readonly slope: Float64Array;
  pivots = 0;

  private readonly width: number;
  private readonly lower: Float64Array;
  private readonly upper: Float64Array;
  private readonly entries: Float64Array;
  private readonly basis: Int32Array;
  private readonly state: Uint8Array;
  private readonly start: { x: Float64Array; entries: Float64Array; basis: Int32Array; state: Uint8Array };

  constructor(private readonly program: SmallProgram) {
    const { rows, columns } = program;
    const width = (this.width = rows + columns);
    this.lower = new Float64Array(width);
    this.upper = new Float64Array(width);
    this.lower.set(program.lower);
    this.upper.set(program.upper);
    this.x = new Float64Array(width);
    this.slope = new Float64Array(width);
    this.entries = new Float64Array(rows * width);
    this.basis = new Int32Array(rows);
    this.state = new Uint8Array(width);
    this.start = { x: this.x, entries: this.entries, basis: this.basis, state: this.state };
  }

  /**
   * Looks for the vertex where solves begin: the best one for some prices, or any.
   * @returns false when nothing satisfies the program
   */
  begin(linear: Float64Array): boolean {
    const { rows, columns } = this.program;
    this.rest();
    const penalty = new Float64Array(this.width);
    let size = 1e-9;
    for (let i = 0; i < rows; i++) {
      const missed = this.x[columns + i];
      penalty[columns + i] = missed < 0 ? -1 : 1;
      (missed < 0 ? this.lower : this.upper)[columns + i] = missed < 0 ? -Infinity : Infinity;
      size = Math.max(size, Math.abs(missed));
    }
    if (!this.minimise(penalty)) return false;
    for (let j = columns; j < this.width; j++) {
      if (Math.abs(this.x[j]) > EMPTY * size) return false;
      this.lower[j] = this.upper[j] = this.x[j] = 0;
      if (this.state[j] !== BASIC) this.state[j] = AT_LOWER;
    }
    this.keep();
    if (this.minimise(linear)) this.keep();
    return true;
  }

  /** @returns false when the cost falls without end, or the search takes too long */
  solve(linear: Float64Array): boolean {
    const { x, entries, basis, state } = this.start;
    this.x.set(x);
    this.entries.set(entries);
    this.basis.set(basis);
    this.state.set(state);
    return this.minimise(linear);
  }

  /** Puts columns on their bounds and what the rows lack into the artificial columns. */
  private rest(): void {
    const { program, x, lower, upper, state, entries, basis, width } = this;
    const { rows, columns, matrix, rhs } = program;
    for (let j = 0; j < columns; j++) {
      state[j] = lower[j] > -Infinity ? AT_LOWER : upper[j] < Infinity ? AT_UPPER : RESTING;
      x[j] = state[j] === AT_LOWER ? lower[j] : state[j] === AT_UPPER ? upper[j] : 0;
    }
    for (let i = 0; i < rows; i++) {
      let missed = rhs[i];
      for (let j = 0; j < columns; j++) {
        entries[i * width + j] = matrix[i * columns + j];
        missed -= matrix[i * columns + j] * x[j];
      }
      entries[i * width + columns + i] = 1;
      basis[i] = columns + i;
      state[columns + i] = BASIC;
      x[columns + i] = missed;
    }
  }

  private keep(): void {
    const { x, entries, basis, state } = this;
    Object.assign(this.start, {
      x: x.slice(),
      entries: entries.slice(),
      basis: basis.slice(),
      state: state.slice(),
    });
  }

  private minimise(linear: Float64Array): boolean {
    const tolerance = NO_GAIN * this.price(linear);
    for (this.pivots = 0; this.pivots < MAX_PIVOTS; this.pivots++) {
      const entering = this.steepest(tolerance);
      if (entering < 0) return true;
      if (!this.move(entering)) return false;
    }
    return false;
  }

  /** Fills the slopes; returns the largest price. Artificial columns cost nothing where `linear` ends before them. */
  private price(linear: Float64Array): number {
    const { slope, basis, entries, width } = this;
    let largest = 0;
    slope.fill(0);
    for (let j = 0; j < linear.length; j++) {
      slope[j] = linear[j];
      largest = Math.max(largest, Math.abs(linear[j]));
    }
    for (let i = 0; i < basis.length; i++) {
      const price = basis[i] < linear.length ? linear[basis[i]] : 0;
      if (price === 0) continue;
      for (let j = 0, at = i * width; j < width; j++, at++) slope[j] -= price * entries[at];
    }
    return largest;
  }

  /** The column whose move gains most for each unit, or −1. */
  private steepest(tolerance: number): number {
    const { slope, state, lower, upper, width } = this;
    let gain = tolerance;
    let found = -1;
    for (let j = 0; j < width; j++) {
      if (state[j] === BASIC || lower[j] === upper[j]) continue;
      let each = Math.abs(slope[j]);
      if (state[j] === AT_LOWER) each = -slope[j];
      else if (state[j] === AT_UPPER) each = slope[j];
      if (each > gain) {
        gain = each;
        found = j;
      }
    }
    return found;
  }

  /** Moves a column until it or a basic column meets a bound; false when nothing is in its way. */
  private move(entering: number): boolean {
    const { x, slope, lower, upper, entries, basis, state, width } = this;
    const sign = slope[entering] < 0 ? 1 : -1;
    let length = upper[entering] - lower[entering];
    let leaving = -1;
    let pivot = 0;
    for (let i = 0; i < basis.length; i++) {
      const change = -sign * entries[i * width + entering];
      const size = Math.abs(change);
      const bound = change < 0 ? lower[basis[i]] : upper[basis[i]];
      if (size < PIVOT || !Number.isFinite(bound)) continue;
      const room = Math.max(0, (bound - x[basis[i]]) / change);
      const margin = EQUAL * (1 + room);
      if (room < length - margin || (room <= length + margin && size > pivot && leaving >= 0)) {
        length = Math.min(length, room);
        leaving = i;
        pivot = size;
      }
    }
    if (length === Infinity) return false;
    for (let i = 0; i < basis.length; i++) x[basis[i]] -= sign * length * entries[i * width + entering];
    x[entering] += sign * length;
    if (leaving < 0) {
      state[entering] = sign > 0 ? AT_UPPER : AT_LOWER;
      x[entering] = sign > 0 ? upper[entering] : lower[entering];
    } else this.exchange(entering, leaving, sign);
    return true;
  }

  /** The entering column takes the place of the basic column of a row, which goes to its bound. */
  private exchange(entering: number, leaving: number, sign: number): void {
    const { x, slope, lower, upper, entries, basis, state, width } = this;
    const from = leaving * width;
    const pivot = entries[from + entering];
    const left = basis[leaving];
    const isDown = sign * pivot > 0;
    state[left] = isDown ? AT_LOWER : AT_UPPER;
    x[left] = isDown ? lower[left] : upper[left];
    state[entering] = BASIC;
    basis[leaving] = entering;
    for (let j = 0; j < width; j++) entries[from + j] /= pivot;
    for (let i = 0; i < basis.length; i++) {
      const factor = i === leaving ? 0 : entries[i * width + entering];
      if (factor === 0) continue;
      for (let j = 0, to = i * width; j < width; j++, to++) entries[to] -= factor * entries[from + j];
    }
    const gain = slope[entering];
    for (let j = 0; j < width; j++) slope[j] -= gain * entries[from + j];
  }
}
