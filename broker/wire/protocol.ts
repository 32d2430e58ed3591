export * from "./codec.js";
export * from "./failure.js";
export * from "./frame.js";
export * from "./frame-queue.js";
export * from "./packed-value.js";
export * from "./send-queue.js";
