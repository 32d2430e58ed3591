export * from "./central/index.js";
export * from "./coordination.js";
export * from "./devices/index.js";
export * from "./dispatch-error.js";
export * from "./network/index.js";
export * from "./problem.js";
export * from "./problems/index.js";
export * from "./program.js";
