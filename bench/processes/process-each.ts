import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBroker, type Broker } from "../../broker/server/index.js";
import { LocalHost, requireAssembly, type Assembly } from "../../runtime/index.js";
import { runHostProcess } from "../../runtime/host-process.js";
import { runJoinedHost } from "../../runtime/joined-host.js";
import { loadKind, PATTERNS, type Report } from "../federations/index.js";
import { startChild } from "./child.js";
import { reportEffects } from "./one-process.js";
import type { Counts, FederationOrder, Order, Placement } from "./order.js";

type HostOrder = Extract<Order, { task: "host" }>;

/** Runs a federation with a process for each federate behind a ZeroMQ broker in this process. */
export async function runProcessEach(order: FederationOrder, placement: Placement): Promise<Required<Counts>> {
  const assembly = await requireAssembly(PATTERNS[order.pattern].federation(order.size).shape, ".", loadKind);
  const runFolder = await mkdtemp(join(tmpdir(), "gridloom-bench-"));
  const reports: Report[] = [];
  const hear = (report: Report) => reports.push(report);
  const names = assembly.members.map(member => member.name);
  const ended: Promise<unknown>[] = [];
  try {
    const hosts = names.map((name, f) => ({ name, federates: [f] }));
    const broker = await startBroker({ plan: assembly.plan, hosts, runFolder });
    const [first, ...others] = names;
    for (const federate of placement === "inside" ? others : names) {
      const child = startChild({ ...order, task: "host", runFolder, federate });
      ended.push(watch(child, { federate, broker, hear }));
    }
    if (placement === "inside") ended.push(runInside({ assembly, broker, hear }, first));
    await broker.done;
    await Promise.all(ended);
    return { reports, frames: { ...broker.frames } };
  } finally {
    await rm(runFolder, { recursive: true, force: true });
  }
}

interface Watching {
  readonly federate: string;
  readonly broker: Broker;
  readonly hear: (report: Report) => void;
}

function watch(child: ChildProcess, { federate, broker, hear }: Watching): Promise<unknown> {
  child.on("message", message => {
    hear(message as Report);
  });
  child.on("exit", (code, signal) => {
    broker.hostDied(federate, signal ?? `exit code ${code ?? 0}`);
  });
  return Promise.all([once(child, "exit"), once(child, "disconnect")]);
}

interface Inside {
  readonly assembly: Assembly;
  readonly broker: Broker;
  readonly hear: (report: Report) => void;
}

function runInside({ assembly, broker, hear }: Inside, name: string): Promise<void> {
  const host = new LocalHost(assembly, reportEffects(hear), [0]);
  return runJoinedHost(host, broker.connect(), { name, token: broker.address.token });
}

/** What a process of one federate does; its report goes to the process that started it. */
export function runHost({ pattern, size, runFolder, federate }: HostOrder): Promise<void> {
  const { shape } = PATTERNS[pattern].federation(size);
  const effects = reportEffects(report => process.send?.(report));
  return runHostProcess({
    shape,
    folder: ".",
    load: loadKind,
    effects,
    runFolder,
    host: federate,
    federates: [federate],
  });
}
