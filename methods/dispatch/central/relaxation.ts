import { DispatchError } from "../dispatch-error.js";
import type { DispatchProblem } from "../problem.js";
import type { LocalSolver, QuadraticProgram } from "../program.js";
import { ProgramBuilder, scaled } from "../devices/index.js";
import type { CentralProgram } from "./central-program.js";

/** A limit of the network that has to give way. */
export interface Relaxation {
  /** Node, or `root`. */
  readonly party: string;
  readonly quantity: string;
  readonly step: number;
  readonly limit: number;
  /** What it would have to be. */
  readonly needed: number;
}

/** A limit is told when it must move by more than this share of itself. */
const NOTICEABLE = 1e-6;
/** So many limits are named in a message. */
const NAMED = 3;

/**
 * Why a problem has no dispatch: an agent that no network could serve, or the limits that have to give way.
 * Undefined when a dispatch exists after all.
 */
export function explainInfeasibility(
  problem: DispatchProblem,
  central: CentralProgram,
  solver: LocalSolver,
): DispatchError | undefined {
  const agent = problem.agents.find(({ program }) => !isFeasible(program, solver));
  if (agent !== undefined) {
    const sentence = `${agent.name}: no set-points satisfy its devices and its loads. Look at its limits and its heat.`;
    return new DispatchError("INFEASIBLE_AGENT", sentence, agent.name);
  }
  const relaxations = smallestRelaxation(problem, central, solver);
  if (relaxations.length === 0) return undefined;
  const named = relaxations.slice(0, NAMED).map(describe);
  const others = relaxations.length > NAMED ? [`and ${relaxations.length - NAMED} more`] : [];
  const sentence = `Network: no dispatch satisfies every limit. The smallest relaxation: ${[...named, ...others].join("; ")}.`;
  return new DispatchError("INFEASIBLE_NETWORK", sentence, relaxations[0].party);
}

/**
 * The least that the limits of lines, voltages and the root must move, relative to their size, for a dispatch to exist.
 * @throws DispatchError `INFEASIBLE_NETWORK` when no relaxation of limits helps.
 */
export function smallestRelaxation(
  { steps }: DispatchProblem,
  { program, blocks }: CentralProgram,
  solver: LocalSolver,
): Relaxation[] {
  const { lower, upper } = program;
  const limits = blocks.flatMap(block => [
    ...(upper.subarray(block.first, block.first + steps).every(Number.isFinite)
      ? [{ ...block, side: 1, of: upper }]
      : []),
    ...(lower.subarray(block.first, block.first + steps).every(isMovable) ? [{ ...block, side: -1, of: lower }] : []),
  ]);
  const builder = new ProgramBuilder(steps);
  builder.append(withoutLimits(program, limits));
  const moved = limits.map(({ first, side, of }) => {
    const values = of.slice(first, first + steps);
    const linear = values.map(value => 1 / Math.max(Math.abs(value), NOTICEABLE));
    const excess = builder.block("", "excess", { lower: 0, linear });
    builder.atMost(
      [scaled(first, side), scaled(excess, -1)],
      values.map(value => side * value),
    );
    return { excess, values };
  });
  const elastic = builder.build();
  const { x } = solver.prepare(elastic).solve(elastic.linear);
  return limits.flatMap(({ device: party, quantity, side }, i) =>
    Array.from(moved[i].values, (limit, step) => ({
      party,
      quantity,
      step,
      limit,
      needed: limit + side * x[moved[i].excess + step],
    })).filter(({ limit, needed }) => Math.abs(needed - limit) > NOTICEABLE * Math.max(Math.abs(limit), NOTICEABLE)),
  );
}

/** A lower limit that may give way: exchange and import never fall below 0. */
function isMovable(value: number): boolean {
  return Number.isFinite(value) && value !== 0;
}

/** The program with these limits taken away and nothing to pay. */
function withoutLimits(
  program: QuadraticProgram,
  limits: readonly { first: number; side: number }[],
): QuadraticProgram {
  const steps = Math.max(...program.step) + 1;
  const [lower, upper] = [program.lower.slice(), program.upper.slice()];
  for (const { first, side } of limits) {
    if (side > 0) upper.fill(Infinity, first, first + steps);
    else lower.fill(-Infinity, first, first + steps);
  }
  const nothing = new Float64Array(lower.length);
  return { ...program, lower, upper, linear: nothing, curvature: nothing, constant: 0 };
}

function isFeasible(program: QuadraticProgram, solver: LocalSolver): boolean {
  const nothing = new Float64Array(program.linear.length);
  try {
    solver.prepare({ ...program, curvature: nothing }).solve(nothing);
    return true;
  } catch (error) {
    if (error instanceof DispatchError && error.code === "INFEASIBLE_NETWORK") return false;
    throw error;
  }
}

function describe({ party, quantity, step, limit, needed }: Relaxation): string {
  return `${quantity} of ${party} at step ${step} from ${limit} to ${Number(needed.toPrecision(6))}`;
}
