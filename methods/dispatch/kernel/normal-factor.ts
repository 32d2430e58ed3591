import { type BandedProgram, EMPTY } from "./banded-program.js";

/** A pivot below this share of its diagonal is a dependent row: its multiplier is set to zero. */
const DEPENDENT = 1e-14;

/**
 * Cholesky factor of the normal matrix A·W·A' of a banded program, W diagonal, within the envelope of its rows
 * (storages join neighbouring steps only, so a row has a handful of entries). Its memory is reused from factor to factor.
 */
export class NormalFactor {
  private values = new Float64Array(0);
  private offset = new Int32Array(0);
  private program = EMPTY;

  /**
   * Forms and factors A·W·A'.
   * @param weight W by column
   * @param dropped rows to leave out (1): their multiplier is zero
   */
  factor(program: BandedProgram, weight: Float64Array, dropped?: Uint8Array): void {
    if (program !== this.program) this.lay(program);
    this.assemble(program, weight);
    for (let i = 0; i < program.rows; i++) this.eliminate(program.first, i, dropped?.[i] === 1);
  }

  /** Solves A·W·A'·y = y in place. */
  solve(y: Float64Array): void {
    const { values, offset, program } = this;
    const { first, rows } = program;
    for (let i = 0; i < rows; i++) {
      const row = offset[i];
      let sum = y[i];
      for (let k = first[i]; k < i; k++) sum -= values[row + k] * y[k];
      y[i] = sum * values[row + i];
    }
    for (let i = rows - 1; i >= 0; i--) {
      const row = offset[i];
      const solved = y[i] * values[row + i];
      y[i] = solved;
      for (let k = first[i]; k < i; k++) y[k] -= values[row + k] * solved;
    }
  }

  private lay(program: BandedProgram): void {
    const { rows, first } = program;
    if (this.offset.length < rows) this.offset = new Int32Array(rows);
    let size = 0;
    for (let i = 0; i < rows; i++) {
      this.offset[i] = size - first[i];
      size += i - first[i] + 1;
    }
    if (this.values.length < size) this.values = new Float64Array(size);
    this.program = program;
  }

  private assemble(program: BandedProgram, weight: Float64Array): void {
    const { start, row, value, columns, rows } = program;
    const { values, offset } = this;
    values.fill(0, 0, rows === 0 ? 0 : offset[rows - 1] + rows);
    for (let column = 0; column < columns; column++) {
      const begin = start[column];
      for (let a = begin; a < start[column + 1]; a++) {
        const weighted = value[a] * weight[column];
        const at = offset[row[a]];
        for (let b = begin; b <= a; b++) values[at + row[b]] += weighted * value[b];
      }
    }
  }

  /** Row i of the factor; its diagonal holds 1/pivot, or 0 when the row depends on those before or is dropped. */
  private eliminate(first: Int32Array, i: number, isDropped: boolean): void {
    const { values, offset } = this;
    const row = offset[i];
    const diagonal = values[row + i];
    let pivot = diagonal;
    for (let j = first[i]; j < i; j++) {
      const other = offset[j];
      let sum = values[row + j];
      for (let k = Math.max(first[i], first[j]); k < j; k++) sum -= values[row + k] * values[other + k];
      sum = isDropped ? 0 : sum * values[other + j];
      values[row + j] = sum;
      pivot -= sum * sum;
    }
    values[row + i] = isDropped || !(pivot > DEPENDENT * diagonal) ? 0 : 1 / Math.sqrt(pivot);
  }
}
