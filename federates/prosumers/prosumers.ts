import { z } from "zod";
import { defineFederate, readJsonFile, type Context, type Step } from "../../runtime/index.js";
import { traderEntry } from "../agents/agent-entry.js";
import { agentsFaults, deadbandsF, readAgents } from "../agents/agents-file.js";
import { bidderParams, bidderSetting, nextTurn, roundNews, takeTurn } from "../agents/market-turn.js";
import { comfortOutputs, coolingOutput, houseInputs, marketInputs, pvOutput } from "../agents/ports.js";
import { moveSetpoints } from "../agents/price-response.js";
import { observe, switchCooling, type Measured } from "../agents/watching.js";
import type { MarketBids } from "../market/market-round.js";
import { bid, control, coolAbstainers, createHouseholds, type Households } from "./households.js";
import { prepareTools, toolsOf } from "./learner-tools.js";
import {
  choosePrices,
  createLearners,
  reportLearning,
  rewardRound,
  type Learners,
  type LearnerTools,
} from "./learners.js";
import { ddpgSettings, learningFaults, learningParams } from "./learning-params.js";
import { partFaults, partParams, takingPart } from "./taking-part.js";

const params = z.strictObject({
  /** Each agent tells `sellerPriceUsdPerKwh` besides. */
  ...bidderParams,
  inverterEfficiency: z.number().positive().max(1),
  /** Which published rules hold when the case's behaviour is `published`. */
  variant: z.enum(["pet", "pet-rl"]).default("pet"),
  /** File of prices to bid instead of the agents' own: a row for each round, a number for each house. */
  givenPrices: z.string().optional(),
  /** How prices are learned; without it, by the houses' ramps alone. */
  learning: learningParams.optional(),
  ...partParams,
});

type Params = z.infer<typeof params>;

interface State extends Households {
  readonly learners: Learners | undefined;
}

/** The households' agents: they watch their houses, bid before every round and act on its result. */
export default defineFederate({
  doc: "Agents of a population of houses: comfort, bids and control after each market round.",
  params,
  inputs: ({ houses }) => inputsOf(houses),
  outputs: ({ houses }) => outputsOf(houses),
  check: (settings, setup) => [
    ...agentsFaults(settings, setup, traderEntry),
    ...partFaults(settings),
    ...(settings.learning === undefined ? [] : learningFaults(settings.learning, setup)),
  ],
  async create(settings, context) {
    const { inverterEfficiency, variant, givenPrices: file } = settings;
    const givenPrices = file === undefined ? [] : (readJsonFile(context.folder, file) as number[][]);
    const setting = { ...bidderSetting(settings, context), inverterEfficiency, variant, givenPrices };
    const agents = readAgents(settings, context.folder);
    const households = createHouseholds(agents, setting, takingPart(settings, context));
    const state: State = { ...households, learners: await learnersOf(settings, context) };
    const { cooling, pvSetpointKw: pvSetpoint, setpointF: coolingSetpoint } = state;
    return { state, outputs: { cooling, pvSetpoint, coolingSetpoint, deadband: deadbandsF(agents) } };
  },
  step(state, step) {
    if (state.learners === undefined) return advance(state, step, undefined);
    const tools = toolsOf(step.context);
    if (tools !== undefined) return advance(state, step, { learners: state.learners, tools });
    return takeUpLearning(state, state.learners, step);
  },
});

async function learnersOf({ learning, houses }: Params, context: Context): Promise<Learners | undefined> {
  if (learning === undefined) return undefined;
  const { mode, backend, reward = context.behaviour === "published" ? "published" : "gain" } = learning;
  const settings = ddpgSettings(learning, {
    behaviour: context.behaviour,
    runSeconds: context.until / context.ticksPerSecond,
  });
  const { randoms } = await prepareTools(learning, houses, context);
  return createLearners({ mode, backend, reward, settings, houses: houses.length }, randoms);
}

/** The first step after a checkpoint: the tools that it does not keep are made before. */
async function takeUpLearning(state: State, learners: Learners, step: Step<Inputs>) {
  const houses = state.agents.map(({ house }) => house);
  return advance(state, step, { learners, tools: await prepareTools(learners, houses, step.context) });
}

interface Learning {
  readonly learners: Learners;
  readonly tools: LearnerTools;
}

/** Looks at the houses, acts on a new round, bids when it is time. */
function advance(state: State, { seconds, inputs, context }: Step<Inputs>, learning: Learning | undefined) {
  observe(state, inputs, seconds);
  const news = roundNews(state, inputs);
  if (news !== undefined) control(state, news, seconds);
  if (news !== undefined && learning !== undefined) rewardRound(learning.learners, state, news);
  const hasMoved = moveSetpoints(state);
  coolAbstainers(state);
  const hasSwitched = switchCooling(state, seconds);
  const bids = takeTurn(state, seconds) && state.trades ? bidByForecast(state, inputs, seconds, learning) : undefined;
  return {
    outputs: {
      ...(hasSwitched && { cooling: state.cooling }),
      ...(hasMoved && { coolingSetpoint: state.setpointF }),
      batteryReference: state.unresponsiveKw,
      basepoint: state.basePointF,
      ...(news !== undefined && { pvSetpoint: state.pvSetpointKw }),
      ...(news !== undefined && learning && { learning: reportLearning(learning.learners, state, seconds) }),
      ...(bids !== undefined && { bids }),
    },
    wakeAt: nextTurn(state, context),
  };
}

/** Everybody's bid, by what is forecast where it is, at learned prices where they are learned. */
function bidByForecast(
  state: State,
  inputs: Step<Inputs>["inputs"],
  seconds: number,
  learning: Learning | undefined,
): MarketBids {
  const { airTemperature, pvForecast = inputs.pvAvailable, hvacForecast = inputs.hvacPower } = inputs;
  const expected: Measured = { ...inputs, pvAvailable: pvForecast, hvacPower: hvacForecast };
  const reprice =
    learning && (() => choosePrices(learning.learners, state, { airTemperature, seconds }, learning.tools));
  return bid(state, expected, reprice);
}

type Inputs = ReturnType<typeof inputsOf>;

function inputsOf(elements: readonly string[]) {
  const vector = { type: "vector", elements } as const;
  return {
    ...houseInputs(elements),
    pvForecast: {
      ...vector,
      unit: "kW",
      optional: true,
      doc: "Power that the array is expected to give in the coming period; where it is linked, houses bid with it.",
    },
    hvacForecast: {
      ...vector,
      unit: "kW",
      optional: true,
      doc: "What cooling is expected to draw while it runs in the coming period; where it is linked, houses bid with it.",
    },
    ...marketInputs(elements),
  } as const;
}

function outputsOf(elements: readonly string[]) {
  const vector = { type: "vector", elements } as const;
  return {
    bids: { type: "json", doc: "`MarketBids`." },
    cooling: coolingOutput(elements),
    coolingSetpoint: {
      ...vector,
      unit: "degF",
      starts: true,
      doc: "What thermostats shall hold: the household's set-point, moved by the price where it answers to it.",
    },
    pvSetpoint: pvOutput(elements),
    batteryReference: { ...vector, unit: "kW", doc: "Load other than cooling." },
    ...comfortOutputs(elements),
    learning: { type: "json", doc: "`LearningReport` of the round, where prices are learned." },
  } as const;
}
