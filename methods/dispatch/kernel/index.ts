export * from "./dense-program.js";
export { solveDense } from "./dense-solver.js";
export { InfeasibleProgram, type Relaxation, smallestRelaxation } from "./infeasibility.js";
export { localSolver } from "./local-solver.js";
