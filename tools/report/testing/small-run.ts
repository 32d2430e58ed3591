import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../../../testing/case-runner.js";
import { smallDispatch } from "./small-dispatch.js";

type Cell = (seconds: number, field: number) => unknown;

/** A journal of some windows with one or more objects. */
function journal(
  fields: readonly string[],
  objects: Readonly<Record<string, Cell>>,
  ends: readonly number[] = [300, 600, 900],
): string {
  const Metadata = Object.fromEntries(fields.map((name, index) => [name, { units: "", index }]));
  const header = JSON.stringify({ Metadata, StartTime: "2013-07-01 00:00:00 PDT" });
  const windows = ends.map(t => {
    const rows = Object.entries(objects).map(([name, value]) => [name, fields.map((_, i) => value(t, i))]);
    return JSON.stringify({ [t]: Object.fromEntries(rows) as unknown });
  });
  return [header, ...windows, ""].join("\n");
}

const spread = (name: string) => ["min", "max", "avg"].map(statistic => `${name}_${statistic}`);
const ramp = (t: number, i: number) => t + [0, 20, 10][i % 3];
const constant =
  (...values: readonly unknown[]) =>
  (_: number, i: number) =>
    values[i % values.length];

/** Voltages of a meter, then its bill. */
const meter = (volts: number, billUsd: number) => constant(volts - 1, volts + 1, volts, billUsd);

/** Classes that the plots show, with values that are easily told apart. */
const JOURNALS: Readonly<Record<string, string>> = {
  house: journal([...spread("air_temperature"), ...spread("hvac_load"), ...spread("total_load")], {
    F0_house_A: (t, i) => [70, 80, 75, 0, 4, t / 300, 1, 2, 1.5][i],
    F0_house_B: (_, i) => [72, 90, 85, 0, 0, 0, 1, 2, 1.5][i],
  }),
  comfort: journal(["setpoint_avg", "deadband", "degree_hours_above", "degree_hours_below"], {
    F0_house_A: constant(74, 2, 0, 1),
    F0_house_B: constant(78, 4, 3, 0),
  }),
  battery: journal(spread("state_of_charge"), { F0_house_A: constant(0.2, 0.8, 0.5) }),
  substation: journal([...spread("real_power"), ...spread("real_power_losses"), "energy_balance"], {
    node: (t, i) => 1000 * ramp(t, i),
  }),
  transformer: journal(["trans_overload_perc"], { T1: t => t / 100, T2: () => 0 }),
  bus: journal(["LMP_P"], { 7: t => t / 10000 }),
  auction: journal(["clearing_price", "consumer_surplus", "supplier_surplus"], {
    Market_1: (t, i) => (t === 600 && i === 0 ? null : t / 20000),
  }),
  house_bids: journal(["role"], {
    F0_house_A: t => (t < 900 ? "buyer" : "none-participant"),
    F0_house_B: () => "seller",
  }),
  gen: journal(["Pgen"], { 1: ramp, 2: ramp }),
  inverter: journal(spread("real_power"), { solar_inv_F0_house_A: ramp, batt_inv_F0_house_A: t => -t }),
  billing_meter: journal([...spread("voltage12"), "bill"], {
    F0_tpm_A: meter(240, 2),
    F0_tpm_B: meter(238, -1),
    School: meter(480, 99),
  }),
  eplus: journal(spread("electric_demand_power"), { School: ramp }),
  evchargerdet: journal([...spread("charge_rate"), ...spread("battery_SOC")], { ev_A: ramp }),
  learning: journal(["reward", "critic_loss", "actor_loss", "exploration", "gain"], { agent_1: ramp, agent_2: ramp }),
  packets: journal(
    [
      "requests",
      "accepted",
      "request_ratio",
      "accepted_ratio",
      "request_probability",
      "on_ratio",
      "vpp_power_avg",
      "vpp_power_max",
      "balancing_power",
    ],
    { VPP_0: (t, i) => [9, 6, 0.3, 0.6, 0.4, 0.5, t, t + 10, 500][i] },
  ),
};

const ROUNDS = [300, 600, 900].map(time => ({
  time,
  event: "round",
  clearingPriceUsdPerKwh: time / 20000,
  clearedKw: time / 10,
  unservedKw: time === 900 ? 7 : 0,
  statistics: { meanUsdPerKwh: 0.02, deviationUsdPerKwh: 0.001 },
}));

/** Two books; the second one has demand at any price and a utility's whole offer. */
const BOOKS = [
  {
    time: 300,
    event: "book",
    clearingPriceUsdPerKwh: 0.01,
    clearedKw: 4,
    demand: [[4, 0.02]],
    supply: [[5, 0.01]],
  },
  {
    time: 900,
    event: "book",
    clearingPriceUsdPerKwh: 0.02,
    clearedKw: 8,
    demand: [
      [5, 1],
      [3, 0.03],
      [2, 0.01],
    ],
    supply: [
      [4, 0.012],
      [5000, 0.02],
    ],
  },
];

const MANIFEST = { case: "small <1>", seed: 3, state: "done", simulatedSeconds: 900, wallSeconds: 0.5, version: "0" };
const CASE = {
  start: "2013-07-01T00:00:00-07:00",
  federates: {
    market: { use: "substation", params: { transformerKw: 1000, utilityKw: 5000 } },
    operator: { use: "dispatch-operator", params: { stop: "gap", gap: 0.001 } },
  },
};
const SUMMARY = {
  peakKw: 318.0446,
  energyImportedKwh: 12345.678,
  degreeHoursAboveBandFh: 1.5,
  meanBillUsd: 0.5,
  rangeAViolations: 12,
  clearedKwh: 100,
  settledRounds: 288,
};

/** A run folder with three windows of everything that plots show. */
export async function withSmallRun(use: (folder: string) => Promise<void> | void): Promise<void> {
  await withFolder(async folder => {
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
    };
    for (const [name, text] of Object.entries(JOURNALS)) write(`${name}_small_metrics.jsonl`, text);
    for (const [name, text] of Object.entries(smallDispatch(1))) write(name, text);
    write("manifest.json", JSON.stringify(MANIFEST));
    write("case.json", JSON.stringify(CASE));
    write("summary.json", JSON.stringify(SUMMARY));
    write(
      "events.jsonl",
      `${[...ROUNDS, ...BOOKS].map(round => JSON.stringify(round)).join("\n")}\n{"time":1200,"event":"rou`,
    );
    await use(folder);
  });
}
