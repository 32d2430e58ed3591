export * from "./dense-program.js";
export { solveDense } from "./dense-solver.js";
export { localSolver } from "./local-solver.js";
