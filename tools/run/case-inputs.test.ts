import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { caseSchema } from "../../cases/schema.js";
import { hashInputs, requireSameInputs } from "./case-inputs.js";

describe("the files that a case names", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gridloom-inputs-"));
    writeFileSync(join(folder, "weather.csv"), "time,t\n0,1\n");
    writeFileSync(join(folder, "other.csv"), "not named\n");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const shape = caseSchema.parse({
    format: "gridloom-case/1",
    name: "named",
    start: "2020-01-01T00:00:00Z",
    until: "1h",
    federates: { sky: { use: "player", params: { file: "weather.csv", nested: { list: ["missing.json", "sun"] } } } },
    links: [],
  });

  it("are hashed where they exist, and no others", () => {
    assert.deepEqual(Object.keys(hashInputs({ case: shape, folder })), ["weather.csv"]);
  });

  it("stop a resume when they have changed or gone, by name", () => {
    const then = hashInputs({ case: shape, folder });
    requireSameInputs(then, hashInputs({ case: shape, folder }));
    writeFileSync(join(folder, "weather.csv"), "time,t\n0,2\n");
    assert.throws(() => {
      requireSameInputs(then, hashInputs({ case: shape, folder }));
    }, /weather\.csv changed/);
    rmSync(join(folder, "weather.csv"));
    assert.throws(() => {
      requireSameInputs(then, hashInputs({ case: shape, folder }));
    }, /weather\.csv changed/);
  });
});
