import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import { localSeconds } from "../../models/index.js";
import { defineFederate, readJsonFile, type Context, type SetupContext, type Step } from "../../runtime/index.js";
import type { MarketRound } from "../market/market-round.js";
import { moveSetpoints } from "../thermostats/price-response.js";
import {
  bid,
  control,
  coolAbstainers,
  createHouseholds,
  observe,
  switchCooling,
  type AgentsFile,
  type Households,
  type HouseholdSetting,
  type Measured,
} from "./households.js";
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
  /** File beside the case: `{ agents: [{ house, sellerPriceUsdPerKwh, agent }] }`. */
  agents: z.string(),
  houses: z.array(z.string()).nonempty(),
  /** Length of a market period and the second of it at which everybody bids. */
  marketSeconds: z.number().positive(),
  bidSeconds: z.number().nonnegative(),
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
    ...checkFile(settings, setup),
    ...partFaults(settings),
    ...(settings.learning === undefined ? [] : learningFaults(settings.learning, setup)),
  ],
  async create(settings, context) {
    const file = readJsonFile(context.folder, settings.agents) as AgentsFile;
    const setting: HouseholdSetting = {
      behaviour: context.behaviour,
      startsAtLocalSeconds: localSeconds(context.start.slice(0, 19)),
      marketSeconds: settings.marketSeconds,
      bidSeconds: settings.bidSeconds,
      inverterEfficiency: settings.inverterEfficiency,
      variant: settings.variant,
      givenPrices:
        settings.givenPrices === undefined ? [] : (readJsonFile(context.folder, settings.givenPrices) as number[][]),
    };
    const households = createHouseholds(file.agents, setting, takingPart(settings, context));
    const state: State = { ...households, learners: await learnersOf(settings, context) };
    const deadband = Float64Array.from(file.agents, ({ agent }) => agent.deadbandF);
    const { cooling, pvSetpointKw: pvSetpoint, setpointF: coolingSetpoint } = state;
    return { state, outputs: { cooling, pvSetpoint, coolingSetpoint, deadband } };
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
  const { airTemperature, hvacLoad, hvacPower, houseLoad, pvAvailable, round, accepted } = inputs;
  const measured: Measured = { airTemperature, hvacLoad, hvacPower, houseLoad, pvAvailable };
  observe(state, measured, seconds);
  const isNewRound = accepted !== undefined && (round as MarketRound).totals.rounds > state.rounds;
  const news = isNewRound ? { round: round as MarketRound, acceptedKw: accepted } : undefined;
  if (news !== undefined) control(state, news, seconds);
  if (news !== undefined && learning !== undefined) rewardRound(learning.learners, state, news);
  const hasMoved = moveSetpoints(state);
  coolAbstainers(state);
  const hasSwitched = switchCooling(state, seconds);
  const reprice =
    learning && (() => choosePrices(learning.learners, state, { airTemperature, seconds }, learning.tools));
  const { pvForecast = pvAvailable, hvacForecast = hvacPower } = inputs;
  const expected: Measured = { ...measured, pvAvailable: pvForecast, hvacPower: hvacForecast };
  const isBidTime = seconds >= state.nextBidSeconds;
  const bids = isBidTime && state.trades ? bid(state, expected, reprice) : undefined;
  if (isBidTime) state.nextBidSeconds += state.marketSeconds;
  return {
    outputs: {
      ...(hasSwitched && { cooling: state.cooling }),
      ...(hasMoved && { coolingSetpoint: state.setpointF }),
      batteryReference: state.unresponsiveKw,
      basepoint: state.basePointF,
      ...(isNewRound && { pvSetpoint: state.pvSetpointKw }),
      ...(isNewRound && learning && { learning: reportLearning(learning.learners, state, seconds) }),
      ...(bids !== undefined && { bids }),
    },
    wakeAt: Math.round(state.nextBidSeconds * context.ticksPerSecond),
  };
}

type Inputs = ReturnType<typeof inputsOf>;

function inputsOf(elements: readonly string[]) {
  const vector = { type: "vector", elements } as const;
  return {
    airTemperature: { ...vector, unit: "degF" },
    hvacLoad: { ...vector, unit: "kW" },
    hvacPower: { ...vector, unit: "kW", doc: "What cooling draws while it runs." },
    houseLoad: { ...vector, unit: "kW" },
    pvAvailable: { ...vector, unit: "kW", doc: "Direct-current power of the array." },
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
    round: { type: "json", optional: true, wakes: "any", doc: "`MarketRound`." },
    accepted: { ...vector, unit: "kW", optional: true, doc: "What the round lets each house buy or sell." },
  } as const;
}

function outputsOf(elements: readonly string[]) {
  const vector = { type: "vector", elements } as const;
  return {
    bids: { type: "json", doc: "`MarketBids`." },
    cooling: { ...vector, starts: true, doc: "1 cools, 0 is off." },
    coolingSetpoint: {
      ...vector,
      unit: "degF",
      starts: true,
      doc: "What thermostats shall hold: the household's set-point, moved by the price where it answers to it.",
    },
    pvSetpoint: { ...vector, unit: "kW", starts: true, doc: "Infinite: all that the array gives." },
    batteryReference: { ...vector, unit: "kW", doc: "Load other than cooling." },
    basepoint: { ...vector, unit: "degF", doc: "Set-point that the household wants now." },
    deadband: { ...vector, unit: "degF", starts: true, doc: "Width of the band around it." },
    learning: { type: "json", doc: "`LearningReport` of the round, where prices are learned." },
  } as const;
}

function checkFile(settings: Params, setup: SetupContext): readonly Fault[] {
  const path = "params.agents";
  const cure = "Correct that file, or generate the case anew.";
  try {
    const { agents } = readJsonFile(setup.folder, settings.agents) as AgentsFile;
    const differs = settings.houses.findIndex((name, i) => agents[i]?.house !== name);
    if (differs < 0 && agents.length === settings.houses.length) return [];
    return [{ path, problem: `Its houses differ from params.houses, first at place ${Math.max(differs, 0)}.`, cure }];
  } catch (error) {
    return [{ path, problem: (error as Error).message, cure }];
  }
}
