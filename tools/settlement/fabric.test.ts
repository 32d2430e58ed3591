import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPrograms } from "../../fabric-network/host/programs.js";
import { readText } from "../../testing/case-runner.js";
import { resetNetwork, startNetwork } from "../../fabric-network/network.js";
import { launch, requireSameResults, runKilled, runWhole, succeed } from "./testing/killed-run.js";

/** Kills of each run; a soak sets more. */
const KILLS = Number(process.env.GRIDLOOM_KILLS ?? 2);

describe("a run whose rounds go to a Fabric network", function () {
  this.timeout(60_000 * (2 * KILLS + 10));
  let folder = "";
  const network = () => join(folder, "network", "summary.json");

  before(async function () {
    const found = findPrograms();
    if ("missing" in found) {
      console.log("      skipped: runs on a native network: no programs of Fabric in FABRIC_BIN");
      this.skip();
    }
    folder = await mkdtemp(join(tmpdir(), "gridloom-run-on-fabric-"));
    await startNetwork({ state: join(folder, "network"), mode: "native" });
    runWhole(folder, "--ledger", "embedded");
  });

  after(async () => {
    if (folder === "") return;
    await resetNetwork(join(folder, "network"));
    await rm(folder, { recursive: true, force: true });
  });

  for (const driver of ["gateway", "fabric-network"]) {
    it(`has the results and the receipts of the embedded ledger (${driver})`, () => {
      succeed(folder, ...launch(driver, ["--ledger", driver, "--network", network()]));
      requireSameResults(folder, driver);
    });

    it(`loses no round and settles none twice when it is killed (${driver})`, async () => {
      const request = { name: `${driver}-killed`, kills: KILLS };
      const kills = await runKilled(folder, request, "--ledger", driver, "--network", network());
      console.log(`      ${kills} kills`);
    });
  }

  it("moves power only with what is committed there (binding)", () => {
    succeed(folder, "generate", "pet", "--houses", "6", "--settle", "binding", "--out", "bound");
    const options = ["--until", "3h", "--network", network()];
    for (const ledger of ["embedded", "gateway"])
      succeed(folder, "launch", "bound", "--out", `bound-${ledger}`, "--ledger", ledger, ...options);
    for (const file of ["summary.json", "house_pet_metrics.json"])
      assert.equal(readText(folder, `bound-gateway/${file}`), readText(folder, `bound-embedded/${file}`), file);
    succeed(folder, "ledger", "verify", "bound-gateway");
  });
});
