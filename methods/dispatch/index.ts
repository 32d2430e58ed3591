export * from "./coordination.js";
export * from "./dispatch-error.js";
export * from "./problem.js";
export * from "./program.js";
