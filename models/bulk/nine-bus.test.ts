import assert from "node:assert/strict";
import { needReference, readReferenceColumns, readReferenceJson, readReferenceRows } from "../../testing/reference.js";
import type { BulkCase, BusKind } from "./case.js";
import { type DemandBid, dispatchableLoad, withOutages } from "./dispatchable-load.js";
import { nineBus } from "./nine-bus.js";
import { type Dispatch, optimalPowerFlow } from "./optimal-power-flow.js";
import { caseOperatingPoint, type PowerFlow } from "./power-flow.js";
import { PowerFlowSolver } from "./power-flow-solver.js";

interface Loads {
  readonly bus5Mw: number;
  readonly bus7Mw: number;
  readonly bus9Mw: number;
}

const noBid: DemandBid = { unresponsiveMw: 0, responsiveMaxMw: 0, degree: 0, c2: 0, c1: 0 };
const outages = [{ unit: 2, fromS: 108_000, toS: 154_800 }];

const withLoads = (bulk: BulkCase, { bus5Mw, bus7Mw, bus9Mw }: Loads): BulkCase => ({
  ...bulk,
  buses: bulk.buses.map(bus => {
    const loadMw = { 5: bus5Mw, 7: bus7Mw, 9: bus9Mw }[bus.number];
    return loadMw === undefined ? bus : { ...bus, loadMw };
  }),
});

const withBid = (bulk: BulkCase, bid: DemandBid): BulkCase => ({
  ...bulk,
  generators: bulk.generators.map((unit, k) => (k === 4 ? dispatchableLoad(unit, bid) : unit)),
});

/** The published operation moves the swing from bus 2 to the emergency unit's bus when unit 2 is dispatched above 180 MW. */
function acCase(bulk: BulkCase, dispatch: Dispatch): BulkCase {
  const moved = dispatch.outputMw[1] >= 180;
  const kinds: Record<number, BusKind> = moved ? { 2: "PV", 9: "swing" } : {};
  return { ...bulk, buses: bulk.buses.map(bus => ({ ...bus, kind: kinds[bus.number] ?? bus.kind })) };
}

function acFlow(bulk: BulkCase, loads: Loads, dispatch: Dispatch): PowerFlow {
  const loaded = withLoads(acCase(bulk, dispatch), loads);
  const outputMw = dispatch.outputMw.map((mw, k) => (k === 4 ? 0 : mw));
  return new PowerFlowSolver(loaded).solve({ ...caseOperatingPoint(loaded), outputMw });
}

