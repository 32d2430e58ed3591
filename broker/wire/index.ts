export * from "./errors.js";
export * from "./stamp.js";
export * from "./time.js";
export * from "./units.js";
export * from "./value.js";
