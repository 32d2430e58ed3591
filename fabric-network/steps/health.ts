import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NetworkError } from "../errors.js";
import { ask } from "../host/ask.js";
import type { Host } from "../host/host.js";
import { lastLines } from "../host/run-program.js";
import { nodeFolder } from "../layout.js";
import { retry } from "../retry.js";
import { type Member, organisations, type Topology } from "../topology.js";

const PATIENCE = { forSeconds: 60, restMs: 20 };

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
      retry({ what: name, ...PATIENCE }, () => ask(ports.operations, "/healthz")).catch(async (error: unknown) => {
        if ((await host.running()).has(name)) throw error;
        throw new NetworkError(`${name} has ended. ${lastWords(root, name)}`);
      }),
    ),
  );
}

/** Release that a member's peer says it is. */
export async function releaseOf({ peer }: Member): Promise<string> {
  const { Version: version = "unknown" } = JSON.parse(await ask(peer.ports.operations, "/version")) as Release;
  return version;
}

interface Release {
  readonly Version?: string;
}

function lastWords(root: string, name: string): string {
  const log = join(root, nodeFolder(name), "log");
  try {
    return `${log} ends with: ${lastLines(readFileSync(log, "utf8"))}`;
  } catch {
    return "It left no log; look at `docker logs`.";
  }
}
