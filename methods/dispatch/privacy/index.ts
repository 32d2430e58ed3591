export * from "./aggregator.js";
