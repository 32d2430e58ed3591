import assert from "node:assert/strict";
import { z } from "zod";
import { CosimError } from "../broker/wire/index.js";
import { connect, type Client } from "./client.js";
import type { CaseShape } from "./case-shape.js";
import { defineFederate, requireAssembly, type AnyFederate } from "./index.js";
import { externalFederate } from "./external.js";
import { LocalHost } from "./local-host.js";
import { queryBroker } from "./query.js";
import { runHost, startTestBroker } from "./testing/broker-run.js";
import { discardEffects } from "./testing/ticker.js";
import { valueFaults } from "./value-fault.js";

/** Doubles what it hears and answers every message. */
const doubler = defineFederate({
  params: z.strictObject({}),
  inputs: { in: { type: "number", wakes: "any", initial: 0 }, letters: { type: "message", wakes: "any" } },
  outputs: { out: { type: "number" }, answers: { type: "message" } },
  create: () => ({ state: {} }),
  step: (_state, { time, inputs }) => ({
    outputs: { out: inputs.in * 2 },
    messages: inputs.letters.map(letter => ({ output: "answers" as const, payload: [time, letter.payload] })),
  }),
});

const kinds: Record<string, unknown> = { doubler, external: externalFederate };
const load = (use: string) => Promise.resolve(kinds[use] as AnyFederate);

function caseWith(timing: { period?: string; startsAt?: string }): CaseShape {
  const ports = {
    inputs: { doubled: { type: "number", wakes: "any", initial: -1 }, mail: { type: "message", wakes: "never" } },
    outputs: { number: { type: "number" }, post: { type: "message" } },
  };
  return {
    name: "outside",
    start: "2020-01-01T00:00:00Z",
    until: "100us",
    federates: { probe: { use: "external", params: ports, ...timing }, doubler: { use: "doubler" } },
    links: [
      "probe.number -> doubler.in",
      "probe.post -> doubler.letters",
      { from: "doubler.out", to: "probe.doubled", delay: "3us" },
      { from: "doubler.answers", to: "probe.mail", delay: "1us" },
    ],
  };
}

interface OutsideRun {
  readonly client: Client;
  readonly over: Promise<unknown>;
}

async function startOutside(timing: { period?: string; startsAt?: string } = {}): Promise<OutsideRun> {
  const assembly = await requireAssembly(caseWith(timing), ".", load);
  const hosts = [
    { name: "probe", federates: [0], foreign: true },
    { name: "inside", federates: [1] },
  ];
  const broker = await startTestBroker({ plan: assembly.plan, hosts, valueFault: valueFaults(assembly.members) });
  const inside = runHost(broker, new LocalHost(assembly, discardEffects, [1]), { name: "inside", transport: "calls" });
  inside.catch(() => undefined);
  const client = await connect({ ...broker.address, name: "probe" });
  const over = Promise.all([broker.done, inside]);
  over.catch(() => undefined);
  return { client, over };
}

describe("a federate outside", () => {
  it("is granted the times that it asks for and those at which an input wakes it", async () => {
    const { client, over } = await startOutside();
    const seen: unknown[] = [];
    client.publish("number", 7);
    for (let grant = await client.request(0); grant !== undefined; grant = await client.request(grant.time + 40)) {
      seen.push([grant.time, grant.inputs.doubled, grant.messages.mail.map(letter => letter.payload)]);
      if (grant.time === 40) client.publish("number", 21);
      if (grant.time === 43) client.send("post", "hello");
    }
    await over;
    assert.deepEqual(seen, [
      [0, -1, []],
      [3, 14, []],
      [43, 14, []],
      [46, 14, [[43, "hello"]]],
      [86, 14, []],
    ]);
  });

  it("is granted its period without asking", async () => {
    const { client, over } = await startOutside({ period: "50us" });
    const times: number[] = [];
    for (let grant = await client.request(); grant !== undefined; grant = await client.request())
      times.push(grant.time);
    await over;
    assert.deepEqual(times, [0, 3, 50, 100]);
  });

  it("may leave, and the others go on to the end", async () => {
    const { client, over } = await startOutside();
    await client.request(0);
    client.leave();
    await over;
  });

  for (const [what, code, act] of [
    ["asks for a time that has passed", "COSIM_WAKE_INVALID", (client: Client) => client.request(0)],
    ["asks for no time at all", "COSIM_WAKE_INVALID", (client: Client) => client.request(NaN)],
    [
      "publishes from an output that it does not have",
      "COSIM_OUTPUT_INVALID",
      (client: Client) => publish(client, "nothing", 1),
    ],
    [
      "publishes what its port does not carry",
      "COSIM_OUTPUT_INVALID",
      (client: Client) => publish(client, "number", "seven"),
    ],
    ["sends to a link that it does not have", "COSIM_OUTPUT_INVALID", (client: Client) => send(client, "nobody.in")],
  ] as const) {
    it(`ends the run with its own name when it ${what}`, async () => {
      const { client, over } = await startOutside();
      const failure = (error: CosimError) => error.code === code && error.details.party === "probe";
      await client.request(0);
      await assert.rejects(act(client), failure);
      await assert.rejects(over, failure);
    });
  }

  it("is refused under a name that the run does not know, and without the token", async () => {
    const { plan } = await requireAssembly(caseWith({}), ".", load);
    const broker = await startTestBroker({ plan, hosts: [{ name: "all", federates: [0, 1] }] });
    await assert.rejects(connect({ ...broker.address, name: "probe" }), { code: "COSIM_FEDERATE_UNKNOWN" });
    await assert.rejects(connect({ ...broker.address, token: "guess", name: "probe" }), {
      code: "COSIM_FRAME_INVALID",
    });
    const status = JSON.parse(await queryBroker(broker.address)) as { state: string; refusedFrames: number };
    assert.deepEqual([status.state, status.refusedFrames], ["joining", 2]);
    await stop(broker);
  });

  it("runs behind a broker only", async () => {
    const host = new LocalHost(await requireAssembly(caseWith({}), ".", load), discardEffects);
    await host.create();
    await assert.rejects(host.advance(), { code: "COSIM_FEDERATE_FAILED" });
  });
});

function publish(client: Client, output: string, value: unknown): Promise<unknown> {
  client.publish(output, value);
  return client.request();
}

function send(client: Client, to: string): Promise<unknown> {
  client.send("post", "letter", to);
  return client.request();
}

async function stop(broker: Awaited<ReturnType<typeof startTestBroker>>): Promise<void> {
  broker.fail(new CosimError("COSIM_INTERRUPTED", "The test is over."));
  await assert.rejects(broker.done, { code: "COSIM_INTERRUPTED" });
}
