export * from "./coordinator.js";
export * from "./federation.js";
export { HostQueue } from "./host-queue.js";
export type { Message } from "./inbox.js";
export type { Item } from "./item-heap.js";
export * from "./plan.js";
export { planDigest } from "./plan-digest.js";
export type { LinkItem, LinkWrapper, OutgoingMessage, Publication, StepResult } from "./publication.js";
