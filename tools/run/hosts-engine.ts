import { startBroker, type Broker } from "../../broker/server/index.js";
import { LocalHost } from "../../runtime/index.js";
import { runJoinedHost } from "../../runtime/joined-host.js";
import { startWrappers } from "../../runtime/link-wrappers.js";
import { valueFaults } from "../../runtime/value-fault.js";
import { toProgress } from "./broker-status.js";
import { writeImage } from "./checkpoints.js";
import { folderEffects } from "./effects.js";
import type { Ending, Engine, EngineRequest } from "./engine.js";
import { HostProcesses } from "./host-processes.js";
import { planHosts, type HostEntry } from "./hosts.js";
import { lastLines } from "./log-lines.js";
import { RunCuts } from "./run-cuts.js";
import { stepLimits } from "./step-watch.js";

/** Wall-clock milliseconds between two looks at the broker for progress. */
const LOOK_MS = 200;

/** Runs a federation on several hosts behind a ZeroMQ broker in this process; the first host shares it unless it is alone. */
export const runOnHosts: Engine = async request => {
  const hosts = planHosts(request.deployment.hosts, request.checked.assembly);
  const cuts = new RunCuts(request);
  const broker = await openBroker(request, hosts, cuts);
  const processes = new HostProcesses();
  const look = setInterval(() => {
    request.onProgress(toProgress(broker.status()));
  }, LOOK_MS);
  const own = hosts.filter(host => !host.isForeign);
  const inside = request.deployment.broker === "inside" ? own.shift() : undefined;
  try {
    for (const host of own) startHost(host, { request, broker, processes });
    // The broker knows of every failure of the host inside, so its own rejection says nothing new.
    const insideClosed = inside === undefined ? undefined : runInside(inside, request, broker).catch(() => undefined);
    return await endingOf(broker, cuts, request).finally(() => insideClosed);
  } finally {
    clearInterval(look);
    request.onProgress(toProgress(broker.status()));
    await processes.close();
  }
};

function openBroker(
  { checked, folder, deployment, signal }: EngineRequest,
  hosts: readonly HostEntry[],
  cuts: RunCuts,
): Promise<Broker> {
  const { plan, members, wrappers } = checked.assembly;
  const indexOf = (name: string) => members.findIndex(member => member.name === name);
  const limits = stepLimits(checked.case.federates);
  return startBroker(
    {
      plan,
      wrappers: startWrappers(wrappers, checked.case.seed).wrappers,
      hosts: hosts.map(({ name, federates, isForeign }) => ({
        name,
        federates: federates.map(indexOf),
        foreign: isForeign,
      })),
      valueFault: valueFaults(members),
      runFolder: folder,
      listen: deployment.listen,
      keys: deployment.keys,
      cuts,
      stepTimeoutSeconds: new Map([...limits].map(([name, limit]) => [indexOf(name), limit])),
      readLog: federate => lastLines(folder, federate),
    },
    signal,
  );
}

interface Starting {
  readonly request: EngineRequest;
  readonly broker: Broker;
  readonly processes: HostProcesses;
}

function startHost({ name, federates }: HostEntry, { request, broker, processes }: Starting): void {
  const { folder, checked, checkpoint, deployment } = request;
  const { ledger, network } = deployment;
  const from = { caseFolder: checked.folder, checkpointTime: checkpoint?.time };
  const order = { run: folder, host: name, federates, ledger, network, ...from };
  processes.start(order, why => {
    broker.hostDied(name, why);
  });
}

function runInside(
  { name, federates }: HostEntry,
  { checked, folder, checkpoint, deployment }: EngineRequest,
  broker: Broker,
): Promise<void> {
  const { assembly } = checked;
  const indexes = federates.map(federate => assembly.members.findIndex(member => member.name === federate));
  return runJoinedHost(new LocalHost(assembly, folderEffects(folder, deployment), indexes), broker.connect(), {
    name,
    token: broker.address.token,
    image: checkpoint?.image,
    saveImage: (time, bytes) => {
      writeImage(folder, { time, host: name }, bytes);
      return Promise.resolve();
    },
  });
}

async function endingOf(broker: Broker, cuts: RunCuts, { checked, signal }: EngineRequest): Promise<Ending> {
  const ending = (state: Ending["state"], time: number) => ({ state, time, lateSeconds: cuts.lateSeconds });
  try {
    await broker.done;
    return ending("done", checked.assembly.plan.until);
  } catch (error) {
    if (cuts.pausedAt !== undefined) return ending("paused", cuts.pausedAt);
    if (signal.aborted) return ending("interrupted", toProgress(broker.status()).time);
    throw error;
  }
}
