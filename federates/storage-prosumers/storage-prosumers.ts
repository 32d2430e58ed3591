import { z } from "zod";
import { defineFederate } from "../../runtime/index.js";
import { storageEntry } from "../agents/agent-entry.js";
import { agentsFaults, deadbandsF, readAgents } from "../agents/agents-file.js";
import { bidderParams, bidderSetting, nextTurn, roundNews, takeTurn } from "../agents/market-turn.js";
import { comfortOutputs, coolingOutput, houseInputs, lmpInput, marketInputs, pvOutput } from "../agents/ports.js";
import { observe, switchCooling } from "../agents/watching.js";
import {
  bidStorage,
  controlStorage,
  createStorageHouseholds,
  type StorageAgentEntry,
  type StorageMeasured,
} from "./storage-households.js";

const params = z.strictObject({
  /** Each agent tells `storage`, `discountUsdPerKwh` and `comfortWeight` besides. */
  ...bidderParams,
  inverterEfficiency: z.number().positive().max(1),
  strategy: z.enum(["utility", "random"]).default("utility"),
});

/** Agents of houses that trade with a battery of their own: they choose among feasible trades, and act on the round's result. */
export default defineFederate({
  doc: "Agents of houses that trade with panels and a battery: feasible bids, and control after each market round.",
  params,
  inputs: ({ houses }) => inputsOf(houses),
  outputs: ({ houses }) => outputsOf(houses),
  check: (settings, setup) => agentsFaults(settings, setup, storageEntry),
  create(settings, context) {
    const { inverterEfficiency, strategy, priceCapUsdPerKwh = Infinity } = settings;
    const agents = readAgents<StorageAgentEntry>(settings, context.folder);
    const setting = { ...bidderSetting(settings, context), inverterEfficiency, strategy, priceCapUsdPerKwh };
    const state = createStorageHouseholds(agents, setting);
    const { cooling, pvSetpointKw: pvSetpoint, storageSetpointKw: storageSetpoint } = state;
    return { state, outputs: { cooling, pvSetpoint, storageSetpoint, deadband: deadbandsF(agents) } };
  },
  step(state, { seconds, inputs, context }) {
    const measured: StorageMeasured = { ...inputs, lmpUsdPerKwh: inputs.lmp };
    observe(state, measured, seconds);
    const news = roundNews(state, inputs);
    const results = news === undefined ? undefined : controlStorage(state, news, seconds);
    const hasSwitched = switchCooling(state, seconds);
    const draw = (i: number) => context.stream(`${state.agents[i].house}/choice`).next();
    const bids = takeTurn(state, seconds) ? bidStorage(state, measured, draw) : undefined;
    return {
      outputs: {
        ...(hasSwitched && { cooling: state.cooling }),
        batteryReference: state.unresponsiveKw,
        basepoint: state.basePointF,
        ...(results !== undefined && {
          pvSetpoint: state.pvSetpointKw,
          storageSetpoint: state.storageSetpointKw,
          results,
        }),
        ...(bids !== undefined && { bids }),
      },
      wakeAt: nextTurn(state, context),
    };
  },
});

function inputsOf(elements: readonly string[]) {
  const vector = { type: "vector", elements } as const;
  return {
    ...houseInputs(elements),
    stateOfCharge: { ...vector, unit: "1", doc: "Of the battery that is traded with." },
    lmp: lmpInput,
    ...marketInputs(elements),
  } as const;
}

function outputsOf(elements: readonly string[]) {
  const vector = { type: "vector", elements } as const;
  return {
    bids: { type: "json", doc: "`StorageBids`." },
    results: { type: "json", doc: "`StorageResults` of the last round." },
    cooling: coolingOutput(elements),
    pvSetpoint: pvOutput(elements),
    storageSetpoint: { ...vector, unit: "kW", starts: true, doc: "Power of the traded battery; positive discharges." },
    batteryReference: { ...vector, unit: "kW", doc: "Load other than cooling." },
    ...comfortOutputs(elements),
  } as const;
}
