import assert from "node:assert/strict";
import { requirePlan } from "../broker/core/index.js";
import { chooseSpread, mergeRuns, runInOneHost, type Spread } from "../broker/core/oracle/host-runners.js";
import type { Model } from "../broker/core/oracle/model.js";
import { modelOf, sketchFederation } from "../broker/core/oracle/sketch.js";
import { runLines } from "../broker/core/oracle/text.js";
import type { Cuts } from "../broker/server/index.js";
import { runHost, startTestBroker, type Transport } from "./testing/broker-run.js";
import { ModelHost } from "./testing/model-host.js";

function stopAt(times: readonly number[]): Cuts {
  return {
    next: after => times.find(time => time > after) ?? Infinity,
    reach: () => new Promise(resolve => setImmediate(resolve)),
  };
}

async function runBehindBroker(
  model: Model,
  spread: Spread,
  transportOf: (host: number) => Transport,
): Promise<string[]> {
  const plan = requirePlan(model.federation);
  const groups = Array.from({ length: spread.hostCount }, (_, h) =>
    spread.hostOf.flatMap((host, f) => (host === h ? [f] : [])),
  );
  const hosts = groups.map((federates, h) => ({ name: `host ${h}`, federates }));
  const { maxAhead, cuts = [] } = spread;
  const broker = await startTestBroker({ plan, hosts, maxAhead, cuts: stopAt(cuts) });
  const running = hosts.map(({ federates }) => new ModelHost(model, federates));
  await Promise.all([
    broker.done,
    ...running.map((host, h) => runHost(broker, host, { name: hosts[h].name, transport: transportOf(h) })),
  ]);
  return runLines(mergeRuns(running, model.federation));
}

/** Random federations that run to their end: their trace in one host, and how to spread them. */
function* federations(count: number) {
  for (let seed = 1, found = 0; found < count; seed++) {
    const model = () => modelOf(sketchFederation(seed));
    const run = runInOneHost(model());
    if (run.fault !== undefined) continue;
    found++;
    yield { seed, model, lines: runLines(run), spread: chooseSpread(model(), seed) };
  }
}

describe("a run behind a broker", () => {
  const kinds: [string, (host: number) => Transport, number][] = [
    ["by calls in one process", () => "calls", 150],
    ["over sockets", () => "socket", 60],
    ["with one host inside the broker's process and the others over sockets", h => (h === 0 ? "calls" : "socket"), 60],
  ];
  for (const [name, transportOf, count] of kinds) {
    it(`gives the trace of one host, ${name}: ${count} random federations`, async () => {
      for (const { seed, model, lines, spread } of federations(count)) {
        assert.deepEqual(await runBehindBroker(model(), spread, transportOf), lines, `seed ${seed}`);
      }
    });
  }
});
