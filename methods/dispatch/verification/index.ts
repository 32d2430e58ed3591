export * from "./check-solution.js";
export * from "./checked-cloud.js";
export * from "./conditions.js";
export * from "./verified-solver.js";
export * from "./worker-pool.js";
