export * from "./dispatch/index.js";
export * from "./learning/index.js";
export * from "./market/index.js";
export * from "./packets/index.js";
export * from "./prosumer/index.js";
