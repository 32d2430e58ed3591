import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Order, Said } from "./order.js";

const PROGRAM = fileURLToPath(new URL("./program.js", import.meta.url));

/** Wall-clock seconds after which a measuring process counts as stuck. */
const LIMIT_S = 120;

/** Starts the measuring program. */
export function startChild(order: Order): ChildProcess {
  return fork(PROGRAM, [JSON.stringify(order)]);
}

/**
 * Runs the measuring program to its end in a process of its own and returns what it said.
 * @throws Error with what it said of its failure, or when it takes longer than two minutes.
 */
export async function askChild(order: Order): Promise<Said> {
  const child = startChild(order);
  const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_S * 1000);
  let said: Said = { kind: "failed", message: "it said nothing" };
  child.on("message", message => (said = message as Said));
  try {
    await Promise.all([once(child, "exit"), once(child, "disconnect")]);
  } finally {
    clearTimeout(timer);
  }
  if (said.kind === "failed") throw new Error(`A process that measures ${order.task} failed: ${said.message}.`);
  return said;
}
