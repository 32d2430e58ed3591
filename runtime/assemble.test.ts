import assert from "node:assert/strict";
import { z } from "zod";
import { assemble, defineFederate, type AnyFederate, type CaseShape, type FederateEntry } from "./index.js";

const source = defineFederate({
  params: z.strictObject({ level: z.number().positive() }),
  inputs: {},
  outputs: {
    power: { type: "number", unit: "kW" },
    flag: { type: "boolean" },
    vector: { type: "vector", elements: ["a", "b"] },
    early: { type: "number", unit: "kW", starts: true },
  },
  check: ({ level }) =>
    level > 100 ? [{ path: "params.level", problem: "Too high.", cure: "Give at most 100." }] : [],
  create: () => ({ state: {}, outputs: { early: 0 } }),
  step: () => undefined,
});

const sink = defineFederate({
  params: z.strictObject({}),
  inputs: {
    power: { type: "number", unit: "kW" },
    vector: { type: "vector", elements: ["a", "b"], optional: true },
    price: { type: "number", unit: "USD/kWh", initial: 0 },
  },
  outputs: {},
  create: () => ({ state: {} }),
  step: () => undefined,
});

const kinds: Record<string, unknown> = { source, sink };

function load(use: string): Promise<AnyFederate> {
  if (Object.hasOwn(kinds, use)) return Promise.resolve(kinds[use] as AnyFederate);
  return Promise.reject(new Error(`There is no kind "${use}".`));
}

interface Change {
  readonly source?: Partial<FederateEntry>;
  readonly sink?: Partial<FederateEntry>;
  readonly links?: CaseShape["links"];
  readonly until?: string;
}

async function faultsOf({
  source: a,
  sink: b,
  links = ["a.power -> b.power"],
  until = "1h",
}: Change): Promise<string[]> {
  const shape: CaseShape = {
    name: "assembled",
    start: "2020-01-01T00:00:00Z",
    until,
    federates: {
      a: { use: "source", params: { level: 1 }, period: "1s", ...a },
      b: { use: "sink", period: "1s", ...b },
    },
    links,
  };
  const { faults, assembly } = await assemble(shape, ".", load);
  assert.equal(assembly === undefined, faults.length > 0);
  for (const { cure } of faults) assert.ok(cure.length > 0);
  return faults.map(({ path, problem }) => `${path}: ${problem}`);
}

describe("the assembly of a case", () => {
  it("finds nothing wrong with a sound case", async () => {
    assert.deepEqual(await faultsOf({}), []);
    assert.deepEqual(await faultsOf({ links: [{ from: "a.early", to: "b.power", delay: "1s" }] }), []);
  });

  it("refuses types, units and elements that differ; nothing is converted in silence", async () => {
    const found = await faultsOf({
      links: ["a.power -> b.power", "a.flag -> b.price", "a.power -> b.price", "a.vector -> b.vector"],
    });
    assert.match(found.join("\n"), /links\[1\]: a\.flag is boolean, b\.price takes number/);
    assert.match(found.join("\n"), /links\[2\]: a\.power is in "kW", b\.price takes "USD\/kWh"/);
    assert.ok(!found.some(fault => fault.startsWith("links[3]")));
  });

  it("refuses a required input without a link, and one that would run without a value", async () => {
    assert.deepEqual(await faultsOf({ links: [] }), ["federates.b.inputs.power: b.power is required and has no link."]);
    const late = /b\.power has no value until the first item of a\.power has come/;
    assert.match((await faultsOf({ links: [{ from: "a.power", to: "b.power", delay: "1s" }] }))[0], late);
    assert.match((await faultsOf({ source: { offset: "5s" } }))[0], late);
  });

  it("reports faults of kinds, parameters, times and links together, each with its path", async () => {
    const found = await faultsOf({
      source: { params: { level: -1, lvel: 2 }, period: "soon" },
      sink: { use: "sinc" },
      links: ["a.power => b.power"],
      until: "tomorrow",
    });
    const paths = found.map(fault => fault.slice(0, fault.indexOf(": ")));
    assert.deepEqual(paths.sort(), [
      "federates.a.params.level",
      "federates.a.params.lvel",
      "federates.b.use",
      "links[0]",
      "until",
    ]);
    assert.match(
      (await faultsOf({ source: { params: { level: 101 } } }))[0],
      /^federates\.a\.params\.level: Too high\./,
    );
  });

  it("looks at links between sound federates even when another one cannot be loaded", async () => {
    const found = await faultsOf({ sink: { use: "sinc" }, links: ["a.powr -> b.power", "a.power -> c.power"] });
    assert.equal(found.length, 2);
    assert.match(found[1], /^links\[1\]: There is no federate for "c\.power"/);
  });

  it("names a misspelt federate or port, and those that there are", async () => {
    const found = await faultsOf({ links: ["a.power -> b.power", "a.powr -> b.price", "c.power -> b.price"] });
    assert.match(found.join("\n"), /"a" has no output "powr"; it has power, flag, vector, early/);
    assert.match(found.join("\n"), /There is no federate for "c\.power"/);
  });
});
