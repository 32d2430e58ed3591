export * from "./calendar.js";
export * from "./model-error.js";
export * from "./premises/index.js";
export * from "./sun/index.js";
