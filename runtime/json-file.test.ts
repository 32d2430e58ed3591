import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readJsonFile, readJsonParts } from "./json-file.js";

describe("a JSON file beside a case", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "gridloom-json-"))));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const refusal = (text: string, message: RegExp) => {
    writeFileSync(join(folder, "x.json"), text);
    const read = () => readJsonParts<{ site: object; houses: object }>(folder, "x.json", ["site", "houses"]);
    assert.throws(read, { code: "COSIM_DATA_INVALID", message });
  };

  it("is named when it is not there, is a folder, or is no JSON", () => {
    assert.throws(() => readJsonFile(folder, "none.json"), /none\.json cannot be read: it does not exist\.$/);
    assert.throws(() => readJsonFile(folder, "."), /cannot be read: it is a folder\.$/);
    refusal('{ "a": ', /x\.json:1:8: the text ends too early; this is no JSON\.$/);
  });

  it("is named with the parts that it lacks", () => {
    refusal('{ "site": {} }', /x\.json has no "houses"\.$/);
    for (const text of ["null", "3", "[]", '{ "site": 1, "houses": null }'])
      refusal(text, /x\.json has no "site", "houses"\.$/);
  });

  it("is read whole when it has them", () => {
    writeFileSync(join(folder, "x.json"), '{ "site": {}, "houses": [], "more": 1 }');
    assert.deepEqual(readJsonParts(folder, "x.json", []), { site: {}, houses: [], more: 1 });
  });
});
