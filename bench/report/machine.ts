import { cpus, release, totalmem, type as systemName } from "node:os";
import { version as zeromqVersion } from "zeromq";
import { version } from "../../tools/version.js";
import type { Peers } from "../peers/index.js";

/** Where and with what was measured; no names of hosts or users. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Day of the measurement, ISO 8601. */
  readonly date: string;
}

/** Describes this machine. */
export function describeMachine(peers: Peers): Machine {
  const [cpu] = cpus();
  const found = Object.values(peers).flatMap(peer => ("missing" in peer ? [] : [[peer.name, peer.version] as const]));
  return {
    cpu: cpu?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    system: `${systemName()} ${release()}`,
    versions: {
      "gridloom": version,
      "Node.js": process.versions.node,
      "ZeroMQ": zeromqVersion,
      ...Object.fromEntries(found),
    },
    date: new Date().toISOString().slice(0, 10),
  };
}
