import { ddpgDefaults, priceAction, priceOfAction, type Environment, type Outcome } from "../../methods/index.js";
import { RandomStream } from "../../runtime/index.js";
import { choosePrices, createLearners, rewardRound, type Learners, type LearnerTools } from "./learners.js";
import {
  bidByRamp,
  createTradingWorld,
  isOver,
  tradeForPeriod,
  type TradingWorld,
  type TradingWorldDescription,
} from "./trading-world.js";

/** Which of a neighbourhood's agents learns; all others bid by their houses' ramps. */
export interface LearnerPlace {
  /** Position of its house. */
  readonly house: number;
  readonly role: "seller" | "buyer";
  /** Rewarded by the published rule, or by the gain of its trade in US cent/h. */
  readonly reward: "published" | "gain";
}

/** Largest difference of a house's first temperature from the described one, degF. */
const START_SPREAD_F = 1;

/** The ramp needs no tools. */
const NO_TOOLS: LearnerTools = { randoms: [], backend: undefined, diverged: () => undefined };

/**
 * The market as one of its households' agents sees it: an action is the price of the coming round, a step ends when the agent
 * has something to trade again. An observation's numbers are divided by their bounds. The seed spreads the houses' first
 * temperatures.
 * Throws a RangeError where the neighbourhood has no such house.
 */
export function tradingEnvironment(description: TradingWorldDescription, place: LearnerPlace): Environment {
  const houses = description.agents.length;
  if (!(Number.isInteger(place.house) && place.house >= 0 && place.house < houses)) {
    throw new RangeError(`There is no house ${place.house}. Give a position from 0 to ${houses - 1}.`);
  }
  const agent = 2 * place.house + (place.role === "seller" ? 0 : 1);
  const newLearners = () =>
    createLearners({ mode: "ramp", backend: "plain", reward: place.reward, settings: ddpgDefaults, houses }, []);
  let learners = newLearners();
  let world: TradingWorld | undefined;

  return {
    schema: {
      observation: learners.schema,
      action: priceAction,
      rewardUnit: place.reward === "gain" ? "US cent/h" : "1",
    },
    reset(seed) {
      const random = new RandomStream(seed, "trading environment");
      const warmerF = description.agents.map(() => random.uniform(-START_SPREAD_F, START_SPREAD_F));
      learners = newLearners();
      world = createTradingWorld(description, warmerF);
      runToTurn(world, learners, agent);
      return observationOf(learners, place.house);
    },
    step(action): Outcome {
      if (world === undefined) throw new RangeError("An episode has not begun. Call reset first.");
      const { households } = world;
      const cap = households.agents[place.house].agent.priceCapUsdPerKwh;
      const priceUsdPerKwh = priceOfAction(Math.min(1, Math.max(-1, action)), cap);
      households.bids = households.bids.map((bid, i) => (i === place.house ? { ...bid, priceUsdPerKwh } : bid));
      trade(world, learners);
      const reward = learners.rewards[place.house];
      runToTurn(world, learners, agent);
      return { observation: observationOf(learners, place.house), reward, final: isOver(world) };
    },
  };
}

/** Lets everybody bid and trade until the agent has something to trade, or the episode is over. */
function runToTurn(world: TradingWorld, learners: Learners, agent: number): void {
  for (;;) {
    bidByRamp(world);
    const { airTemperature } = world.measured;
    choosePrices(learners, world.households, { airTemperature, seconds: world.seconds }, NO_TOOLS);
    if (isOver(world) || learners.agents[agent >> 1] === agent) return;
    trade(world, learners);
  }
}

function trade(world: TradingWorld, learners: Learners): void {
  rewardRound(learners, world.households, tradeForPeriod(world));
}

function observationOf({ observations, schema }: Learners, house: number): Float64Array {
  return observations.slice(house * schema.length, (house + 1) * schema.length);
}
