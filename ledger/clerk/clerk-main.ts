import { parentPort, workerData } from "node:worker_threads";
import { openLedger } from "../open-ledger.js";
import { ClerkDesk } from "./clerk-desk.js";
import type { ClerkOrder, ToClerk } from "./messages.js";

const desk = new ClerkDesk(
  workerData as ClerkOrder,
  ({ driver, folder, network }) =>
    openLedger(driver, { folder, network: network === undefined ? undefined : { description: network } }),
  message => parentPort?.postMessage(message),
);
parentPort?.on("message", (message: ToClerk) => {
  desk.take(message);
});
desk.begin();
