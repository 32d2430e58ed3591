import { eliminationOrder } from "./elimination-order.js";

/** A pivot keeps the sign of its diagonal entry; rounding may take it below this. */
const SMALLEST_PIVOT = 1e-11;

/** Entries of a symmetric matrix above or below its diagonal, each once. */
export interface OffDiagonal {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/**
 * L·D·Lᵀ of a sparse symmetric quasidefinite matrix (Vanderbei 1995: any order of elimination is stable) whose off-diagonal
 * entries stay and whose diagonal changes. Rows are formed one after the other along the elimination tree (Davis 2005).
 */
export class SparseFactor {
  readonly #size: number;
  readonly #order: Int32Array;
  /** Entries above the diagonal by permuted column. */
  readonly #upperStart: Int32Array;
  readonly #upperRow: Int32Array;
  readonly #upperValue: Float64Array;
  readonly #parent: Int32Array;
  readonly #start: Int32Array;
  readonly #row: Int32Array;
  readonly #value: Float64Array;
  readonly #pivot: Float64Array;
  readonly #filled: Int32Array;
  readonly #mark: Int32Array;
  readonly #stack: Int32Array;
  readonly #work: Float64Array;

  constructor(size: number, entries: OffDiagonal) {
    const neighbours = Array.from({ length: size }, () => new Set<number>());
    entries.rows.forEach((row, e) => {
      neighbours[row].add(entries.columns[e]);
      neighbours[entries.columns[e]].add(row);
    });
    this.#size = size;
    this.#order = eliminationOrder(neighbours);
    const upper = permuted(size, this.#order, entries);
    this.#upperStart = upper.start;
    this.#upperRow = upper.row;
    this.#upperValue = upper.value;
    this.#parent = new Int32Array(size);
    this.#mark = new Int32Array(size);
    this.#filled = new Int32Array(size);
    this.#start = this.#analyse();
    this.#row = new Int32Array(this.#start[size]);
    this.#value = new Float64Array(this.#start[size]);
    this.#pivot = new Float64Array(size);
    this.#stack = new Int32Array(size);
    this.#work = new Float64Array(size);
  }

  /** Number of entries of L. */
  get entries(): number {
    return this.#start[this.#size];
  }

  /** Elimination tree and the first place of each column of L. */
  #analyse(): Int32Array {
    const count = new Int32Array(this.#size);
    for (let k = 0; k < this.#size; k++) {
      this.#parent[k] = -1;
      this.#mark[k] = k;
      for (let e = this.#upperStart[k]; e < this.#upperStart[k + 1]; e++) {
        for (let i = this.#upperRow[e]; this.#mark[i] !== k; i = this.#parent[i]) {
          if (this.#parent[i] < 0) this.#parent[i] = k;
          count[i]++;
          this.#mark[i] = k;
        }
      }
    }
    const start = new Int32Array(this.#size + 1);
    for (let k = 0; k < this.#size; k++) start[k + 1] = start[k] + count[k];
    return start;
  }

  /** Forms the factors for a diagonal. */
  factor(diagonal: Float64Array): void {
    this.#mark.fill(-1);
    this.#filled.fill(0);
    for (let k = 0; k < this.#size; k++) {
      const top = this.#scatter(k);
      const own = diagonal[this.#order[k]];
      let pivot = own;
      for (let p = top; p < this.#size; p++) pivot -= this.#eliminate(k, this.#stack[p]);
      this.#pivot[k] = Math.sign(own) * Math.max(Math.sign(own) * pivot, SMALLEST_PIVOT);
    }
  }

  /** Spreads column k and lists, in the order of elimination, the columns of L that meet it; answers with the list's start. */
  #scatter(k: number): number {
    let top = this.#size;
    this.#mark[k] = k;
    for (let e = this.#upperStart[k]; e < this.#upperStart[k + 1]; e++) {
      let length = 0;
      let i = this.#upperRow[e];
      this.#work[i] += this.#upperValue[e];
      for (; this.#mark[i] !== k; i = this.#parent[i]) {
        this.#stack[length++] = i;
        this.#mark[i] = k;
      }
      while (length > 0) this.#stack[--top] = this.#stack[--length];
    }
    return top;
  }

  /** Column i's part in row k; answers with what it takes from the pivot. */
  #eliminate(k: number, i: number): number {
    const value = this.#work[i];
    this.#work[i] = 0;
    const end = this.#start[i] + this.#filled[i];
    for (let p = this.#start[i]; p < end; p++) this.#work[this.#row[p]] -= this.#value[p] * value;
    const entry = value / this.#pivot[i];
    this.#row[end] = k;
    this.#value[end] = entry;
    this.#filled[i]++;
    return entry * value;
  }

  /** Solves in place. */
  solve(vector: Float64Array): void {
    const [x, order, start, row, value] = [this.#work, this.#order, this.#start, this.#row, this.#value];
    const size = order.length;
    for (let k = 0; k < size; k++) x[k] = vector[order[k]];
    for (let k = 0; k < size; k++) {
      for (let p = start[k]; p < start[k + 1]; p++) x[row[p]] -= value[p] * x[k];
    }
    for (let k = size - 1; k >= 0; k--) {
      let sum = x[k] / this.#pivot[k];
      for (let p = start[k]; p < start[k + 1]; p++) sum -= value[p] * x[row[p]];
      x[k] = sum;
    }
    for (let k = 0; k < size; k++) {
      vector[order[k]] = x[k];
      x[k] = 0;
    }
  }
}

/** The entries in the order of elimination, each above the diagonal, by column. */
function permuted(size: number, order: Int32Array, { rows, columns, values }: OffDiagonal) {
  const place = new Int32Array(size);
  order.forEach((node, k) => (place[node] = k));
  const start = new Int32Array(size + 1);
  for (let e = 0; e < rows.length; e++) start[Math.max(place[rows[e]], place[columns[e]]) + 1]++;
  for (let k = 0; k < size; k++) start[k + 1] += start[k];
  const next = start.slice();
  const row = new Int32Array(rows.length);
  const value = new Float64Array(rows.length);
  for (let e = 0; e < rows.length; e++) {
    const [a, b] = [place[rows[e]], place[columns[e]]];
    const at = next[Math.max(a, b)]++;
    row[at] = Math.min(a, b);
    value[at] = values[e];
  }
  return { start, row, value };
}
