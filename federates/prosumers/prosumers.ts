import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import { localSeconds } from "../../models/index.js";
import { defineFederate, readJsonFile, type SetupContext } from "../../runtime/index.js";
import type { MarketRound } from "../market/round.js";
import {
  bid,
  control,
  createHouseholds,
  observe,
  switchCooling,
  type AgentsFile,
  type Measured,
} from "./households.js";

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
});

type Params = z.infer<typeof params>;

/** The households' agents: they watch their houses, bid before every round and act on its result. */
export default defineFederate({
  doc: "Agents of a population of houses: comfort, bids and control after each market round.",
  params,
  inputs: ({ houses }) => inputsOf(houses),
  outputs: ({ houses }) => outputsOf(houses),
  check: checkFile,
  create(settings, context) {
    const file = readJsonFile(context.folder, settings.agents) as AgentsFile;
    const state = createHouseholds(file.agents, {
      behaviour: context.behaviour,
      startsAtLocalSeconds: localSeconds(context.start.slice(0, 19)),
      marketSeconds: settings.marketSeconds,
      bidSeconds: settings.bidSeconds,
      inverterEfficiency: settings.inverterEfficiency,
      variant: settings.variant,
      givenPrices:
        settings.givenPrices === undefined ? [] : (readJsonFile(context.folder, settings.givenPrices) as number[][]),
    });
    const deadband = Float64Array.from(file.agents, ({ agent }) => agent.deadbandF);
    return { state, outputs: { cooling: state.cooling, pvSetpoint: state.pvSetpointKw, deadband } };
  },
  step(state, { seconds, inputs, context }) {
    const { airTemperature, hvacLoad, hvacPower, houseLoad, pvAvailable, pvForecast, round, accepted } = inputs;
    const measured: Measured = { airTemperature, hvacLoad, hvacPower, houseLoad, pvAvailable };
    observe(state, measured, seconds);
    const isNewRound = accepted !== undefined && (round as MarketRound).totals.rounds > state.rounds;
    if (isNewRound) control(state, { round: round as MarketRound, acceptedKw: accepted }, seconds);
    const hasSwitched = switchCooling(state, seconds);
    const expected = pvForecast === undefined ? measured : { ...measured, pvAvailable: pvForecast };
    const bids = seconds >= state.nextBidSeconds ? bid(state, expected) : undefined;
    if (bids !== undefined) state.nextBidSeconds += state.marketSeconds;
    return {
      outputs: {
        ...(hasSwitched && { cooling: state.cooling }),
        batteryReference: state.unresponsiveKw,
        basepoint: state.basePointF,
        ...(isNewRound && { pvSetpoint: state.pvSetpointKw }),
        ...(bids !== undefined && { bids }),
      },
      wakeAt: Math.round(state.nextBidSeconds * context.ticksPerSecond),
    };
  },
});

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
    round: { type: "json", optional: true, wakes: "any", doc: "`MarketRound`." },
    accepted: { ...vector, unit: "kW", optional: true, doc: "What the round lets each house buy or sell." },
  } as const;
}

function outputsOf(elements: readonly string[]) {
  const vector = { type: "vector", elements } as const;
  return {
    bids: { type: "json", doc: "`MarketBids`." },
    cooling: { ...vector, starts: true, doc: "1 cools, 0 is off." },
    pvSetpoint: { ...vector, unit: "kW", starts: true },
    batteryReference: { ...vector, unit: "kW", doc: "Load other than cooling." },
    basepoint: { ...vector, unit: "degF", doc: "Set-point that the household wants now." },
    deadband: { ...vector, unit: "degF", starts: true, doc: "Width of the band around it." },
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
