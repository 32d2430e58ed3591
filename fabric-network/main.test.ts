import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LAYOUT } from "./layout.js";

const PROGRAM = join(dirname(fileURLToPath(import.meta.url)), "main.js");

describe("the network's program", () => {
  let state: string;
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), "network-"));
  });
  afterEach(() => {
    rmSync(state, { recursive: true });
  });

  const run = (...args: readonly string[]) => {
    const env = { HOME: process.env.HOME, PATH: "/nowhere" };
    return spawnSync(process.execPath, [PROGRAM, ...args, "--state", state], { encoding: "utf8", env });
  };

  it("ends with 3 and one sentence where there is neither Docker nor Fabric", () => {
    for (const mode of ["auto", "native", "docker"]) {
      const { status, stdout, stderr } = run("start", "--mode", mode);
      assert.equal(status, 3, stderr);
      assert.equal(stdout, "");
      assert.match(stderr, /^There is neither Docker .*--ledger embedded.*FABRIC_BIN\.[^\n]*\n$/);
    }
  });

  it("ends with 2 when it is asked for what there is not", () => {
    const cases = [
      ["start", "--mode", "cloud"],
      ["start", "--profile", "big"],
      ["dance"],
      ["kill"],
      ["start", "--speed", "9"],
    ];
    for (const args of cases) {
      const { status, stderr } = run(...args);
      assert.equal(status, 2, args.join(" "));
      assert.doesNotMatch(stderr, /\n {4}at /);
    }
  });

  it("does not turn a network into one of another profile", () => {
    const setup = { mode: "native", profile: "dev", project: "gridloom-1", ports: [], secret: "s" };
    writeFileSync(join(state, LAYOUT.setup), JSON.stringify(setup));
    const { status, stderr } = run("start", "--profile", "ha");
    assert.equal(status, 2);
    assert.match(stderr, /holds a network of mode native and profile dev\. Run reset\.sh first/);
  });

  it("has nothing to stop or reset where nothing was started", () => {
    for (const command of ["stop", "reset"]) assert.equal(run(command).status, 0);
    assert.match(run("status").stderr, /holds no network\. Run start\.sh first/);
    assert.match(run("--help").stdout, /start \[--mode auto\|docker\|native\]/);
  });
});
