import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { asking, expectedReceipt, roundOf, testMarket } from "../testing/settlements.js";
import { withFolder } from "../testing/toy-ledger.js";
import { openReader } from "./reader.js";
import { verifyFolder } from "./verify.js";

const SETTLER = fileURLToPath(new URL("../testing/settler.fixture.js", import.meta.url));
const TRADES = 3;

/** More of them for a soak: `GRIDLOOM_KILLS=50`. */
const KILLS = Number(process.env.GRIDLOOM_KILLS ?? 10);
const LONGEST_LIFE_MILLIS = 1500;

/** Lets a process settle until it is killed, and returns the rounds that it said were committed. */
async function settleAndDie(folder: string, lifeMillis: number): Promise<ReadonlyMap<number, string>> {
  const child = spawn(process.execPath, [SETTLER, folder, String(TRADES)], { stdio: ["ignore", "pipe", "pipe"] });
  let [text, errors] = ["", ""];
  child.stdout.on("data", chunk => (text += String(chunk)));
  child.stderr.on("data", chunk => (errors += String(chunk)));
  const timer = setTimeout(() => child.kill("SIGKILL"), lifeMillis);
  const [code] = (await once(child, "close")) as [number | null];
  clearTimeout(timer);
  assert.equal(code, null, `the settler ended by itself: ${errors}`);
  const lines = text.split("\n").slice(0, -1);
  return new Map(lines.map(line => [Number(line.slice(0, line.indexOf(" "))), line.slice(line.indexOf(" ") + 1)]));
}

describe("a ledger whose process is killed", () => {
  it(`loses no round and settles none twice, ${KILLS} times`, function () {
    this.timeout(60_000 + KILLS * 10_000);
    return withFolder(async folder => {
      const market = testMarket("feeder", TRADES);
      const said = new Map<number, string>();
      for (let kill = 0; kill < KILLS; kill++) {
        const life = Math.random() * LONGEST_LIFE_MILLIS;
        for (const [period, result] of await settleAndDie(folder, life)) {
          assert.equal(said.get(period) ?? result, result, "a round that was settled before has another receipt");
          said.set(period, result);
        }
        if (said.size === 0) continue;
        assert.deepEqual((await verifyFolder(folder)).faults, []);
      }
      const rounds = Math.max(-1, ...said.keys()) + 1;
      const reader = await openReader(folder);
      for (let period = 0; period < rounds; period++) {
        const receipt = JSON.parse(await reader.query(asking("Receipt", market.name, String(period)))) as unknown;
        assert.deepEqual(receipt, expectedReceipt(market, roundOf(market, period)));
      }
      const audit = JSON.parse(await reader.query(asking("Audit"))) as Readonly<Record<string, string>>;
      await reader.close();
      assert.ok(rounds > 0, "the process was never given the time to settle a round");
      console.log(`      ${KILLS} kills, ${rounds} rounds, audit ${JSON.stringify(audit)}`);
    });
  });
});
