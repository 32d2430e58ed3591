import type { EqualityForm } from "./equality-form.js";
import { SparseFactor } from "./sparse-factor.js";

/** Added to the diagonal of the variables: a step costs ½·this·dx² (proximal point), so that free variables have pivots. */
const PROXIMAL = 1e-7;
/** Taken from the diagonal of the rows, so that every order of elimination is stable; refinement takes its error away. */
const REGULARISATION = 1e-9;
const REFINEMENTS = 2;

/** The linear system of an interior-point step: [diag M'; M 0]·[dx; dy] = [r; s]. */
export class AugmentedSystem {
  readonly #form: EqualityForm;
  readonly #factor: SparseFactor;
  readonly #diagonal: Float64Array;
  readonly #right: Float64Array;
  readonly #error: Float64Array;

  constructor(form: EqualityForm) {
    const { variables, rhs, rows, columns, values } = form;
    const size = variables + rhs.length;
    this.#form = form;
    this.#factor = new SparseFactor(size, { rows: rows.map(row => variables + row), columns, values });
    this.#diagonal = new Float64Array(size).fill(-REGULARISATION);
    this.#right = new Float64Array(size);
    this.#error = new Float64Array(size);
  }

  /** Forms the factors for the diagonal of the variables. */
  factor(scaling: Float64Array): void {
    for (let i = 0; i < scaling.length; i++) this.#diagonal[i] = scaling[i] + PROXIMAL;
    this.#factor.factor(this.#diagonal);
  }

  /** Solves in place: dx first, then dy. */
  solve(vector: Float64Array): void {
    this.#right.set(vector);
    this.#factor.solve(vector);
    for (let round = 0; round < REFINEMENTS; round++) {
      this.#missing(vector);
      this.#factor.solve(this.#error);
      for (let i = 0; i < vector.length; i++) vector[i] += this.#error[i];
    }
  }

  /** What is left of the right-hand side. */
  #missing(vector: Float64Array): void {
    const { variables, rows, columns, values } = this.#form;
    const [error, diagonal] = [this.#error, this.#diagonal];
    error.set(this.#right);
    for (let i = 0; i < variables; i++) error[i] -= diagonal[i] * vector[i];
    for (let e = 0; e < values.length; e++) {
      error[columns[e]] -= values[e] * vector[variables + rows[e]];
      error[variables + rows[e]] -= values[e] * vector[columns[e]];
    }
  }
}
