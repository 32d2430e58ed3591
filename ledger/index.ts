export * from "./errors.js";
export * from "./open-ledger.js";
export type { FabricOptions } from "./fabric/site.js";
export type * from "./port.js";
export * from "./outbox.js";
export { Courier, STANDING_FILE, type Standing } from "./clerk/courier.js";
export { startClerk } from "./clerk/clerk-thread.js";
export type { ClerkOrder } from "./clerk/messages.js";
export type { MarketOpening } from "./clerk/opening.js";
