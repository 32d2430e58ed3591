import { createServer } from "node:net";
import { NetworkError } from "./errors.js";

/** Below the ports that systems give to outgoing connections, so that a stopped network finds its ports free again. */
const [FIRST, LAST] = [17_050, 32_000];

/** The lowest ports from 17050 on that nobody listens on at 127.0.0.1. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const found: number[] = [];
  for (let port = FIRST; port <= LAST && found.length < count; port++) {
    if (await isFree(port)) found.push(port);
  }
  if (found.length === count) return found;
  throw new NetworkError(
    `Only ${found.length} of ${count} ports between ${FIRST} and ${LAST} are free; close other programs.`,
  );
}

/** True when nobody listens on a port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once("error", () => {
      resolve(false);
    });
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}
