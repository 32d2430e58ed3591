import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startBroker } from "../broker/server/index.js";
import { requireAssembly } from "../runtime/assemble.js";
import { runJoinedHost } from "../runtime/joined-host.js";
import { LocalHost } from "../runtime/local-host.js";
import type { ChildOrder } from "./zmq-child.js";
import { loadKind, patternCase, type Pattern, type Size } from "./zmq-federations.js";

/** Where the broker runs: in the process of the first federate, or without any federate. */
export type Placement = "inside" | "alone";

/** What one federation took. */
export interface Measurement {
  readonly microsPerStep: number;
  /** From the launch of all processes to the first turn of all. */
  readonly launchSeconds: number;
}

const child = fileURLToPath(new URL("zmq-child.js", import.meta.url));

interface Measured {
  readonly message: string;
  readonly micros: number;
  readonly steps: number;
}

/** Runs a pattern with one process for each federate, and the broker in this process. */
export async function measure(pattern: Pattern, size: Size, placement: Placement): Promise<Measurement> {
  const assembly = await requireAssembly(patternCase(pattern, size), ".", loadKind);
  const runFolder = await mkdtemp(join(tmpdir(), "gridloom-bench-"));
  const names = assembly.members.map(member => member.name);
  const hosts = names.map((name, f) => ({ name, federates: [f] }));
  const startedAt = performance.now();
  let launchSeconds = 0;
  let measured: Measured | undefined;
  const broker = await startBroker({ plan: assembly.plan, hosts, runFolder });
  const remote = placement === "inside" ? names.slice(1) : names;
  for (const host of remote) {
    const order: ChildOrder = { pattern, size, runFolder, host, federates: [host] };
    const started = fork(child, [JSON.stringify(order)]);
    started.on("message", said => (measured = said as Measured));
    started.on("exit", (code, signal) => {
      broker.hostDied(host, signal ?? `exit code ${code ?? 0}`);
    });
  }
  const watch = setInterval(() => {
    if (launchSeconds === 0 && broker.status().state !== "joining")
      launchSeconds = (performance.now() - startedAt) / 1000;
    if (launchSeconds > 0) clearInterval(watch);
  }, 5);
  const effects = {
    openFile: () => {
      throw new Error("nothing is written here");
    },
    log: (_federate: string, _level: string, message: string, details?: object) => {
      measured = { message, ...details } as Measured;
    },
  };
  const inside =
    placement === "inside"
      ? runJoinedHost(new LocalHost(assembly, effects, [0]), broker.connect(), {
          name: names[0],
          token: broker.address.token,
        })
      : Promise.resolve();
  try {
    await Promise.all([broker.done, inside]);
  } finally {
    clearInterval(watch);
    await rm(runFolder, { recursive: true });
  }
  if (measured === undefined) throw new Error(`${pattern} was not measured.`);
  return { microsPerStep: measured.micros / measured.steps, launchSeconds };
}
