export * from "./gap.js";
export * from "./network-sweep.js";
export * from "./root-exchange.js";
