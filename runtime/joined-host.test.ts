import assert from "node:assert/strict";
import { requireAssembly, type Assembly } from "./assemble.js";
import type { CaseShape } from "./case-shape.js";
import { decodeImage, type HostImage } from "./checkpoint.js";
import { CosimError } from "../broker/wire/index.js";
import { LocalHost } from "./local-host.js";
import { SocketLine } from "./socket-line.js";
import { runHost, startTestBroker, type Transport } from "./testing/broker-run.js";
import { discardEffects, loadTicker, tickerCase } from "./testing/ticker.js";

const shape = tickerCase(undefined, 0.02, 0);

async function stateOfOneHost(assembly: Assembly): Promise<unknown[]> {
  const host = new LocalHost(assembly, discardEffects);
  await host.create();
  await host.advance();
  return host.members.map(member => member?.state);
}

interface GroupRun {
  readonly groups: readonly (readonly number[])[];
  readonly transport: Transport;
  readonly image?: HostImage;
  readonly nextCut?: (after: number) => number;
  /** What the hosts saved at each cut. */
  readonly images?: Map<number, Uint8Array[]>;
}

async function statesOfGroups(
  assembly: Assembly,
  { groups, transport, image, nextCut, images }: GroupRun,
): Promise<unknown[]> {
  const hosts = groups.map((federates, h) => ({ name: `host ${h}`, federates }));
  const cuts = nextCut && { next: nextCut, reach: (_time: number, save: () => Promise<void>) => save() };
  const broker = await startTestBroker({ plan: assembly.plan, hosts, cuts });
  const saveImage = (time: number, bytes: Uint8Array) => {
    images?.set(time, [...(images.get(time) ?? []), bytes]);
    return Promise.resolve();
  };
  const running = groups.map(federates => new LocalHost(assembly, discardEffects, federates));
  await Promise.all([
    broker.done,
    ...running.map((host, h) => runHost(broker, host, { name: hosts[h].name, transport, image, saveImage })),
  ]);
  return assembly.members.map((_, f) => running[groups.findIndex(group => group.includes(f))].members[f]?.state);
}

describe("a checkpoint over several hosts", () => {
  for (const transport of ["calls", "socket"] as const) {
    it(`goes on in any grouping as if nothing had happened, by ${transport}`, async () => {
      const assembly = await requireAssembly(shape, ".", loadTicker);
      const truth = await stateOfOneHost(assembly);
      const images = new Map<number, Uint8Array[]>();
      const nextCut = (after: number) => [5000, 10_500, 15_000].find(time => time > after) ?? Infinity;
      const whole = await statesOfGroups(assembly, { groups: [[0, 2], [1]], transport, nextCut, images });
      assert.deepEqual(whole, truth);
      assert.deepEqual([...images.keys()], [5000, 10_500, 15_000]);
      for (const saved of images.values()) {
        for (const groups of [[[0], [1], [2]], [[0, 1, 2]], [[0, 1], [2]]]) {
          const image = Object.assign({}, ...saved.map(decodeImage)) as HostImage;
          assert.deepEqual(await statesOfGroups(assembly, { groups, transport, image }), truth);
        }
      }
    });
  }
});

/** A case whose first federate publishes a text of so many characters. */
function textCase(): CaseShape {
  return { ...shape, until: 0.002 };
}

describe("a host that breaks the rules of the wire", () => {
  it("learns itself that its frame is too large, and the run ends with its name", async () => {
    const assembly = await requireAssembly(textCase(), ".", loadTicker);
    const broker = await startTestBroker({ plan: assembly.plan, hosts: [{ name: "all", federates: [0, 1, 2] }] });
    const host = new LocalHost(assembly, discardEffects);
    host.queue.outbox.push({ source: 0, output: 0, time: -1, phase: 0, sequence: 0, value: "x".repeat(34e6) });
    const over = runHost(broker, host, { name: "all", transport: "socket" });
    await assert.rejects(over, { code: "COSIM_FRAME_TOO_LARGE" });
    await assert.rejects(broker.done, (error: CosimError) => {
      assert.deepEqual([error.code, error.details.party], ["COSIM_FRAME_TOO_LARGE", "all"]);
      return true;
    });
  });

  it("ends the run with its name when it sends noise after it has joined", async () => {
    const assembly = await requireAssembly(textCase(), ".", loadTicker);
    const broker = await startTestBroker({ plan: assembly.plan, hosts: [{ name: "all", federates: [0, 1, 2] }] });
    const { planDigest } = await import("../broker/core/index.js");
    const { join } = await import("./join.js");
    const line = new SocketLine(broker.address);
    const plan = planDigest(assembly.plan);
    await join(line, { kind: "join", version: 1, token: broker.address.token, host: "all", plan, foreign: false });
    await line.send({ kind: "probe" } as never);
    const frame = await line.received.next();
    assert.ok(frame.kind === "fail" && frame.code === "COSIM_FRAME_INVALID" && frame.party === "all");
    line.close();
    await assert.rejects(broker.done, { code: "COSIM_FRAME_INVALID" });
  });
});
