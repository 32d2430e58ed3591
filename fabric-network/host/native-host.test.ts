import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Launch } from "../config/launch-plan.js";
import { retry } from "../retry.js";
import type { Host } from "./host.js";
import { nativeHost } from "./native-host.js";

const PROGRAMS = { source: "this test", path: (name: string) => (name === "program" ? process.execPath : name) };

describe("a native host", () => {
  let root: string;
  let plan: Launch[];
  let host: Host;

  /** A node that stays until it is ended; it says that it is there by the file `ready`. */
  const node = (name: string, onTerm: string, version = "1"): Launch => ({
    name,
    program: "program",
    args: [
      "-e",
      `process.on("SIGTERM", () => { ${onTerm} }); require("fs").writeFileSync("ready-${name}", ""); setInterval(() => {}, 1000)`,
    ],
    folder: root,
    environment: { VERSION: version },
  });
  const ready = (name: string) =>
    retry({ what: name, forSeconds: 20, restMs: 20 }, () =>
      existsSync(join(root, `ready-${name}`)) ? Promise.resolve() : Promise.reject(new Error("not there")),
    );

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), "host-"));
    plan = [node("willing", "process.exit()"), node("deaf", "")];
    host = nativeHost(root, PROGRAMS, () => plan);
    await host.up();
    await Promise.all(plan.map(({ name }) => ready(name)));
  });
  afterEach(async () => {
    await host.kill("deaf");
    await host.down();
    rmSync(root, { recursive: true });
  });

  it("starts what does not run and leaves the rest alone", async () => {
    const before = await host.running();
    assert.deepEqual([...before.keys()].sort(), ["deaf", "willing"]);
    await host.kill("willing");
    assert.deepEqual([...(await host.running()).keys()], ["deaf"]);
    await host.up();
    const after = await host.running();
    assert.equal(after.get("deaf"), before.get("deaf"));
    assert.notEqual(after.get("willing"), before.get("willing"));
  });

  it("starts a node anew whose configuration has changed", async () => {
    const before = await host.running();
    plan = [node("willing", "process.exit()", "2"), plan[1]];
    await host.up();
    const after = await host.running();
    assert.notEqual(after.get("willing"), before.get("willing"));
    assert.equal(after.get("deaf"), before.get("deaf"));
  });

  it("ends every node, also one that does not listen", async function () {
    this.timeout(20_000);
    await host.down();
    assert.equal((await host.running()).size, 0);
    await host.down();
  });

  it("gives what a tool wrote, or the lines that say what was wrong", async () => {
    assert.equal((await host.tool("program", ["-e", "console.log(process.cwd())"])).trim(), root);
    const failing = ["-e", 'console.error("Error: no such channel\\nUsage:\\n  peer"); process.exit(1)'];
    await assert.rejects(host.tool("program", failing), /^NetworkError: .* failed: Error: no such channel$/);
    await assert.rejects(host.tool("/no/such/program", []), /ENOENT/);
  });
});
