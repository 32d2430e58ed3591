import { z } from "zod";
import type { DemandBid } from "../../models/index.js";
import { defineFederate, readJsonFile } from "../../runtime/index.js";
import { createBulk, dispatch, flow, setLoads, type BulkFile } from "./bulk-system.js";

const params = z.strictObject({
  /** File beside the case: the system, its load profile, its outages and its feeder. */
  system: z.string(),
});

/** The transmission grid: a DC optimal power flow every few minutes, an AC power flow at every step. */
export default defineFederate({
  doc: "A bulk power system that prices energy and sets the feeder's voltage.",
  params,
  inputs: {
    distributionLoad: { type: "complex", unit: "VA", doc: "What one feeder takes at its substation." },
    bid: { type: "json", optional: true, doc: "Aggregated demand of one feeder, a `DemandBid` in MW and USD/MWh." },
  },
  outputs: {
    lmp: { type: "number", unit: "USD/kWh", starts: true, doc: "Locational marginal price at the feeder's bus." },
    sourceVoltage: { type: "number", unit: "V", starts: true, doc: "Line to neutral, at the feeder's substation." },
    bus: { type: "vector", elements: ["LMP_P", "LMP_Q", "PD", "QD", "Vang", "Vmag"] },
    generatorPower: { type: "vector", unit: "MW" },
    generatorReactivePower: { type: "vector", unit: "MVAr" },
    losses: { type: "number", unit: "MW" },
    converged: { type: "number", unit: "1", doc: "1 when the power flow converged." },
  },
  create(settings, context) {
    const file = readJsonFile(context.folder, settings.system) as BulkFile;
    const state = createBulk(file, context.behaviour);
    return { state, outputs: { lmp: file.initialPriceUsdPerKwh, sourceVoltage: state.sourceVoltageV } };
  },
  step(state, { seconds, inputs }) {
    const feederMw = (inputs.distributionLoad.re * state.feeder.scale) / 1e6;
    setLoads(state, seconds);
    if (seconds >= state.nextDispatchSeconds)
      dispatch(state, { seconds, feederMw, bid: inputs.bid as DemandBid | undefined });
    flow(state, feederMw);
    const { price, busRow, outputMw, outputMvar, lossMw, sourceVoltageV } = state;
    return {
      outputs: {
        lmp: price / 1000,
        sourceVoltage: sourceVoltageV,
        bus: busRow,
        generatorPower: outputMw,
        generatorReactivePower: outputMvar,
        losses: lossMw,
        converged: 1,
      },
    };
  },
});
