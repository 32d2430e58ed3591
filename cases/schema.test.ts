import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { caseSchemaText } from "./json-schema.js";
import { readBySchema } from "./schema-faults.js";
import type { CaseFile } from "./schema.js";

const good: CaseFile = {
  format: "gridloom-case/1",
  name: "pair",
  start: "2013-07-01T00:00:00-07:00",
  until: "24h",
  federates: { hub: { use: "counter", period: "15s" }, leaf: { use: "echo" } },
  links: ["hub.count -> leaf.in", { from: "leaf.out", to: "hub.echo", delay: 1 }],
};

const faultsOf = (change: Record<string, unknown>) =>
  readBySchema({ ...good, ...change }).faults.map(({ path, problem, cure }) => `${path}: ${problem} ${cure}`);

describe("the case format", () => {
  it("fills in its defaults", () => {
    const { case: read, faults } = readBySchema(good);
    assert.deepEqual(faults, []);
    const defaults = {
      tick: "1us",
      seed: 0,
      behaviour: "corrected",
      checkpointEvery: "6h",
      maxIterations: 100,
      maxActivationsPerSecond: 100000,
    };
    assert.deepEqual(read, { ...good, ...defaults });
  });

  const table: [string, Record<string, unknown>, string[]][] = [
    ["a missing value", { until: undefined }, ["until: is missing. Last simulated time, inclusive."]],
    ["a misspelt key", { sede: 1 }, ['sede: is not part of the format. Did you mean "seed"?']],
    [
      "a misspelt key of a federate",
      { federates: { hub: { use: "counter", perod: "1s" } } },
      ['federates.hub.perod: is not part of the format. Did you mean "period"?'],
    ],
    [
      "a bad duration",
      { until: "1 fortnight" },
      [
        'until: is "1 fortnight"; it takes a duration: "15s", "5m", "24h", "2d" or a number of seconds. Last simulated time, inclusive.',
      ],
    ],
    [
      "a start without its offset from UTC",
      { start: "2013-07-01 00:00:00" },
      [
        'start: is "2013-07-01 00:00:00"; it takes a date and time with its offset from UTC: "2013-07-01T00:00:00-07:00". Wall-clock time of simulated time 0.',
      ],
    ],
    [
      "a link that is none",
      { links: ["hub.count => leaf.in"] },
      [
        'links[0]: is "hub.count => leaf.in"; it takes "federate.output -> federate.input" or an object with from and to. "federate.output -> federate.input", or an object with from and to.',
      ],
    ],
    [
      "a federate's name with a dot",
      { federates: { "a.b": { use: "echo" } } },
      [
        'federates.a.b: "a.b" is no name for a federate: letters, digits, _ and -, beginning with a letter. Rename it, here and in the links.',
      ],
    ],
    [
      "a twin's change that is none",
      { twins: { noMarket: ["until"] } },
      [
        'twins.noMarket[0]: is "until"; it takes "path=value", as --set does. path=value, as --set takes it: federates.houses.params.count=40.',
      ],
    ],
    [
      "another format",
      { format: "x/2" },
      ['format: is "x/2"; it takes "gridloom-case/1". Format and version of this file.'],
    ],
    [
      "several at once",
      { seed: -1, record: "some", until: null },
      [
        'until: is null; it takes a duration: "15s", "5m", "24h", "2d" or a number of seconds. Last simulated time, inclusive.',
        "seed: is -1; too small: expected number to be >=0. Seed of all random streams.",
        'record: is "some"; it takes "all", "metrics", "aggregate" or "none". What the recorders write; everything by default, but aggregates of classes with more than 1,000 objects.',
      ],
    ],
  ];
  for (const [name, change, expected] of table) {
    it(`names ${name}`, () => {
      assert.deepEqual(faultsOf(change), expected);
    });
  }

  it("refuses what is no object", () => {
    assert.equal(readBySchema(3).faults[0].path, "case");
  });

  it("is published as JSON Schema: `gridloom check --schema > cases/case.schema.json`", () => {
    assert.equal(readFileSync(join(process.cwd(), "cases/case.schema.json"), "utf8"), caseSchemaText());
  });
});
