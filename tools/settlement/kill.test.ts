import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../../testing/case-runner.js";
import { gridloom } from "../testing/gridloom.js";
import { ROUNDS, runKilled, runWhole } from "./testing/killed-run.js";

/** Kills of the run; a soak sets more. */
const KILLS = Number(process.env.GRIDLOOM_KILLS ?? 5);

describe("a run that settles its rounds and is killed", function () {
  this.timeout(60_000 * (KILLS + 5));

  it("loses no round, settles none twice, and has the results of one that was never killed", () =>
    withFolder(async folder => {
      runWhole(folder, "--ledger", "embedded");
      const kills = await runKilled(folder, { name: "killed", kills: KILLS }, "--ledger", "embedded");
      assert.ok(existsSync(join(folder, "killed/ledger/blocks.log")));
      console.log(`      ${kills} kills, ${ROUNDS} rounds, ledger in order`);
    }));

  it("has bills that are incomes, fees and rent to the last unit", () =>
    withFolder(folder => {
      gridloom(folder, "generate", "pet", "--houses", "6", "--out", "case");
      assert.equal(gridloom(folder, "launch", "case", "--until", "3h", "--ledger", "embedded", "--out", "run").code, 0);
      const { stdout } = gridloom(folder, "ledger", "statement", "run", "--json");
      const statements = JSON.parse(stdout) as Record<
        "boughtPico" | "soldPico" | "feesPico" | "paidInPico" | "balancePico",
        string
      >[];
      const sum = (key: keyof (typeof statements)[number]) =>
        statements.reduce((total, statement) => total + BigInt(statement[key]), 0n);
      assert.equal(sum("boughtPico"), sum("soldPico"));
      assert.equal(sum("paidInPico"), sum("balancePico"));
      assert.ok(sum("boughtPico") > 0n);
      const exported = gridloom(folder, "ledger", "export", "run", "--json");
      assert.equal(exported.code, 0, exported.stderr);
    }));
});
