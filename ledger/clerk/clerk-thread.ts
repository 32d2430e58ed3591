import { Worker } from "node:worker_threads";
import { toPlainError } from "../errors.js";
import type { ClerkLine } from "./courier.js";
import type { ClerkOrder, FromClerk } from "./messages.js";

/** Starts a clerk in a thread of its own: signing and settling do not slow whoever hands rounds over. */
export function startClerk(order: ClerkOrder): ClerkLine {
  const worker = new Worker(new URL("./clerk-main.js", import.meta.url), { workerData: order });
  return {
    send: message => {
      worker.postMessage(message);
    },
    listen: hear => {
      worker.on("message", (message: FromClerk) => {
        hear(message);
      });
      worker.on("error", error => {
        hear({ kind: "failed", error: toPlainError(error) });
        hear({ kind: "closed" });
      });
    },
    end: async () => {
      await worker.terminate();
    },
  };
}
