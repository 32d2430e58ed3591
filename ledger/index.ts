export * from "./errors.js";
export * from "./open-ledger.js";
export type { FabricOptions } from "./fabric/site.js";
export type * from "./port.js";
