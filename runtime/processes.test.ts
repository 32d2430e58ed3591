import assert from "node:assert/strict";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { requirePlan } from "../broker/core/index.js";
import { chooseSpread, mergeRuns, runInOneHost } from "../broker/core/oracle/host-runners.js";
import type { TraceEntry } from "../broker/core/oracle/model.js";
import { modelOf, sketchFederation } from "../broker/core/oracle/sketch.js";
import { runLines } from "../broker/core/oracle/text.js";
import type { Broker } from "../broker/server/index.js";
import { CosimError } from "../broker/wire/index.js";
import { requireAssembly } from "./assemble.js";
import { startTestBroker } from "./testing/broker-run.js";
import type { ChildOrder } from "./testing/child.js";
import { loadTicker, tickerCase } from "./testing/ticker.js";

const started: ChildProcess[] = [];

function start(order: ChildOrder): ChildProcess {
  const child = fork(fileURLToPath(new URL("testing/child.js", import.meta.url)), [JSON.stringify(order)], {
    serialization: "advanced",
  });
  started.push(child);
  return child;
}

interface LastWord {
  readonly code: string;
  readonly message: string;
  readonly at: number;
}

async function lastWord(child: ChildProcess): Promise<LastWord> {
  const [word] = (await once(child, "message")) as [LastWord];
  return word;
}

const names = ["a", "b", "c"];

async function startTickers(throwsAt?: number) {
  const { plan } = await requireAssembly(tickerCase(throwsAt), ".", loadTicker);
  const broker = await startTestBroker({ plan, hosts: names.map((name, f) => ({ name, federates: [f] })) });
  const children = names.map(name =>
    start({ what: "ticker", runFolder: broker.runFolder, host: name, federates: [name], throwsAt }),
  );
  return { broker, children };
}

async function reach(broker: Broker, time: number): Promise<void> {
  while ((broker.status().time ?? -1) < time) await new Promise(resolve => setTimeout(resolve, 10));
}

async function errorOf(broker: Broker): Promise<CosimError> {
  return broker.done.then(
    () => assert.fail("the run did not fail"),
    (error: unknown) => error as CosimError,
  );
}

describe("hosts as processes", () => {
  afterEach(() => {
    for (const child of started.splice(0)) child.kill("SIGKILL");
  });

  it("give the trace of one host: 5 random federations", async () => {
    for (let seed = 1, compared = 0; compared < 5; seed++) {
      const model = modelOf(sketchFederation(seed));
      const truth = runInOneHost(modelOf(sketchFederation(seed)));
      if (truth.fault !== undefined) continue;
      compared++;
      const { hostOf, hostCount } = chooseSpread(model, seed);
      const groups = Array.from({ length: hostCount }, (_, h) => hostOf.flatMap((host, f) => (host === h ? [f] : [])));
      const hosts = groups.map((federates, h) => ({ name: `host ${h}`, federates }));
      const broker = await startTestBroker({ plan: requirePlan(model.federation), hosts });
      const traces = hosts.map(async ({ name: host, federates }) => {
        const child = start({ what: "model", runFolder: broker.runFolder, host, federates, seed });
        const [trace] = (await once(child, "message")) as [TraceEntry[]];
        return { trace, fault: undefined };
      });
      await broker.done;
      assert.deepEqual(
        runLines(mergeRuns(await Promise.all(traces), model.federation)),
        runLines(truth),
        `seed ${seed}`,
      );
    }
  });

  it("end with the error of the one that throws", async () => {
    const { broker, children } = await startTickers(20_000);
    const words = Promise.all(children.map(lastWord));
    const error = await errorOf(broker);
    assert.deepEqual(
      [error.code, error.details.party, error.details.stamp],
      ["COSIM_FEDERATE_FAILED", "b", "(20000, 1, 0, 0)"],
    );
    for (const word of await words) assert.deepEqual([word.code, word.message], [error.code, error.message]);
  });

  it("end within a second of the death of one, which is named", async () => {
    const { broker, children } = await startTickers();
    children[1].on("exit", (code, signal) => {
      broker.hostDied("b", signal ?? `exit code ${code ?? 0}`);
    });
    await reach(broker, 20_000);
    const words = [lastWord(children[0]), lastWord(children[2])];
    const killedAt = performance.now();
    children[1].kill("SIGKILL");
    await Promise.all(words);
    const took = performance.now() - killedAt;
    const error = await errorOf(broker);
    console.log(`      ${took.toFixed(0)} ms: ${error.message}`);
    assert.deepEqual([error.code, error.details.party], ["COSIM_FEDERATE_DIED", "b"]);
    assert.ok(took < 1000);
    assert.equal((await words[0]).message, error.message);
  });

  for (const signal of ["SIGKILL", "SIGSTOP"] as const) {
    it(`end within five seconds of ${signal} to one that nobody watches, which is named`, async () => {
      const { broker, children } = await startTickers();
      await reach(broker, 20_000);
      const words = [lastWord(children[0]), lastWord(children[2])];
      const killedAt = performance.now();
      children[1].kill(signal);
      await Promise.all(words);
      const took = performance.now() - killedAt;
      const error = await errorOf(broker);
      console.log(`      ${took.toFixed(0)} ms: ${error.message}`);
      assert.deepEqual([error.code, error.details.party], ["COSIM_FEDERATE_SILENT", "b"]);
      assert.ok(took < 5000);
    });
  }

  for (const signal of ["SIGKILL", "SIGSTOP"] as const) {
    it(`end within five seconds of ${signal} to the broker`, async () => {
      const keeper = fork(fileURLToPath(new URL("testing/broker-child.js", import.meta.url)));
      started.push(keeper);
      const [runFolder] = (await once(keeper, "message")) as [string];
      const children = names.map(name => start({ what: "ticker", runFolder, host: name, federates: [name] }));
      const words = Promise.all(children.map(lastWord));
      await once(keeper, "message");
      const killedAt = performance.timeOrigin + performance.now();
      keeper.kill(signal);
      const took = Math.max(...(await words).map(word => word.at)) - killedAt;
      console.log(`      ${took.toFixed(0)} ms`);
      for (const word of await words) assert.equal(word.code, "COSIM_BROKER_LOST");
      assert.ok(took < 5000);
      await rm(runFolder, { recursive: true });
    });
  }
});