describe("nine-bus system against recorded data", () => {
  it("is the recorded case", function () {
    needReference(this);
    const recorded = readReferenceJson<Record<string, Record<string, number | string>[]>>("pemt/bulk-system.json");
    const kinds = ["", "PQ", "PV", "swing"];
    assert.deepEqual(
      nineBus.buses.map(bus => [bus.number, bus.kind, bus.loadMw, bus.loadMvar, bus.voltagePu]),
      recorded.bus.map(row => [row.bus, kinds[Number(row.type)], row.Pd_MW, row.Qd_MVAr, row.Vm_pu]),
    );
    assert.deepEqual(
      nineBus.generators.map(({ bus, minMw, maxMw, minMvar, maxMvar }) => [bus, minMw, maxMw, minMvar, maxMvar]),
      recorded.gen.map(row => [row.bus, row.Pmin_MW, row.Pmax_MW, row.Qmin_MVAr, row.Qmax_MVAr]),
    );
    assert.deepEqual(
      nineBus.generators.map(({ cost: { c2, c1, c0 } }) => [c2, c1, c0]),
      recorded.gencost.map(row => [row.c2_USD_per_MW2h, row.c1_USD_per_MWh, row.c0_USD_per_h]),
    );
    assert.deepEqual(
      nineBus.branches.map(b => [b.from, b.to, b.resistancePu, b.reactancePu, b.chargingPu, b.ratingMva]),
      recorded.branch.map(row => [row.from, row.to, row.r_pu, row.x_pu, row.b_pu, row.rateA_MVA]),
    );
  });

  it("gives the recorded dispatch and AC state at t = 0", function () {
    needReference(this);
    const detail = readReferenceJson<{
      opf_dispatch_MW: Record<"P1" | "P2" | "P3", number>;
      ac_power_flow: Record<"V7_pu" | "angle7_deg" | "loss_MW" | "swing_P2_MW" | "Q1_MVAr", number>;
    }>("pemt/opf-detail-t0.json");
    const metrics = readReferenceColumns("pemt/r2/bulk-metrics.csv.gz");
    const loads = { bus5Mw: 90, bus7Mw: 100, bus9Mw: 125 };
    const dispatch = optimalPowerFlow(withLoads(withBid(nineBus, noBid), loads));
    const flow = acFlow(nineBus, loads, dispatch);
    const recorded = detail.ac_power_flow;
    const pairs: [string, number, number][] = [
      ["V7 pu", flow.voltagePu[6], metrics.bus7_Vmag_pu[0]],
      ["angle 7 deg", (flow.angleRad[6] * 180) / Math.PI, metrics.bus7_Vang_deg[0]],
      ["V7 pu (detail)", flow.voltagePu[6], recorded.V7_pu],
      ["loss MW", flow.lossMw, metrics.sys_Ploss_MW[0]],
      ["loss MW (detail)", flow.lossMw, recorded.loss_MW],
      ["P1 MW", flow.outputMw[0], metrics.gen1_Pgen_MW[0]],
      ["P2 MW", flow.outputMw[1], metrics.gen2_Pgen_MW[0]],
      ["P3 MW", flow.outputMw[2], metrics.gen3_Pgen_MW[0]],
      ["Q1 MVAr", flow.outputMvar[0], metrics.gen1_Qgen_MVAR[0]],
      ["Q2 MVAr", flow.outputMvar[1], metrics.gen2_Qgen_MVAR[0]],
      ["Q3 MVAr", flow.outputMvar[2], metrics.gen3_Qgen_MVAR[0]],
      ["LMP $/kWh", dispatch.priceUsdPerMwh[6] / 1000, metrics["bus7_LMP_P_USD/kwh"][0]],
    ];
    for (const [name, ours, theirs] of pairs) {
      console.log(`      ${name}: off by ${Math.abs(ours - theirs).toExponential(1)} (bound 1e-6)`);
      assert.ok(Math.abs(ours - theirs) <= 1e-6, `${name}: ${ours} instead of ${theirs}`);
    }
  });

  it("gives the eight recorded optimal power flows", function () {
    needReference(this);
    let [price, scarcityPrice, volts] = [0, 0, 0];
    for (const row of readReferenceRows("pemt/opf-vectors.csv")) {
      const at = (name: string) => Number(row[name]);
      const out = at("unit3_out") === 1;
      const bulk = withOutages(nineBus, [{ unit: 2, fromS: 0, toS: 1 }], out ? 0 : 2);
      // Where the largest responsive load was not recorded, it lies above what was served or has no effect.
      const max = row.responsive_max_MW === "" ? at("responsive_MW") || 1.5 : at("responsive_max_MW");
      const degree = at("bid_degree") === 2 ? 2 : 0;
      const bid: DemandBid = {
        ...{ unresponsiveMw: 0, responsiveMaxMw: max, degree },
        ...{ c2: -at("c2_USD_per_MW2h"), c1: at("c1_USD_per_MWh") },
      };
      const loads = { bus5Mw: at("bus5_MW"), bus9Mw: at("bus9_MW") };
      const opfLoads = { ...loads, bus7Mw: at("bus7_csv_MW") + Math.max(at("unresponsive_MW"), at("feeder_MW")) };
      const dispatch = optimalPowerFlow(withLoads(withBid(bulk, degree === 2 ? bid : noBid), opfLoads));
      const flow = acFlow(bulk, { ...loads, bus7Mw: at("bus7_csv_MW") + at("feeder_MW") }, dispatch);
      const off = Math.abs(dispatch.priceUsdPerMwh[6] - at("LMP_USD_per_MWh"));
      if (dispatch.outputMw[3] > 0.01) scarcityPrice = Math.max(scarcityPrice, off);
      else price = Math.max(price, off);
      volts = Math.max(volts, Math.abs(flow.voltagePu[6] - at("V7_pu")));
    }
    console.log(`      LMP within ${price.toFixed(5)} $/MWh (bound 0.001)`);
    console.log(
      `      LMP within ${scarcityPrice.toFixed(5)} $/MWh where unit 4 sets it at 6 $/MWh per MW (bound 0.0035)`,
    );
    console.log(`      V7 within ${volts.toFixed(5)} pu (digits 0.0005)`);
    assert.ok(price <= 0.001 && scarcityPrice <= 0.0035 && volts <= 0.0005);
  });

  it("follows two recorded days: 577 dispatches and 11,521 power flows", function () {
    needReference(this);
    const run = replayTwoDays();
    for (const [name, { worst, bound }] of Object.entries(run))
      console.log(`      ${name} within ${worst.toExponential(2)} (bound ${bound})`);
    for (const [name, { worst, bound }] of Object.entries(run)) assert.ok(worst <= bound, name);
  });
});

