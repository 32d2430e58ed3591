import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../index.js";
import { withFolder } from "../../testing/case-runner.js";
import preset from "./index.js";
import type { EvOptions } from "./options.js";
import { drawVehicles } from "./mobility.js";

type Row = readonly number[];
type Windows = readonly (readonly [time: string, objects: Readonly<Record<string, Row>>])[];

const DEFAULTS: EvOptions = {
  ...{ houses: 30, evs: 30, pvs: 30, gridCapKw: 200, evBuyIqrRatio: 0.3, wholeOrders: false },
  ...{ days: 1, step: 15, behaviour: "corrected", seed: 0, settle: undefined },
};

interface Ran {
  readonly summary: Readonly<Record<string, number>>;
  windows(name: string): Windows;
}

async function runFor<T>(until: string, change: Partial<EvOptions>, look: (ran: Ran) => T): Promise<T> {
  return await withFolder(async folder => {
    const { case: shape, files } = await preset.generate({ ...DEFAULTS, ...change });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const out = join(folder, "run");
    const { summary } = await run({ ...shape, until, record: "metrics" }, { folder, out });
    const windows = (name: string) => {
      const all = JSON.parse(readFileSync(join(out, `${name}_ev_metrics.json`), "utf8")) as Record<string, never>;
      return Object.entries(all).filter(([key]) => /^\d+$/.test(key));
    };
    return look({ summary: summary as Record<string, number>, windows });
  });
}

const REAL_ENERGY = 8;
const ENERGY_BALANCE = 18;

/** Mean squared degrees above the set-point, the study's measure of discomfort. */
function squaredExcess(windows: Windows): number {
  const squares = windows.flatMap(([, houses]) => Object.values(houses).map(row => Math.max(row[8] - row[9], 0)));
  return squares.reduce((sum, excess) => sum + excess * excess, 0) / squares.length;
}

/** Largest mean power of the houses' meters in a window, kW. */
function largestPurchaseKw(windows: Windows): number {
  const sums = windows.map(([, meters]) =>
    Object.entries(meters).reduce((sum, [name, row]) => sum + (name.startsWith("F0_tpm") ? row[2] / 1000 : 0), 0),
  );
  return Math.max(...sums);
}

describe("the case with vehicles", function () {
  this.timeout(240_000);

  it("balances its energy in every window, and every vehicle's charge over the run", async () => {
    await runFor("36h", { days: 2, gridCapKw: 100 }, ({ summary, windows }) => {
      const shares = windows("substation").map(([, { network_node: row }]) =>
        Math.abs(row[ENERGY_BALANCE] / row[REAL_ENERGY]),
      );
      console.log(`      worst balance of a window ${(100 * Math.max(...shares)).toExponential(1)} % (bound 0.5 %)`);
      assert.ok(shares.length === 432 && Math.max(...shares) < 0.005);
      const { vehicles } = drawVehicles({
        owners: Object.keys(windows("house")[0][1]),
        days: 2,
        seed: 0,
        firstWeekday: 1,
      });
      const chargers = windows("evchargerdet");
      let worst = 0;
      for (const { house, capacityKwh, stateOfCharge } of vehicles) {
        const sum = (place: number) => chargers.reduce((total, [, rows]) => total + rows[house][place], 0);
        const last = chargers[chargers.length - 1][1][house][5] / 100;
        const expected = stateOfCharge * capacityKwh + sum(7) - sum(6);
        worst = Math.max(worst, Math.abs(expected - last * capacityKwh));
      }
      const lastKwh = 0.001 + summary.missingDrivingEnergyKwh + (5 * 300) / 3600;
      console.log(`      vehicles: worst difference of charge and energy ${worst.toFixed(4)} kWh`);
      assert.ok(worst <= lastKwh, `the last window's mean may differ by half a window at 5 kW: ${lastKwh}`);
    });
  });

  it("keeps the houses' purchases at the grid's cap; the cap costs comfort, and panels give some of it back", async () => {
    const look = ({ summary, windows }: Ran) => ({
      excess: squaredExcess(windows("house")),
      purchaseKw: largestPurchaseKw(windows("billing_meter")),
      price: summary.meanClearingPriceUsdPerKwh,
    });
    const alone = { evs: 0, pvs: 0 };
    const free = await runFor("24h", { ...alone, gridCapKw: 5000 }, look);
    const capped = await runFor("24h", { ...alone, gridCapKw: 100 }, look);
    const sunny = await runFor("24h", { evs: 0, pvs: 30, gridCapKw: 100 }, look);
    for (const [name, { excess, purchaseKw, price }] of Object.entries({ free, capped, sunny }))
      console.log(
        `      ${name}: T² ${excess.toFixed(2)} °F², ${price.toFixed(5)} USD/kWh, at most ${purchaseKw.toFixed(1)} kW`,
      );
    // Cooling follows the voltage and the weather within a period; orders do not.
    assert.ok(free.purchaseKw > 110 && capped.purchaseKw < 103 && sunny.purchaseKw < 103);
    assert.ok(free.excess < sunny.excess && sunny.excess < capped.excess);
    assert.ok(sunny.price < capped.price);
  });

  it("draws its trips from the documented distributions", () => {
    const owners = Array.from({ length: 2000 }, (_, k) => `house_${k}`);
    const { vehicles } = drawVehicles({ owners, days: 5, seed: 7, firstWeekday: 1 });
    const workers = vehicles.filter(vehicle => "driver" in vehicle && vehicle.driver === "full-time worker");
    const share = (part: number, of: number) => part / of;
    const within = (value: number, expected: number, count: number) =>
      Math.abs(value - expected) < 4 * Math.sqrt((expected * (1 - expected)) / count);
    assert.ok(within(share(workers.length, 2000), 0.8, 2000));
    assert.ok(within(share(vehicles.filter(({ capacityKwh }) => capacityKwh === 75).length, 2000), 0.6, 2000));
    const days = workers.flatMap(({ trips }) => trips);
    assert.equal(days.length, 5 * workers.length);
    const hours = (seconds: number) => (seconds % 86_400) / 3600;
    const early = days.filter(({ departS }) => hours(departS) < 8.92).length;
    // Of a normal around 8.92 h, cut at 4 and 12 h: (Φ(0) − Φ(−1.5185)) / (Φ(0.9506) − Φ(−1.5185)).
    assert.ok(within(share(early, days.length), (0.5 - 0.06444) / (0.8291 - 0.06444), days.length));
    const perMile = workers.flatMap(({ trips, capacityKwh }) =>
      trips.map(trip => trip.energyKwh / (capacityKwh === 75 ? 0.28 : 0.25)),
    );
    assert.ok(
      within(share(perMile.filter(miles => miles < Math.exp(3.2)).length, perMile.length), 0.5, perMile.length),
    );
  });

  it("gives every house a vehicle and panels where nothing else is said", async () => {
    const { case: shape } = await preset.generate({ ...DEFAULTS, houses: 3, evs: undefined, pvs: undefined });
    const { owners, houses } = shape.federates.prosumers.params as Record<string, string[]>;
    assert.equal(owners.length, 3);
    assert.deepEqual(owners, houses);
  });

  it("refuses vehicles without homes and panels without roofs", () => {
    assert.throws(() => preset.generate({ ...DEFAULTS, houses: 5, evs: 6, pvs: 7 }), {
      code: "COSIM_OPTION_INVALID",
      message: /--evs is 6, more than the 5 houses.*--pvs is 7/,
    });
  });
});
