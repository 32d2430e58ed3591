export * from "./dense-program.js";
export { localSolver } from "./local-solver.js";
