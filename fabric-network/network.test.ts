import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { findImages } from "./host/docker-host.js";
import { findPrograms, hasGo } from "./host/programs.js";
import { runProgram } from "./host/run-program.js";
import { killNode, resetNetwork } from "./network.js";
import { behavesAsNetwork, withNetwork } from "./testing/behaves.js";

const MAIN = join(dirname(fileURLToPath(import.meta.url)), "main.js");
const MINUTES = 60_000;

/** Why there can be no native network here. */
function lacksPrograms(): Promise<string | undefined> {
  const found = findPrograms();
  if ("missing" in found) return Promise.resolve(`no programs of Fabric (${found.missing.join(", ")}) in FABRIC_BIN`);
  return Promise.resolve(hasGo() || found.path("fabric-ca-server") !== "fabric-ca-server" ? undefined : "no Fabric CA");
}

/** Why there can be no network in Docker here; nothing is pulled for a test. */
async function lacksImages(): Promise<string | undefined> {
  const found = await findImages(() => undefined, false);
  return found === undefined ? "no Docker that has the images of Fabric" : undefined;
}

describe("a native network", function () {
  this.timeout(5 * MINUTES);
  const subject = withNetwork("native", "dev", lacksPrograms);

  it("has packages whose ids are those that the peer computes", async () => {
    const { state, summary } = subject();
    const programs = findPrograms();
    assert.ok(!("missing" in programs));
    for (const { name, packageId } of summary.organisations) {
      const file = join(state, "packages", `${name}.tar.gz`);
      const environment = { FABRIC_CFG_PATH: join(state, "nodes", summary.organisations[0].gatewayName) };
      const args = ["lifecycle", "chaincode", "calculatepackageid", file];
      assert.equal((await runProgram(programs.path("peer"), args, { environment })).trim(), packageId);
    }
  });

  it("comes up after starts that were killed at any moment", async () => {
    const { state, again } = subject();
    for (const ms of [150, 400, 800, 1500, 2500]) {
      await resetNetwork(state);
      const start = spawn(process.execPath, [MAIN, "start", "--mode", "native", "--state", state], { stdio: "ignore" });
      await sleep(ms);
      start.kill("SIGKILL");
      if (start.exitCode === null && start.signalCode === null) await once(start, "exit");
      assert.equal((await again()).chaincode.sequence, 1);
    }
  });
});

describe("a native network, again", function () {
  this.timeout(5 * MINUTES);
  behavesAsNetwork(withNetwork("native", "dev", lacksPrograms));
});

describe("a native network with three orderers", function () {
  this.timeout(5 * MINUTES);
  const subject = withNetwork("native", "ha", lacksPrograms);

  it("goes on without any one of them", async () => {
    const { state, summary, client, again } = subject();
    const orderers = summary.nodes.filter(({ name }) => name.startsWith("orderer"));
    assert.equal(orderers.length, 3);
    let slowest = 0;
    for (const { name } of orderers) {
      await killNode(state, name);
      const began = performance.now();
      await client.register(`without-${name}`);
      slowest = Math.max(slowest, performance.now() - began);
      await again();
    }
    console.log(`      slowest commit without one of three orderers: ${(slowest / 1000).toFixed(1)} s`);
    for (const { name } of orderers) assert.ok(await client.knows(`without-${name}`));
  });
});

describe("a network in Docker", function () {
  this.timeout(10 * MINUTES);
  behavesAsNetwork(withNetwork("docker", "dev", lacksImages));
});
