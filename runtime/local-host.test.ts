import assert from "node:assert/strict";
import { z } from "zod";
import type { Effects } from "./member.js";
import {
  decodeImage,
  defineFederate,
  encodeImage,
  LocalHost,
  requireAssembly,
  type AnyFederate,
  type CaseShape,
} from "./index.js";

const counter = defineFederate({
  params: z.strictObject({ step: z.number() }),
  inputs: { echo: { type: "number", wakes: "any", optional: true } },
  outputs: { count: { type: "number" } },
  create: ({ step }) => ({ state: { count: 0, step, seen: [] as number[] } }),
  step(state, { time, inputs }) {
    if (inputs.echo !== undefined) state.seen.push(inputs.echo);
    if (inputs.echo === state.count || state.count === 0) state.count += state.step;
    return { outputs: { count: state.count }, wakeAt: time + 10 };
  },
});

const echo = defineFederate({
  params: z.strictObject({}),
  inputs: { in: { type: "number", wakes: "any" } },
  outputs: { out: { type: "number" } },
  create: () => ({ state: {} }),
  step: (_state, { inputs }) => ({ outputs: { out: inputs.in } }),
});

const kinds: Record<string, unknown> = { counter, echo };
const load = (use: string) => Promise.resolve(kinds[use] as AnyFederate);
const shape: CaseShape = {
  name: "echo",
  start: "2020-01-01T00:00:00Z",
  until: 0.0001,
  federates: { hub: { use: "counter", params: { step: 2 } }, leaf: { use: "echo", startsAt: "1s" } },
  links: ["hub.count -> leaf.in", { from: "leaf.out", to: "hub.echo", delay: "1us" }],
};
const effects: Effects = { openFile: () => assert.fail("no file expected"), log: () => undefined };

interface Hub {
  count: number;
  seen: number[];
}

describe("a host in one process", () => {
  it("runs a case to its end", async () => {
    const host = new LocalHost(await requireAssembly(shape, ".", load), effects);
    await host.create();
    assert.equal(await host.advance(), true);
    const hub = host.members[0]?.state as Hub;
    assert.equal(hub.count, 202);
    assert.equal(hub.seen.length, 100);
  });

  it("goes on from a checkpoint with the state of a run that never stopped", async () => {
    const assembly = await requireAssembly(shape, ".", load);
    const whole = new LocalHost(assembly, effects);
    await whole.create();
    await whole.advance();
    const first = new LocalHost(assembly, effects);
    await first.create();
    first.queue.release(37, 0);
    await first.advance();
    const second = new LocalHost(assembly, effects);
    await second.create();
    second.restore(decodeImage(encodeImage(first.save())));
    await second.advance();
    assert.deepEqual(second.members[0]?.state, whole.members[0]?.state);
  });

  it("names a federate whose step returns or publishes what it does not declare", async () => {
    const faultOf = async (result: unknown) => {
      const wrong = defineFederate({
        params: z.strictObject({}),
        inputs: {},
        outputs: { n: { type: "number" }, v: { type: "vector", elements: ["a", "b"] }, m: { type: "message" } },
        create: () => ({ state: {} }),
        step: () => result as undefined,
      });
      const alone: CaseShape = { ...shape, federates: { wrong: { use: "wrong" } }, links: [] };
      const host = new LocalHost(
        await requireAssembly(alone, ".", () => Promise.resolve(wrong as unknown as AnyFederate)),
        effects,
      );
      await host.create();
      await host.advance();
    };
    const cases: [unknown, RegExp][] = [
      [null, /wrong returned null from step/],
      ["hello", /wrong returned "hello" from step/],
      [{ outputs: { n: "high" } }, /wrong published at n .* it is no number/],
      [{ outputs: { n: NaN } }, /it is NaN/],
      [{ outputs: { v: Float64Array.of(1) } }, /it has 1 elements instead of 2/],
      [{ outputs: { v: [1, 2] } }, /it is no vector of doubles/],
      [{ outputs: { m: 1 } }, /carries messages/],
      [{ messages: [{ output: "n", payload: 1 }] }, /carries a number/],
      [{ outputs: { x: 1 } }, /"x", which is no output/],
    ];
    for (const [result, message] of cases) {
      await assert.rejects(faultOf(result), (error: Error & { code?: string }) => {
        assert.equal(error.code, "COSIM_OUTPUT_INVALID");
        assert.match(error.message, message);
        return true;
      });
    }
  });
});
