import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../index.js";
import { withFolder } from "../../testing/case-runner.js";
import { needReference, readReferenceJson } from "../../testing/reference.js";
import preset from "./index.js";
import type { PetBcOptions } from "./options.js";
import { TRADED_BATTERY } from "./storage.js";

type Row = readonly (number | string | boolean)[];
type Metrics = Readonly<Record<string, Readonly<Record<string, Row>>>>;

const DEFAULTS: PetBcOptions = {
  ...{ houses: 30, days: 1, step: 15, strategy: "utility", behaviour: "corrected", seed: 0, settle: undefined },
};

interface Ran {
  readonly summary: Readonly<Record<string, unknown>>;
  metrics(name: string): Metrics;
}

async function runFor<T>(until: string, change: Partial<PetBcOptions>, look: (ran: Ran) => T): Promise<T> {
  return await withFolder(async folder => {
    const { case: shape, files } = await preset.generate({ ...DEFAULTS, ...change });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { folder: out, summary } = await run(
      { ...shape, until, record: "metrics" },
      { folder, out: join(folder, "run") },
    );
    const metrics = (name: string) =>
      JSON.parse(readFileSync(join(out, `${name}_pet-bc_metrics.json`), "utf8")) as Metrics;
    return look({ summary, metrics });
  });
}

const windowsOf = (metrics: Metrics) => Object.entries(metrics).filter(([key]) => /^\d+$/.test(key));

describe("the case with a battery to trade with", function () {
  this.timeout(120_000);

  it("published: every house bids what the recorded one bid in the first rounds, by the recorded rule", async function () {
    needReference(this);
    const recorded = readReferenceJson<Metrics>("pemt/metrics-examples/house_bids_metrics_variant298.json");
    const auctions = readReferenceJson<Metrics>("pemt/metrics-examples/auction_metrics_variant298.json");
    const [bids, rounds] = await runFor("15m", { behaviour: "published" }, ({ metrics }) => [
      metrics("house_bids"),
      metrics("auction"),
    ]);
    let compared = 0;
    for (const [time, houses] of windowsOf(recorded)) {
      for (const [house, [, ...expected]] of Object.entries(houses)) {
        const [, ...ours] = bids[time][house];
        // Quantity, need, role and cover; price and dispatch rest on draws that were not recorded.
        assert.deepEqual(ours.slice(0, 4), expected.slice(0, 4), `${house} at ${time}`);
        compared++;
      }
      for (const [ourBids, ourRounds] of [
        [bids, rounds],
        [recorded, auctions],
      ]) {
        const lowest = Math.min(...Object.values(ourBids[time]).map(([price]) => Number(price)));
        assert.ok(Math.abs(Number(ourRounds[time].Market_1[0]) - (lowest - 1e-4)) < 2e-9, `price at ${time}`);
      }
    }
    console.log(`      ${compared} of ${compared} recorded bids: quantity, need, role and cover are the same`);
    assert.equal(compared, 90);
  });

  for (const behaviour of ["corrected", "published"] as const) {
    it(`${behaviour}: a day's energy is balanced in every window, and charge stays within bounds`, async () => {
      await runFor("24h", { behaviour }, ({ metrics }) => {
        const substation = metrics("substation");
        const place = (name: string) => (substation.Metadata[name] as unknown as { index: number }).index;
        const shares = windowsOf(substation).map(([, { network_node: row }]) =>
          Math.abs(Number(row[place("energy_balance")]) / Number(row[place("real_energy")])),
        );
        console.log(`      worst balance of a window ${(100 * Math.max(...shares)).toExponential(1)} % (bound 0.5 %)`);
        assert.ok(shares.length === 288 && Math.max(...shares) < 0.005);
        const charges = windowsOf(metrics("battery")).flatMap(([, houses]) =>
          Object.entries(houses).filter(([name]) => name.startsWith("storage_")),
        );
        const lowest = Math.min(...charges.map(([, [low]]) => Number(low)));
        const highest = Math.max(...charges.map(([, [, high]]) => Number(high)));
        console.log(`      charge from ${lowest.toFixed(3)} to ${highest.toFixed(3)}`);
        assert.equal(charges.length, 288 * 30);
        // Batteries start at 0.11 to 0.96. Agents know a charge that is up to one step old, in which 3 kW moves 0.0015.
        const oneStep = (3 / 0.81 / TRADED_BATTERY.capacityKwh) * (15 / 3600);
        const band = behaviour === "corrected" ? [0.1 - oneStep, 0.96] : [0, 1];
        assert.ok(lowest >= band[0] && highest <= band[1]);
      });
    });
  }

  it("what a battery took and gave is what its charge moved, within its efficiency", async () => {
    await runFor("24h", {}, ({ metrics }) => {
      const [inverters, batteries] = [windowsOf(metrics("inverter")), windowsOf(metrics("battery"))];
      const { capacityKwh, inverterEfficiency } = TRADED_BATTERY;
      const worst = inverterEfficiency * Math.sqrt(TRADED_BATTERY.roundTripEfficiency);
      let traded = 0;
      for (const name of Object.keys(batteries[0][1]).filter(one => one.startsWith("storage_"))) {
        const house = name.slice("storage_".length);
        let [low, high] = [0, 0];
        for (const [, windows] of inverters) {
          const kwh = (Number(windows[`storage_inv_${house}`][2]) * 300) / 3.6e6;
          // A window may hold both directions for seconds; its mean lies between the two efficiencies all the same.
          low += kwh > 0 ? -kwh / worst : -kwh * worst;
          high += kwh > 0 ? -kwh / inverterEfficiency : -kwh * inverterEfficiency;
          traded += Math.abs(kwh);
        }
        const moved =
          capacityKwh * (Number(batteries[batteries.length - 1][1][name][2]) - Number(batteries[0][1][name][2]));
        assert.ok(moved >= low - 0.3 && moved <= high + 0.3, `${house} moved ${moved}, expected ${low} to ${high}`);
      }
      console.log(`      ${traded.toFixed(0)} kWh through thirty batteries in a day`);
      assert.ok(traded > 30);
    });
  });
});
