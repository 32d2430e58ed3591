import {
  act,
  type Backend,
  coolingKw,
  coolingValueUsdPerKwh,
  createDdpg,
  type DdpgSettings,
  type DdpgState,
  describeRound,
  explorationDeviation,
  type FormedBid,
  gainReward,
  isTraining,
  marketObservation,
  noRound,
  observeMarket,
  priceOfAction,
  publishedReward,
  type Quantity,
  type RandomSource,
  remember,
  solarKw,
  tradeGain,
  update,
} from "../../methods/index.js";
import type { BackendName } from "../learning/load-backend.js";
import type { RoundNews } from "../agents/market-turn.js";
import { type Households, rulesOf } from "./households.js";
import { type LearningMode, usesNetworks } from "./learning-params.js";

/** Two agents for each house, `2 * house` and one more: the one that sells and the one that buys. */
const KINDS = ["seller", "buyer"] as const;
const NOBODY = -1;

/** Names of all agents in their order. */
export function learnerNames(houses: readonly string[]): string[] {
  return houses.flatMap(house => KINDS.map(kind => `${house}/${kind}`));
}

/** What all learners share. */
export interface LearnerSetting {
  readonly mode: LearningMode;
  readonly backend: BackendName;
  readonly reward: "published" | "gain";
  readonly settings: DdpgSettings;
  readonly houses: number;
}

/** The households' learning agents while they run: plain data. */
export interface Learners extends LearnerSetting {
  /** What has been learned; nothing where chance or the ramp decides. */
  readonly ddpg: DdpgState | undefined;
  readonly schema: readonly Quantity[];
  /** What everybody knows of the last round. */
  round: Float64Array;
  /** The agent that has each house's bid in the round under way, `[house]`; NOBODY where there is nothing to trade. */
  readonly agents: Int32Array;
  /** 1 where a network decided on it. */
  readonly decided: Uint8Array;
  /** What each house saw and did when it last bid: `[house][quantity]`, `[house]`. */
  readonly observations: Float64Array;
  readonly actions: Float64Array;
  /** What a kWh of cooling was worth to it then, USD/kWh. */
  readonly values: Float64Array;
  /** What it got for it, and its gain in USD/h. */
  readonly rewards: Float64Array;
  readonly gains: Float64Array;
  divergedAgents: number;
}

/** An agent whose numbers are not finite any more, and which of them. It bids by its house's ramp from then on. */
export interface Divergent {
  readonly agent: number;
  readonly what: string;
  readonly value: number;
}

/** What learners use and no checkpoint keeps. */
export interface LearnerTools {
  /** One for each agent, its own. */
  readonly randoms: readonly RandomSource[];
  /** Only needed where networks learn. */
  readonly backend: Backend | undefined;
  diverged(divergence: Divergent): void;
}

/** Learners that know nothing yet; each draws its networks from its own stream. */
export function createLearners(setting: LearnerSetting, randoms: readonly RandomSource[]): Learners {
  const { houses, mode, settings } = setting;
  const vector = () => new Float64Array(houses);
  return {
    ...setting,
    ddpg: usesNetworks(mode) ? createDdpg(settings, randoms) : undefined,
    schema: marketObservation(houses),
    round: noRound(),
    agents: new Int32Array(houses).fill(NOBODY),
    decided: new Uint8Array(houses),
    observations: new Float64Array(houses * settings.observations),
    actions: vector(),
    values: vector(),
    rewards: vector(),
    gains: vector(),
    divergedAgents: 0,
  };
}

/** Learns from the last round, then sets the prices of the coming one in the households' bids. */
export function choosePrices(
  learners: Learners,
  households: Households,
  { airTemperature, seconds }: { readonly airTemperature: Float64Array; readonly seconds: number },
  tools: LearnerTools,
): readonly FormedBid[] {
  const { agents, basePointF, bids } = households;
  const before = learners.observations.slice();
  lookAround(learners, households);
  learn(learners, before, seconds, tools);
  return bids.map((bid, i) => {
    const { agent } = agents[i];
    learners.agents[i] = agentOf(bid, i);
    learners.decided[i] = 0;
    learners.values[i] = coolingValueUsdPerKwh(agent, airTemperature[i] - basePointF[i]);
    const action = decides(learners, learners.agents[i]) ? chooseAction(learners, i, seconds, tools) : undefined;
    if (action === undefined) return bid;
    learners.actions[i] = action;
    learners.decided[i] = 1;
    return { ...bid, priceUsdPerKwh: priceOfAction(action, agent.priceCapUsdPerKwh) };
  });
}

function agentOf({ role, quantityKw, trades }: FormedBid, house: number): number {
  if (role === "none-participant" || quantityKw === 0 || !trades) return NOBODY;
  return 2 * house + (role === "seller" ? 0 : 1);
}

function decides({ mode, ddpg }: Learners, agent: number): boolean {
  if (agent === NOBODY || mode === "ramp" || ddpg?.diverged[agent] === 1) return false;
  return mode !== (agent % 2 === 0 ? "buyer-only" : "seller-only");
}

