import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../testing/case-runner.js";
import { CaseInvalid, checkCase, readCase, requireCase } from "./check.js";
import type { CaseFile } from "./schema.js";

const good: CaseFile = {
  format: "gridloom-case/1",
  name: "pair",
  start: "2013-07-01T00:00:00-07:00",
  until: "1h",
  federates: { hub: { use: "counter", period: "15s" }, leaf: { use: "echo" } },
  links: ["hub.count -> leaf.in", { from: "leaf.out", to: "hub.echo", delay: 1 }],
};

const pathsOf = async (change: Record<string, unknown>) =>
  (await checkCase({ value: { ...good, ...change }, folder: "." })).faults.map(fault => fault.path);

describe("the check of a case", () => {
  it("passes a good case on as an assembly", async () => {
    const { checked, faults } = await checkCase({ value: good, folder: "." });
    assert.deepEqual(faults, []);
    assert.deepEqual(
      checked?.assembly.members.map(member => member.name),
      ["hub", "leaf"],
    );
    assert.equal(checked?.case.checkpointEvery, "6h");
  });

  const table: [string, Record<string, unknown>, string[]][] = [
    ["an unknown kind", { federates: { ...good.federates, leaf: { use: "ecko" } } }, ["federates.leaf.use"]],
    [
      "a parameter that is not known",
      { federates: { ...good.federates, hub: { use: "counter", period: 15, params: { stride: 2 } } } },
      ["federates.hub.params.stride"],
    ],
    ["an unknown port", { links: [...good.links, "hub.total -> leaf.in"] }, ["links[2]"]],
    ["a cycle within one time", { links: ["hub.count -> leaf.in", "leaf.out -> hub.echo"] }, ["links[1], links[0]"]],
    [
      "faults of the format and of the links together",
      { seed: -1, name: "a b", links: ["hub.x -> leaf.in"] },
      ["name", "seed", "links[0]"],
    ],
    ["format faults alone where the rest cannot be read", { links: 3 }, ["links"]],
  ];
  for (const [name, change, expected] of table) {
    it(`finds ${name}`, async () => {
      assert.deepEqual(await pathsOf(change), expected);
    });
  }

  it("reads a file or the folder that holds case.json, and names what it cannot read", () =>
    withFolder(async folder => {
      writeFileSync(join(folder, "case.json"), JSON.stringify(good));
      assert.deepEqual(readCase(folder).value, good);
      assert.equal(readCase(join(folder, "case.json")).folder, folder);
      assert.throws(() => readCase(join(folder, "none")), {
        code: "COSIM_DATA_INVALID",
        message: /none .*does not exist/,
      });
      mkdirSync(join(folder, "empty"));
      assert.throws(() => readCase(join(folder, "empty")), { code: "COSIM_DATA_INVALID" });
      const bad = { file: "case.json", folder, value: { ...good, seed: 0.5, until: -1 } };
      await assert.rejects(requireCase(bad), (error: unknown) => {
        assert.ok(error instanceof CaseInvalid && error.code === "COSIM_CASE_INVALID");
        assert.match(error.message, /^case\.json has 2 faults:\n {2}until: is -1;.*\n {2}seed: is 0\.5;/);
        return error.faults.length === 2;
      });
    }));
});
