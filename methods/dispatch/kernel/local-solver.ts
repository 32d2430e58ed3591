import type { LocalSolver } from "../program.js";
import { InteriorPoint } from "./interior-point.js";
import { PreparedQuadratic } from "./prepared-program.js";

const engine = new InteriorPoint();

/**
 * The kernel as a local solver: presolve, then an active set kept from solve to solve where every variable has curvature,
 * and an interior point with a polished end elsewhere.
 */
export const localSolver: LocalSolver = { prepare: program => new PreparedQuadratic(program, engine) };