/** Every house's observation of the moment. */
function lookAround({ observations, schema, round }: Learners, households: Households): void {
  const rules = rulesOf(households);
  households.outlooks.forEach((outlook, i) => {
    const into = observations.subarray(i * schema.length, (i + 1) * schema.length);
    const cooling = outlook.coolingNeeded ? coolingKw(outlook, rules) : 0;
    const forecast = { generationKw: solarKw(outlook, rules), loadKw: outlook.unresponsiveKw + cooling };
    observeMarket(into, schema, round, forecast);
  });
}

/** Remembers what the last round brought to those who decided in it, and learns from it, while the training lasts. */
function learn(
  learners: Learners,
  before: Float64Array,
  seconds: number,
  { randoms, backend, diverged }: LearnerTools,
) {
  const { ddpg, settings, agents, decided, observations, actions, rewards } = learners;
  if (ddpg === undefined || backend === undefined || !isTraining(settings.exploration, seconds)) return;
  const width = settings.observations;
  for (let i = 0; i < agents.length; i++) {
    if (decided[i] === 0) continue;
    remember(ddpg, agents[i], {
      observation: before.subarray(i * width, (i + 1) * width),
      action: actions[i],
      reward: rewards[i],
      nextObservation: observations.subarray(i * width, (i + 1) * width),
    });
  }
  for (const divergence of update(ddpg, randoms, backend)) {
    learners.divergedAgents++;
    diverged(divergence);
  }
}

/** An agent's action in its own house; undefined when its network gives none, which makes it diverged. */
function chooseAction(learners: Learners, house: number, seconds: number, tools: LearnerTools): number | undefined {
  const { ddpg, agents, observations, settings } = learners;
  const agent = agents[house];
  const random = tools.randoms[agent];
  if (ddpg === undefined) return random.uniform(-1, 1);
  const width = settings.observations;
  const observation = observations.subarray(house * width, (house + 1) * width);
  const action = act(ddpg, agent, observation, { seconds, random });
  if (Number.isFinite(action)) return action;
  ddpg.diverged[agent] = 1;
  learners.divergedAgents++;
  tools.diverged({ agent, what: "action", value: action });
  return undefined;
}

/** What a round brings to every house. Where a house had nothing to trade, the published reward of before stays. */
export function rewardRound(learners: Learners, { bids }: Households, { round, acceptedKw }: RoundNews): void {
  const { agents, values, rewards, gains } = learners;
  const { clearingPriceUsdPerKwh, clearedKw, lmpUsdPerKwh } = round;
  const rule = learners.reward === "published" ? publishedReward : gainReward;
  bids.forEach((bid, i) => {
    const trade = { bid, clearingPriceUsdPerKwh, acceptedKw: acceptedKw[i], valueUsdPerKwh: values[i] };
    gains[i] = tradeGain(trade);
    if (agents[i] !== NOBODY) rewards[i] = rule(trade);
  });
  learners.round = describeRound({ bids, clearingPriceUsdPerKwh, clearedKw, lmpUsdPerKwh });
}

/** What is told of every agent after a round: a list for each quantity, one entry for each agent; 0 for those that sat out. */
export interface LearningReport {
  readonly reward: readonly number[];
  readonly criticLoss: readonly number[];
  readonly actorLoss: readonly number[];
  /** Standard deviation of the noise of actions. */
  readonly exploration: readonly number[];
  readonly priceUsdPerKwh: readonly number[];
  /** Gain of the round's trade from what it is truly worth. */
  readonly gainUsd: readonly number[];
  /** Agents that have diverged so far. */
  readonly divergedAgents: number;
}

/** Tells of the round that has just been rewarded. */
export function reportLearning(
  learners: Learners,
  { bids, marketSeconds }: Households,
  seconds: number,
): LearningReport {
  const { ddpg, agents, decided, rewards, gains, divergedAgents, settings } = learners;
  const count = 2 * agents.length;
  const deviation = ddpg === undefined ? 0 : explorationDeviation(settings.exploration, seconds);
  const each = (value: (agent: number, house: number) => number) =>
    Array.from({ length: count }, (_, agent) => value(agent, agent >> 1));
  const ofTrader = (value: (house: number) => number) =>
    each((agent, house) => (agents[house] === agent ? value(house) : 0));
  return {
    reward: ofTrader(house => (decided[house] === 1 ? rewards[house] : 0)),
    criticLoss: each(agent => ddpg?.criticLosses[agent] ?? 0),
    actorLoss: each(agent => ddpg?.actorLosses[agent] ?? 0),
    exploration: each(agent => (ddpg !== undefined && decides(learners, agent) ? deviation : 0)),
    priceUsdPerKwh: ofTrader(house => bids[house].priceUsdPerKwh),
    gainUsd: ofTrader(house => (gains[house] * marketSeconds) / 3600),
    divergedAgents,
  };
}
