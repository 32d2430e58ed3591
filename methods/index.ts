export * from "./market/index.js";
export * from "./prosumer/index.js";
