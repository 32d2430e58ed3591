import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import { chooseParticipants } from "../../methods/index.js";
import { defineFederate } from "../../runtime/index.js";
import { bidderEntry } from "../agents/agent-entry.js";
import { agentsFaults, deadbandsF, readAgents } from "../agents/agents-file.js";
import { bidderParams, bidderSetting, newRound, nextTurn, takeTurn } from "../agents/market-turn.js";
import { marketInputs } from "../agents/ports.js";
import { moveSetpoints, RESPONSE_PRICES } from "../agents/price-response.js";
import { bid, createThermostatAgents, followSchedule, hearRound } from "./thermostat-agents.js";

const params = z.strictObject({
  ...bidderParams,
  /** Who bids: the houses, then the rest of the feeder. */
  bidders: z.array(z.string()).nonempty(),
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
  check: (settings, setup) => [...choiceFaults(settings), ...agentsFaults(settings, setup, bidderEntry)],
  create(settings, context) {
    const { trades, demandResponse, participation } = settings;
    const agents = readAgents(settings, context.folder);
    const order = context.stream("participation").shuffle(agents.map((_, i) => i));
    const state = createThermostatAgents(agents, chooseParticipants(order, participation), {
      ...bidderSetting(settings, context),
      ...{ trades, demandResponse },
    });
    const deadband = deadbandsF(agents);
    return { state, outputs: { coolingSetpoint: state.setpointF, basepoint: state.basePointF, deadband } };
  },
  step(state, { seconds, inputs, context }) {
    const { airTemperature, hvacLoad, distributionLoad } = inputs;
    followSchedule(state, hvacLoad, seconds);
    const round = newRound(state, inputs.round);
    if (round !== undefined) hearRound(state, round);
    const feederKw = distributionLoad.re / 1000;
    const isBidding = takeTurn(state, seconds) && state.trades;
    const bids = isBidding ? bid(state, { airTemperature, hvacLoad, feederKw }) : undefined;
    return {
      outputs: {
        basepoint: state.basePointF,
        ...(moveSetpoints(state) && { coolingSetpoint: state.setpointF }),
        ...(bids !== undefined && { bids }),
      },
      wakeAt: nextTurn(state, context),
    };
  },
});

function inputsOf({ houses, bidders }: Params) {
  const vector = { type: "vector", elements: houses } as const;
  return {
    airTemperature: { ...vector, unit: "degF" },
    hvacLoad: { ...vector, unit: "kW" },
    distributionLoad: { type: "complex", unit: "VA", doc: "What the whole feeder takes at its substation." },
    ...marketInputs(bidders),
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
