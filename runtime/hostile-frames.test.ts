import assert from "node:assert/strict";
import { createConnection } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { Dealer } from "zeromq";
import { requirePlan } from "../broker/core/index.js";
import { Dice } from "../broker/core/oracle/dice.js";
import { mergeRuns, runInOneHost } from "../broker/core/oracle/host-runners.js";
import { modelOf, sketchFederation } from "../broker/core/oracle/sketch.js";
import { runLines } from "../broker/core/oracle/text.js";
import type { Broker, Cuts } from "../broker/server/index.js";
import { encodeFrame } from "../broker/wire/protocol.js";
import { anyFrame } from "../broker/wire/testing/frames.js";
import { runHost, startTestBroker } from "./testing/broker-run.js";
import { ModelHost } from "./testing/model-host.js";

const FRAMES = 100_000;
const CONNECTIONS = 20;
const RAW_CONNECTIONS = 300;

/** Real frames, cut ones, changed ones and noise; no frame holds the run's token. */
function hostileFrames(): (dice: Dice) => Uint8Array {
  const real = fc.sample(anyFrame, { numRuns: 2000, seed: 1 }).map(frame => encodeFrame(frame));
  return dice => {
    const bytes = Uint8Array.from(dice.pick(real));
    const way = dice.roll(4);
    if (way === 0) return bytes;
    if (way === 1) return bytes.subarray(0, dice.roll(bytes.length));
    if (way === 2) return Uint8Array.from({ length: dice.roll(200) }, () => dice.roll(256));
    for (let k = 0; k < 3; k++) bytes[dice.roll(bytes.length)] = dice.roll(256);
    return bytes;
  };
}

/** Sends frames over connections that never join, some of them in several parts; calls back after each. */
async function sendFrames(broker: Broker, onSent: () => void): Promise<void> {
  const dice = new Dice(7);
  const next = hostileFrames();
  const before = broker.status().refusedFrames;
  for (let connection = 0; connection < CONNECTIONS; connection++) {
    const socket = new Dealer({ linger: 5000 });
    socket.connect(broker.address.endpoint);
    const answers = (async () => {
      for await (const answer of socket) void answer;
    })();
    for (let k = 0; k < FRAMES / CONNECTIONS; k++) {
      const frame = next(dice);
      await socket.send(dice.chance(2) ? [frame, next(dice)] : frame);
      onSent();
    }
    const all = before + ((connection + 1) * FRAMES) / CONNECTIONS;
    for (let waits = 0; waits < 1000 && broker.status().refusedFrames < all; waits++) await sleep(5);
    socket.close();
    await answers;
  }
}

/** Bytes that are no ZMTP at all, or only its beginning. */
async function sendRawBytes({ address }: Broker): Promise<void> {
  const dice = new Dice(11);
  const port = Number(address.endpoint.split(":").at(-1));
  const greeting = Buffer.from(
    `ff00000000000000017f0300${Buffer.from("NULL").toString("hex")}${"00".repeat(48)}`,
    "hex",
  );
  for (let k = 0; k < RAW_CONNECTIONS; k++) {
    const noise = Buffer.from(Array.from({ length: dice.roll(2000) }, () => dice.roll(256)));
    const web = Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const huge = Buffer.concat([greeting, Buffer.from("027fffffffffffffff", "hex"), noise]);
    const bytes = dice.pick([noise, web, greeting.subarray(0, dice.roll(64)), Buffer.concat([greeting, noise]), huge]);
    await new Promise<void>(resolve => {
      const socket = createConnection(port, "127.0.0.1", () => socket.end(bytes));
      socket
        .on("error", () => undefined)
        .on("close", () => {
          resolve();
        });
      setTimeout(() => socket.destroy(), 30).unref();
    });
  }
}

describe("a broker under fire", () => {
  it(`gives the same run while ${FRAMES} hostile frames and ${RAW_CONNECTIONS} raw connections come from strangers`, async () => {
    const seed = 5;
    const model = modelOf(sketchFederation(seed));
    const truth = runInOneHost(modelOf(sketchFederation(seed)));
    assert.equal(truth.fault, undefined);
    const plan = requirePlan(model.federation);
    let sent = 0;
    let allTaken = false;
    const isOver = (share: number) => sent >= share * FRAMES && (share < 1 || allTaken);
    const cuts: Cuts = {
      next: after => after + 1,
      async reach(time) {
        while (!isOver(time / plan.until)) await sleep(1);
      },
    };
    const hosts = plan.federates.map(({ shape: { name } }, f) => ({ name, federates: [f] }));
    const broker = await startTestBroker({ plan, hosts, cuts });
    const running = hosts.map(({ federates }) => new ModelHost(model, federates));
    const over = Promise.all([
      broker.done,
      ...running.map((host, h) =>
        runHost(broker, host, { name: hosts[h].name, transport: h === 0 ? "calls" : "socket" }),
      ),
    ]);
    await sendRawBytes(broker);
    const { refusedFrames: raw } = broker.status();
    await sendFrames(broker, () => sent++);
    const { refusedFrames, state } = broker.status();
    allTaken = true;
    await over;
    console.log(
      `      ${sent} frames sent, ${refusedFrames - raw} refused, ${raw} more out of raw bytes; the run was "${state}" at the last of them`,
    );
    assert.ok(state === "running" || state === "cut");
    assert.ok(refusedFrames - raw >= FRAMES);
    assert.deepEqual(runLines(mergeRuns(running, model.federation)), runLines(truth));
  });
});
