import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBroker, type Broker, type BrokerOptions } from "../../broker/server/index.js";
import type { HostLine } from "../../broker/wire/protocol.js";
import { runJoinedHost, type JoinOptions, type RunningHost } from "../joined-host.js";
import { SocketLine } from "../socket-line.js";

/** How a host of a test reaches its broker. */
export type Transport = "calls" | "socket";

/** A line of the given kind. */
export function openLine(broker: Broker, transport: Transport): HostLine {
  return transport === "calls" ? broker.connect() : new SocketLine(broker.address);
}

/** Runs a host behind a broker of this process. */
export function runHost(
  broker: Broker,
  host: RunningHost,
  options: Omit<JoinOptions, "token"> & { transport: Transport },
) {
  const { transport, ...rest } = options;
  return runJoinedHost(host, openLine(broker, transport), { ...rest, token: broker.address.token });
}

/** Starts a broker with a run folder of its own, which goes away with it. */
export async function startTestBroker(
  options: Omit<BrokerOptions, "runFolder">,
): Promise<Broker & { readonly runFolder: string }> {
  const runFolder = await mkdtemp(join(tmpdir(), "gridloom-broker-"));
  const broker = await startBroker({ ...options, runFolder });
  const done = broker.done.finally(() => rm(runFolder, { recursive: true, force: true }));
  done.catch(() => undefined);
  return { ...broker, done, runFolder };
}
