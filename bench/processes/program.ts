/** The measuring program: one order as JSON in its argument, what came of it to the process that started it. */
import { echoFrames, runBare } from "./bare.js";
import { runInOneProcess } from "./one-process.js";
import type { Order, Said } from "./order.js";
import { runHost, runProcessEach } from "./process-each.js";

async function carryOut(order: Order): Promise<Said | undefined> {
  const launchedAt = performance.timeOrigin + performance.now();
  if (order.task === "one-process") return { kind: "reports", reports: await runInOneProcess(order), launchedAt };
  if (order.task === "process-each") {
    return { kind: "reports", ...(await runProcessEach(order, order.placement)), launchedAt };
  }
  if (order.task === "bare") return { kind: "micros", micros: await runBare(order) };
  if (order.task === "host") await runHost(order);
  else await echoFrames(order.endpoint);
  return undefined;
}

try {
  const said = await carryOut(JSON.parse(process.argv[2]) as Order);
  if (said !== undefined) process.send?.(said);
} catch (error) {
  process.exitCode = 1;
  process.send?.({ kind: "failed", message: (error as Error).message } satisfies Said);
}
process.disconnect?.();
