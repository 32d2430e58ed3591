import { checkSignature } from "gridloom-settlement/rules";
import { parentPort } from "node:worker_threads";
import type { Findings, Share } from "./signature-pool.js";

parentPort?.on("message", ({ ticket, checks }: Share) => {
  const good = Uint8Array.from(checks, check => Number(checkSignature(check)));
  parentPort?.postMessage({ ticket, good } satisfies Findings);
});
