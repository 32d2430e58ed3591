import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import { localSeconds } from "../../models/index.js";
import { chooseParticipants } from "../../methods/index.js";
import { defineFederate, readJsonFile, type SetupContext } from "../../runtime/index.js";
import type { MarketRound } from "../market/market-round.js";
import type { AgentsFile } from "../prosumers/households.js";
import { moveSetpoints, RESPONSE_PRICES } from "./price-response.js";
import { bid, createThermostatAgents, followSchedule, hearRound } from "./thermostat-agents.js";

const params = z.strictObject({
  /** File beside the case: `{ agents: [{ house, agent }] }`. */
  agents: z.string(),
  houses: z.array(z.string()).nonempty(),
  /** Who bids: the houses, then the rest of the feeder. */
  bidders: z.array(z.string()).nonempty(),
  /** Length of a market period and the second of it at which everybody bids. */
  marketSeconds: z.number().positive(),
  bidSeconds: z.number().nonnegative(),
  /** The market's; no bid is above it. */
  priceCapUsdPerKwh: z.number().positive(),
  /** Whether the agents bid at all. */
  trades: z.boolean().default(true),
  /** Part of the houses that respond to the price and bid; the others follow their schedules. */
  participation: z.number().default(1),
  /** The price by which participants move their set-points. */
  demandResponse: z.enum(RESPONSE_PRICES).default("clearing-price"),
});

type Params = z.infer<typeof params>;

/** Agents of the houses' thermostats: they bid for cooling by its worth and answer to the price with their set-points. */
export default defineFederate({
  doc: "Agents of thermostats: schedules, bids for cooling, and set-points that answer to the price.",
  params,
  inputs: inputsOf,
  outputs: ({ houses }) => outputsOf(houses),
  check,
  create(settings, context) {
    const { agents } = readJsonFile(context.folder, settings.agents) as AgentsFile;
    const order = context.stream("participation").shuffle(agents.map((_, i) => i));
    const { marketSeconds, bidSeconds, priceCapUsdPerKwh, trades, demandResponse } = settings;
    const state = createThermostatAgents(agents, chooseParticipants(order, settings.participation), {
      behaviour: context.behaviour,
      startsAtLocalSeconds: localSeconds(context.start.slice(0, 19)),
      ...{ marketSeconds, bidSeconds, priceCapUsdPerKwh, trades, demandResponse },
    });
    const deadband = Float64Array.from(agents, ({ agent }) => agent.deadbandF);
    return { state, outputs: { coolingSetpoint: state.setpointF, basepoint: state.basePointF, deadband } };
  },
  step(state, { seconds, inputs, context }) {
    const { airTemperature, hvacLoad, distributionLoad } = inputs;
    const round = inputs.round as MarketRound | undefined;
    followSchedule(state, hvacLoad, seconds);
    if (round !== undefined && round.totals.rounds > state.rounds) hearRound(state, round);
    const isBidTime = seconds >= state.nextBidSeconds;
    if (isBidTime) state.nextBidSeconds += state.marketSeconds;
    const feederKw = distributionLoad.re / 1000;
    const bids = isBidTime && state.trades ? bid(state, { airTemperature, hvacLoad, feederKw }) : undefined;
    return {
      outputs: {
        basepoint: state.basePointF,
        ...(moveSetpoints(state) && { coolingSetpoint: state.setpointF }),
        ...(bids !== undefined && { bids }),
      },
      wakeAt: Math.round(state.nextBidSeconds * context.ticksPerSecond),
    };
  },
});

function inputsOf({ houses, bidders }: Params) {
  const vector = { type: "vector", elements: houses } as const;
  return {
    airTemperature: { ...vector, unit: "degF" },
    hvacLoad: { ...vector, unit: "kW" },
    distributionLoad: { type: "complex", unit: "VA", doc: "What the whole feeder takes at its substation." },
    round: { type: "json", optional: true, wakes: "any", doc: "`MarketRound`." },
    accepted: {
      type: "vector",
      elements: bidders,
      unit: "kW",
      optional: true,
      doc: "What each bidder may buy; houses take it from the price alone.",
    },
  } as const;
}

function outputsOf(elements: readonly string[]) {
  const vector = { type: "vector", elements, unit: "degF", starts: true } as const;
  return {
    bids: { type: "json", doc: "`MarketBids` of the bidders." },
    coolingSetpoint: { ...vector, doc: "Base point and what the price adds to it." },
    basepoint: { ...vector, doc: "Set-point that the household wants now." },
    deadband: { ...vector, doc: "Width of the band around it." },
  } as const;
}

function check(settings: Params, setup: SetupContext): readonly Fault[] {
  return [...choiceFaults(settings), ...fileFaults(settings, setup)];
}

function choiceFaults({ houses, bidders, participation, trades, demandResponse }: Params): Fault[] {
  const faults: Fault[] = [];
  if (!(participation >= 0 && participation <= 1)) {
    const problem = `It is ${participation}, but a share lies within 0 and 1.`;
    faults.push({ path: "params.participation", problem, cure: "Give a number from 0 to 1." });
  }
  if (bidders.length !== houses.length + 1 || houses.some((house, i) => bidders[i] !== house)) {
    const problem = `There are ${bidders.length} bidders for ${houses.length} houses.`;
    faults.push({ path: "params.bidders", problem, cure: "Name the houses in order, then the rest of the feeder." });
  }
  if (trades && demandResponse !== "clearing-price") {
    const problem = `It is "${demandResponse}", but agents that bid must obey the price that they make.`;
    const cure = 'Set it to "clearing-price", or trades to false.';
    faults.push({ path: "params.demandResponse", problem, cure });
  }
  return faults;
}

function fileFaults(settings: Params, setup: SetupContext): Fault[] {
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
