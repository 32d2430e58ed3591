import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NetworkError } from "../errors.js";
import type { Host } from "../host/host.js";
import { lastLines } from "../host/run-program.js";
import { nodeFolder } from "../layout.js";
import { retry } from "../retry.js";
import { organisations, type Topology } from "../topology.js";

const PATIENCE = { forSeconds: 60, restMs: 20 };
const ANSWER_MS = 1000;

/** Waits until every node with a health check says that it is well; a node that has ended is named with its last words. */
export async function waitForHealth(root: string, topology: Topology, host: Host): Promise<void> {
  const { ordering, members } = topology;
  const nodes = [
    ...ordering.orderers,
    ...members.map(({ peer }) => peer),
    ...organisations(topology).map(o => o.authority),
  ];
  await Promise.all(
    nodes.map(({ name, ports }) =>
      retry({ what: name, ...PATIENCE }, async () => {
        const answer = await fetch(`http://127.0.0.1:${ports.operations}/healthz`, {
          signal: AbortSignal.timeout(ANSWER_MS),
        });
        if (!answer.ok) throw new NetworkError(`it answers ${answer.status}`);
      }).catch(async (error: unknown) => {
        if ((await host.running()).has(name)) throw error;
        throw new NetworkError(`${name} has ended. ${lastWords(root, name)}`);
      }),
    ),
  );
}

function lastWords(root: string, name: string): string {
  const log = join(root, nodeFolder(name), "log");
  try {
    return `${log} ends with: ${lastLines(readFileSync(log, "utf8"))}`;
  } catch {
    return "It left no log; look at `docker logs`.";
  }
}
