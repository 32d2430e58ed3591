export * from "./aggregator.js";
export * from "./attack.js";
export * from "./mask.js";
export * from "./masked-solver.js";
export * from "./masks.js";
export * from "./secure-sum.js";
