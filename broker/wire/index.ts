// A run in one process needs no frames: whoever needs them imports ./protocol.js, which loads the codec's libraries.
export * from "./address.js";
export * from "./errors.js";
export type { Due, Publication, Report } from "./exchange.js";
export * from "./stamp.js";
export * from "./time.js";
export * from "./units.js";
export * from "./value.js";
