import { DispatchError } from "../dispatch-error.js";
import type { QuadraticProgram, SparseRows } from "../program.js";
import { relaxedProgram } from "./elastic-program.js";
import { InteriorPoint } from "./interior-point.js";
import { ReducedProgram } from "./reduced-program.js";

/** One row or pair of bounds that has to give way, by how much in its own unit, and the step it belongs to. */
export interface Relaxation {
  readonly kind: "equality" | "inequality" | "bounds";
  /** Row of the equalities or inequalities, or variable whose lower bound exceeds its upper one. */
  readonly index: number;
  readonly step: number;
  readonly amount: number;
}

/** A program that nothing satisfies, and the smallest change (sum of amounts) that would let something do. */
export class InfeasibleProgram extends DispatchError {
  constructor(readonly relaxations: readonly Relaxation[]) {
    super("INFEASIBLE_AGENT", sentence(relaxations));
    this.name = "InfeasibleProgram";
  }
}

/** Relaxations below this share of the largest right-hand side or bound are rounding. */
const NEGLIGIBLE = 1e-7;
const TOLD = 3;

/**
 * The smallest relaxation of a program's rows, by the sum of their violations, largest first; empty when it can be satisfied.
 * A variable whose bounds exclude each other is told first, and alone.
 */
export function smallestRelaxation(program: QuadraticProgram): Relaxation[] {
  const crossed = crossedBounds(program);
  if (crossed.length > 0) return crossed;
  const { program: relaxed, first } = relaxedProgram(program);
  const reduced = new ReducedProgram(relaxed, relaxed.curvature, new InteriorPoint());
  if (!reduced.solve(relaxed.linear, relaxed.curvature)) return [];
  const equalities = program.equalities.rhs.length;
  const negligible = NEGLIGIBLE * sizeOf(program);
  const found: Relaxation[] = [];
  for (let r = 0; r < equalities; r++) {
    const amount = Math.abs(reduced.x[first + 2 * r] - reduced.x[first + 2 * r + 1]);
    if (amount > negligible)
      found.push({ kind: "equality", index: r, step: stepOf(program.equalities, r, program.step), amount });
  }
  for (let r = 0; r < program.inequalities.rhs.length; r++) {
    const amount = reduced.x[first + 2 * equalities + r];
    if (amount > negligible)
      found.push({ kind: "inequality", index: r, step: stepOf(program.inequalities, r, program.step), amount });
  }
  return found.sort((a, b) => b.amount - a.amount || a.step - b.step || a.index - b.index);
}

function crossedBounds({ lower, upper, step }: QuadraticProgram): Relaxation[] {
  const found: Relaxation[] = [];
  lower.forEach((value, index) => {
    const amount = value - upper[index];
    if (amount > NEGLIGIBLE * Math.max(1, Math.abs(value)))
      found.push({ kind: "bounds", index, step: step[index], amount });
  });
  return found;
}

function stepOf(rows: SparseRows, row: number, step: Int32Array): number {
  let latest = 0;
  for (let at = rows.start[row]; at < rows.start[row + 1]; at++) latest = Math.max(latest, step[rows.column[at]]);
  return latest;
}

/** Largest finite number among right-hand sides and bounds that are not just "far away". */
function sizeOf(program: QuadraticProgram): number {
  let size = 1e-6;
  for (const vector of [program.equalities.rhs, program.inequalities.rhs]) {
    for (const value of vector) size = Math.max(size, Math.abs(value));
  }
  return size;
}

function sentence(relaxations: readonly Relaxation[]): string {
  const total = relaxations.reduce((sum, { amount }) => sum + amount, 0);
  const told = relaxations
    .slice(0, TOLD)
    .map(each => `${each.kind} ${each.index} (step ${each.step}) by ${format(each.amount)}`);
  const others = relaxations.length > TOLD ? ` and ${relaxations.length - TOLD} more` : "";
  return (
    `Nothing satisfies all of the agent's limits. The smallest change that would help: ${told.join(", ")}${others}, ` +
    `${format(total)} in all. Look at the loads, limits and storages of these steps.`
  );
}

function format(amount: number): string {
  return String(Number(amount.toPrecision(6)));
}
