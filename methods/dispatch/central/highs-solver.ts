import type { Highs, Model, ModelData } from "highs";
import { DispatchError } from "../dispatch-error.js";
import type { LocalSolver, QuadraticProgram, Solution, SparseRows } from "../program.js";

/**
 * The HiGHS solver as a `LocalSolver`: a reference that shares no code with ours. Linear programs of any size by its
 * simplex method; quadratic ones by its active-set method, which serves an agent but not a whole network.
 * @throws DispatchError `LIBRARY_MISSING` when HiGHS cannot be loaded.
 */
export async function loadHighsSolver(): Promise<LocalSolver> {
  const highs = await loadHighs();
  return {
    prepare: program => ({
      solve: (linear, curvature = program.curvature) => solveProgram(highs, { ...program, linear, curvature }),
    }),
  };
}

/** The module as Node loads it; its declarations are those of a script, where `default` lies elsewhere. */
interface HighsModule {
  readonly default: () => Promise<Highs>;
}

async function loadHighs(): Promise<Highs> {
  try {
    const { default: load } = (await import("highs")) as unknown as HighsModule;
    return await load();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DispatchError("LIBRARY_MISSING", `HiGHS cannot be loaded (${why}). Install it: npm install highs.`);
  }
}

function solveProgram(highs: Highs, program: QuadraticProgram): Solution {
  return highs.withModel(modelOf(program), model => {
    model.options.set({ output_flag: false });
    run(highs, model);
    return solutionOf(model, program);
  });
}

function modelOf(program: QuadraticProgram): ModelData {
  const { curvature, linear, constant, lower, upper, equalities, inequalities } = program;
  const numCols = linear.length;
  const numRows = equalities.rhs.length + inequalities.rhs.length;
  return {
    numCols,
    numRows,
    offset: constant,
    colCost: linear,
    colLower: lower,
    colUpper: upper,
    rowLower: joined(equalities.rhs, new Float64Array(inequalities.rhs.length).fill(-Infinity)),
    rowUpper: joined(equalities.rhs, inequalities.rhs),
    matrix: { format: "csr", numRows, numCols, ...stacked(equalities, inequalities) },
    hessian: curvature.some(value => value !== 0) ? diagonal(curvature) : undefined,
  };
}

function stacked(above: SparseRows, below: SparseRows) {
  const entries = above.column.length;
  const starts = new Int32Array(above.start.length + below.start.length - 1);
  starts.set(above.start);
  starts.set(
    below.start.map(place => place + entries),
    above.start.length - 1,
  );
  const indices = new Int32Array(entries + below.column.length);
  indices.set(above.column);
  indices.set(below.column, entries);
  return { starts, indices, values: joined(above.value, below.value) };
}

function diagonal(curvature: Float64Array) {
  const dimension = curvature.length;
  const indices = Int32Array.from(curvature.keys()).filter(i => curvature[i] !== 0);
  const starts = new Int32Array(dimension + 1);
  for (let i = 0; i < dimension; i++) starts[i + 1] = starts[i] + (curvature[i] === 0 ? 0 : 1);
  return { format: "triangular" as const, dimension, starts, indices, values: curvature.filter(value => value !== 0) };
}

function run(highs: Highs, model: Model): void {
  const { modelStatus } = highs.constants;
  let status: number = modelStatus.solveError;
  try {
    status = model.run().modelStatus;
  } catch (error) {
    if (!(error instanceof highs.errors.HighsError)) throw error;
  }
  if (status === modelStatus.optimal) return;
  const name = Object.entries(modelStatus).find(([, code]) => code === status)?.[0] ?? String(status);
  throw new DispatchError("INFEASIBLE_NETWORK", `HiGHS finds no optimum (${name}). Look at limits, loads and prices.`);
}

function solutionOf(model: Model, { equalities }: QuadraticProgram): Solution {
  const { colValue, colDual, rowDual } = model.getSolution();
  const split = equalities.rhs.length;
  return {
    x: colValue,
    equality: rowDual.subarray(0, split).map(value => -value),
    inequality: rowDual.subarray(split).map(value => -value),
    atLower: colDual.map(value => Math.max(value, 0)),
    atUpper: colDual.map(value => Math.max(-value, 0)),
    objective: model.getObjectiveValue(),
    iterations: 0,
  };
}

function joined(first: Float64Array, second: Float64Array): Float64Array {
  const all = new Float64Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
