import { z } from "zod";
import { defineFederate, readJsonFile } from "../../runtime/index.js";
import type { FeederBid } from "../market/market-round.js";
import { createBulk, dispatch, flow, setLoads, type BulkFile } from "./bulk-system.js";

const params = z.strictObject({
  /** File beside the case: the system, its load profile, its outages and its feeder. */
  system: z.string(),
  /** Names of the generators in the system's order. */
  generators: z.array(z.string()).nonempty(),
});

/** The transmission grid: a DC optimal power flow every few minutes, an AC power flow at every step. */
export default defineFederate({
  doc: "A bulk power system that prices energy and sets the feeder's voltage.",
  params,
  inputs: {
    distributionLoad: { type: "complex", unit: "VA", doc: "What one feeder takes at its substation." },
    bid: { type: "json", optional: true, doc: "Aggregated demand of one feeder, a `FeederBid` in MW and USD/MWh." },
  },
  outputs: ({ generators }) => outputsOf({ type: "vector", elements: generators }),
  create(settings, context) {
    const file = readJsonFile(context.folder, settings.system) as BulkFile;
    const state = createBulk(file, context.behaviour);
    return { state, outputs: { lmp: file.initialPriceUsdPerKwh, sourceVoltage: state.sourceVoltageV } };
  },
  step(state, { seconds, inputs }) {
    const feederMw = (inputs.distributionLoad.re * state.feeder.scale) / 1e6;
    setLoads(state, seconds);
    if (seconds >= state.nextDispatchSeconds)
      dispatch(state, { seconds, feederMw, bid: inputs.bid as FeederBid | undefined });
    flow(state, feederMw);
    const { bus } = state;
    return {
      outputs: {
        lmp: state.price / 1000,
        sourceVoltage: state.sourceVoltageV,
        busLoad: bus.loadMw,
        busReactiveLoad: bus.loadMvar,
        busAngle: bus.angleDeg,
        busVoltage: bus.voltagePu,
        generatorPower: state.outputMw,
        generatorReactivePower: state.outputMvar,
        losses: state.lossMw,
        converged: true,
      },
    };
  },
});

function outputsOf(vector: { readonly type: "vector"; readonly elements: readonly string[] }) {
  return {
    lmp: { type: "number", unit: "USD/kWh", starts: true, doc: "Locational marginal price at the feeder's bus." },
    sourceVoltage: { type: "number", unit: "V", starts: true, doc: "Line to neutral, at the feeder's substation." },
    busLoad: { type: "number", unit: "MW", doc: "At the feeder's bus, dispatched response included." },
    busReactiveLoad: { type: "number", unit: "MVAr" },
    busAngle: { type: "number", unit: "deg" },
    busVoltage: { type: "number", unit: "pu" },
    generatorPower: { ...vector, unit: "MW" },
    generatorReactivePower: { ...vector, unit: "MVAr" },
    losses: { type: "number", unit: "MW" },
    converged: { type: "boolean", doc: "Whether the power flow converged." },
  } as const;
}
