import assert from "node:assert/strict";
import { z } from "zod";
import {
  assemble,
  decodeImage,
  defineFederate,
  encodeImage,
  LocalHost,
  requireAssembly,
  type AnyFederate,
  type CaseShape,
  type LinkEntry,
} from "./index.js";

const source = defineFederate({
  params: z.strictObject({}),
  inputs: {},
  outputs: { value: { type: "number" }, note: { type: "message" } },
  create: () => ({ state: { count: 0 } }),
  step(state) {
    state.count++;
    return { outputs: { value: state.count }, messages: [{ output: "note", payload: state.count }] };
  },
});

const sink = defineFederate({
  params: z.strictObject({}),
  inputs: {
    value: { type: "number", wakes: "any", optional: true },
    note: { type: "message", wakes: "any" },
  },
  outputs: {},
  create: () => ({ state: { values: [] as unknown[], notes: [] as unknown[] } }),
  step(state, { time, inputs }) {
    state.values.push([time, inputs.value]);
    for (const { payload } of inputs.note) state.notes.push([time, payload]);
    return undefined;
  },
});

interface Seen {
  values: [number, number][];
  notes: [number, number][];
}

const kinds: Record<string, unknown> = { source, sink };
const load = (use: string) => Promise.resolve(kinds[use] as AnyFederate);
const effects = { openFile: () => assert.fail("no file expected"), log: () => undefined };

function shapeOf(link: Omit<LinkEntry, "from" | "to">, port = "note"): CaseShape {
  return {
    name: "wrapped",
    start: "2020-01-01T00:00:00Z",
    until: 0.0002,
    federates: { a: { use: "source", period: 0.000001 }, b: { use: "sink", startsAt: "1s" } },
    links: [{ from: `a.${port}`, to: `b.${port}`, ...link }],
  };
}

async function run(shape: CaseShape): Promise<Seen> {
  const host = new LocalHost(await requireAssembly(shape, ".", load), effects);
  await host.create();
  await host.advance();
  return host.members[1]?.state as Seen;
}

describe("disturbed links", () => {
  it("lose about the share of items that they are told, the same ones in every run", async () => {
    const shape = shapeOf({ wrap: { use: "loss", params: { probability: 0.25 } } });
    const { notes } = await run(shape);
    const expected = 201 * 0.75;
    assert.ok(Math.abs(notes.length - expected) < 5 * Math.sqrt(201 * 0.25 * 0.75), `${notes.length} of 201`);
    assert.deepEqual(await run(shape), await run(shape));
  });

  it("delay by at least the link's delay and at most the jitter beyond it; nothing is lost but what ends later", async () => {
    const { notes } = await run(shapeOf({ delay: 0.000002, wrap: { use: "jitter", params: { upTo: 0.000005 } } }));
    const delays = notes.map(([time, count]) => time - (count - 1));
    assert.equal(Math.min(...delays), 2);
    assert.equal(Math.max(...delays), 7);
    assert.ok(notes.length >= 201 - 8);
  });

  it("never let a late value overwrite a newer one", async () => {
    const jitter = { delay: 0.000001, wrap: { use: "jitter", params: { upTo: 0.00001 } } };
    const { values } = await run(shapeOf(jitter, "value"));
    assert.ok(values.every(([, value], i) => i === 0 || value >= values[i - 1][1]));
  });

  it("duplicate, add noise and lie", async () => {
    const twice = await run(shapeOf({ wrap: { use: "duplicate", params: { probability: 1 } } }));
    assert.equal(twice.notes.length, 402);
    const lied = await run(shapeOf({ wrap: { use: "byzantine", params: { probability: 1, factor: -2 } } }));
    assert.deepEqual(lied.notes[2], [2, -6]);
    const noisy = await run(shapeOf({ wrap: { use: "noise", params: { deviation: 0 } } }, "value"));
    assert.deepEqual(noisy.values[0], [0, 1]);
  });

  it("can be tapped: the observer gets what the input gets, no more and no less", async () => {
    const shape = shapeOf({ wrap: { use: "loss", params: { probability: 0.5 } } });
    const tapped: CaseShape = {
      ...shape,
      federates: { ...shape.federates, watcher: { use: "sink", startsAt: "1s" } },
      links: [...shape.links, { tap: "a.note -> b.note", to: "watcher.note" }],
    };
    const host = new LocalHost(await requireAssembly(tapped, ".", load), effects);
    await host.create();
    await host.advance();
    const watched = (host.members[2]?.state as Seen).notes;
    assert.deepEqual(watched, (host.members[1]?.state as Seen).notes);
    assert.ok(watched.length > 50 && watched.length < 150);
    assert.deepEqual(watched, (await run(shape)).notes);
    const unknown = await assemble({ ...tapped, links: [{ tap: "a.x -> b.y", to: "watcher.note" }] }, ".", load);
    assert.match(unknown.faults[0].problem, /no link "a\.x -> b\.y" to tap/);
  });

  it("go on with the same draws after a checkpoint", async () => {
    const shape = shapeOf({ delay: 0.000001, wrap: { use: "jitter", params: { upTo: 0.000009 } } });
    const assembly = await requireAssembly(shape, ".", load);
    const first = new LocalHost(assembly, effects);
    await first.create();
    first.queue.release(77, 0);
    await first.advance();
    const second = new LocalHost(assembly, effects);
    await second.create();
    second.restore(decodeImage(encodeImage(first.save())));
    await second.advance();
    assert.deepEqual(second.members[1]?.state, await run(shape));
  });

  it("are refused with the cure when unknown, misfit or delaying a link without delay", async () => {
    const faultOf = async (link: Omit<LinkEntry, "from" | "to">) =>
      (await assemble(shapeOf(link), ".", load)).faults[0];
    assert.match((await faultOf({ wrap: { use: "gremlin" } })).cure, /loss, jitter/);
    assert.equal((await faultOf({ wrap: { use: "loss", params: { probability: 2 } } })).path, "links[0].wrap.params");
    assert.match((await faultOf({ wrap: { use: "jitter", params: { upTo: "1s" } } })).problem, /no delay/);
  });
});
