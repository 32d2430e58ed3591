import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPrograms } from "./programs.js";

describe("the programs of Fabric", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "programs-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const put = (...names: readonly string[]) => {
    for (const name of names) writeFileSync(join(folder, name), "", { mode: 0o755 });
  };

  it("are named when they are missing", () => {
    put("peer", "orderer");
    assert.deepEqual(findPrograms({ FABRIC_BIN: folder, PATH: "" }), {
      missing: ["configtxgen", "cryptogen", "osnadmin"],
    });
  });

  it("come from FABRIC_BIN before the search path, and the place is told", () => {
    put("peer", "orderer", "configtxgen", "cryptogen", "osnadmin");
    const found = findPrograms({ FABRIC_BIN: folder, PATH: "/nowhere" });
    assert.ok(!("missing" in found));
    assert.equal(found.source, `FABRIC_BIN (${folder})`);
    assert.equal(found.path("peer"), join(folder, "peer"));
    assert.equal(found.path("/usr/bin/node"), "/usr/bin/node");
    const onPath = findPrograms({ PATH: folder });
    assert.ok(!("missing" in onPath));
    assert.equal(onPath.source, "the search path");
  });

  it("need the right to be run", () => {
    writeFileSync(join(folder, "peer"), "", { mode: 0o644 });
    const found = findPrograms({ FABRIC_BIN: folder, PATH: "" });
    assert.ok("missing" in found && found.missing.includes("peer"));
  });
});
