import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readText, withFolder } from "../../testing/case-runner.js";
import { gridloom } from "../testing/gridloom.js";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../main.js", import.meta.url));
/** Kills of the run; a soak sets more. */
const KILLS = Number(process.env.GRIDLOOM_KILLS ?? 5);
const RESULTS = ["summary.json", "auction_pet_metrics.json", "ledger_pet_metrics.json", "events.jsonl"];

/** Begins or goes on with a run, and kills it after some time; true when it had ended before. */
async function runAndKill(folder: string, args: readonly string[], milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, stdio: "ignore" });
  const ended = new Promise<boolean>(resolve => child.once("exit", (_, signal) => resolve(signal === null)));
  void pause(milliseconds).then(() => child.kill("SIGKILL"));
  return await ended;
}

describe("a run that settles its rounds and is killed", function () {
  this.timeout(60_000 * (KILLS + 5));

  it("loses no round, settles none twice, and has the results of one that was never killed", () =>
    withFolder(async folder => {
      const launch = ["launch", "case", "--until", "12h", "--ledger", "embedded", "--checkpoint-every", "1h"];
      assert.equal(gridloom(folder, "generate", "pet", "--houses", "6", "--out", "case").code, 0);
      const startedAt = performance.now();
      assert.equal(gridloom(folder, ...launch, "--out", "whole").code, 0);
      const wholeMs = performance.now() - startedAt;
      let kills = 0;
      let isDone = await runAndKill(folder, [...launch, "--out", "killed"], wholeMs * 0.6);
      for (; !isDone && kills < KILLS - 1; kills++) {
        const share = 0.35 + (0.5 * ((kills * 7919) % 101)) / 101;
        isDone = await runAndKill(folder, ["resume", "killed"], wholeMs * share);
      }
      if (!isDone) assert.equal(gridloom(folder, "resume", "killed").code, 0);
      for (const name of RESULTS)
        assert.equal(readText(folder, `killed/${name}`), readText(folder, `whole/${name}`), name);
      const verified = gridloom(folder, "ledger", "verify", "killed", "--json");
      assert.equal(verified.code, 0, verified.stdout);
      const { settledRounds } = JSON.parse(verified.stdout) as { settledRounds: number };
      assert.equal(settledRounds, 144);
      assert.ok(existsSync(join(folder, "killed/ledger/blocks.log")));
      console.log(`      ${kills + 1} kills, 144 rounds, ledger in order`);
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