/**
 * Bounds are half a unit of the last recorded digit plus what the rounding of the recorded feeder load can do: 0.0005 MW
 * moves the price by 6 $/MWh per MW while unit 4 sets it, by at most 0.17 otherwise.
 */
function replayTwoDays() {
  const series = readReferenceColumns("pemt/r2/bulk.csv.gz");
  const profile = readReferenceColumns("pemt/bulk-load.csv");
  const run = {
    "LMP $/MWh": { worst: 0, bound: 0.001 },
    "LMP $/MWh set by unit 4": { worst: 0, bound: 0.0035 },
    "responsive MW": { worst: 0, bound: 0.005 },
    "V7 pu": { worst: 0, bound: 0.0005 },
    "unit outputs MW": { worst: 0, bound: 0.006 },
  };
  const note = (name: keyof typeof run, off: number) => (run[name].worst = Math.max(run[name].worst, Math.abs(off)));
  let dispatch: Dispatch | undefined;
  series.time_s.forEach((timeS, i) => {
    const row = Math.floor((timeS + 15) / 300) % 288;
    const loads = { bus5Mw: profile.bus5_MW[row], bus7Mw: profile.bus7_MW[row], bus9Mw: profile.bus9_MW[row] };
    const bulk = withOutages(nineBus, outages, timeS);
    const feederMw = series.feeder_MW[i];
    if (dispatch === undefined || (timeS + 15) % 300 === 0) {
      const bus7Mw = loads.bus7Mw + Math.max(series.unresponsive_opf_MW[i], feederMw);
      dispatch = optimalPowerFlow(withLoads(withBid(bulk, recordedBid(series, i)), { ...loads, bus7Mw }));
      const name = dispatch.outputMw[3] > 0.01 ? "LMP $/MWh set by unit 4" : "LMP $/MWh";
      note(name, dispatch.priceUsdPerMwh[6] - series.LMP_P7_USD_per_MWh[i]);
      note("responsive MW", dispatch.outputMw[4] + series.responsive_opf_MW[i]);
    }
    const flow = acFlow(bulk, { ...loads, bus7Mw: loads.bus7Mw + feederMw }, dispatch);
    note("V7 pu", flow.voltagePu[6] - series.V7_pu[i]);
    for (let unit = 0; unit < 4; unit++) note("unit outputs MW", flow.outputMw[unit] - series[`Pgen${unit + 1}_MW`][i]);
  });
  return run;
}

/** The record lacks the largest responsive load: it is 3 MW for the quadratic bid, and what was served of a linear one. */
function recordedBid(series: Record<string, Float64Array>, i: number): DemandBid {
  const [degree, first, second] = [series.degree[i], series.c2[i], series.c1[i]];
  if (degree === 2) return { unresponsiveMw: 0, responsiveMaxMw: 3, degree: 2, c2: -first, c1: second };
  if (degree === 0) return noBid;
  return { unresponsiveMw: 0, responsiveMaxMw: series.responsive_opf_MW[i], degree: 1, c2: 0, c1: first };
}
