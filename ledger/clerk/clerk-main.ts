import { parentPort, workerData } from "node:worker_threads";
import { openLedger } from "../open-ledger.js";
import { ClerkDesk } from "./clerk-desk.js";
import type { ClerkOrder, ToClerk } from "./messages.js";

const desk = new ClerkDesk(
  workerData as ClerkOrder,
  ({ driver, folder }) => openLedger(driver, { folder }),
  message => parentPort?.postMessage(message),
);
parentPort?.on("message", (message: ToClerk) => {
  desk.take(message);
});
desk.begin();
