export * from "./building/index.js";
export * from "./bulk/index.js";
export * from "./calendar.js";
export * from "./feeder/index.js";
export * from "./model-error.js";
export * from "./premises/index.js";
export * from "./sun/index.js";
export * from "./two-node.js";
