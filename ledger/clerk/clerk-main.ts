import { parentPort, workerData } from "node:worker_threads";
import { openLedger } from "../open-ledger.js";
import type { LedgerPort } from "../port.js";
import { ClerkDesk } from "./clerk-desk.js";
import type { ClerkOrder, ToClerk } from "./messages.js";

const desk = new ClerkDesk(workerData as ClerkOrder, openPort, message => parentPort?.postMessage(message));
parentPort?.on("message", (message: ToClerk) => {
  desk.take(message);
});
desk.begin();

/** The clerk has a thread of its own already, which an embedded ledger shares. */
async function openPort({ driver, folder, network }: ClerkOrder): Promise<LedgerPort> {
  if (driver === "embedded") return (await import("../embedded/index.js")).EmbeddedLedger.open(folder);
  return openLedger(driver, { network: network === undefined ? undefined : { description: network } });
}
