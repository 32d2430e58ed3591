import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import { localSeconds } from "../../models/index.js";
import { defineFederate, readJsonFile, type SetupContext } from "../../runtime/index.js";
import {
  createControllers,
  lookAtHouses,
  obeyAnswers,
  type ControllerEntry,
  type Controllers,
  type HouseReadings,
  type Look,
} from "./controllers.js";
import type { PacketAnswered } from "./messages.js";
import { emptyTally, reportOf } from "./tally.js";

const params = z.strictObject({
  /** File beside the case: `{ agents: [{ house, agent: { schedule, deadbandF } }] }`. */
  agents: z.string(),
  houses: z.array(z.string()).nonempty(),
  /** Time between two looks at a house, at each of which it may ask. */
  requestSeconds: z.number().positive(),
  /** How long an accepted request lets a house cool; a multiple of `requestSeconds`. */
  packetSeconds: z.number().positive(),
  /** Mean time after which a house at its set-point asks. */
  meanTimeToRequestSeconds: z.number().positive(),
  /** Whether a house outside its dead band looks after itself. */
  exitMode: z.boolean().default(true),
  /** Length of the windows that are reported. */
  windowSeconds: z.number().positive().default(300),
});

type Params = z.output<typeof params>;

interface State {
  readonly controllers: Controllers;
  readonly requestSeconds: number;
  readonly windowSeconds: number;
  nextLook: number;
  nextWindow: number;
}

/** Packet controllers of a population of houses: each asks at random for the right to cool, the likelier the warmer it is. */
export default defineFederate({
  doc: "Packet controllers of houses: requests, packets and comfort of each.",
  params,
  inputs: ({ houses }) => inputsOf(houses),
  outputs: ({ houses }) => outputsOf(houses),
  check: checkParams,
  create(settings, context) {
    const { requestSeconds, packetSeconds, meanTimeToRequestSeconds, exitMode, windowSeconds } = settings;
    const controllers = createControllers(readEntries(settings, context), {
      behaviour: context.behaviour,
      startsAtLocalSeconds: localSeconds(context.start.slice(0, 19)),
      packetSeconds,
      timing: { meanTimeToRequestSeconds, intervalSeconds: requestSeconds },
      hasExitMode: exitMode,
    });
    const state: State = { controllers, requestSeconds, windowSeconds, nextLook: 0, nextWindow: windowSeconds };
    const deadband = Float64Array.from(controllers.entries, ({ agent }) => agent.deadbandF);
    return { state, outputs: { cooling: controllers.cooling, basepoint: controllers.basePointF, deadband } };
  },
  step(state, { seconds, inputs, context }) {
    const { controllers } = state;
    const answers = inputs.answers.map(({ payload }) => payload as PacketAnswered);
    const hasObeyed = obeyAnswers(controllers, answers, seconds);
    const window = closeWindow(state, seconds);
    const look =
      seconds < state.nextLook ? undefined : takeLook(state, inputs, { seconds, stream: context.stream("requests") });
    return {
      outputs: {
        ...((hasObeyed || look?.hasSwitched === true) && { cooling: controllers.cooling }),
        ...(look?.hasNewBasePoint === true && { basepoint: controllers.basePointF }),
        ...(window !== undefined && { window }),
      },
      messages: look === undefined ? [] : messagesOf(look),
    };
  },
});

function takeLook(
  state: State,
  readings: HouseReadings,
  { seconds, stream }: { readonly seconds: number; readonly stream: { next(): number } },
): Look {
  while (state.nextLook <= seconds) state.nextLook += state.requestSeconds;
  return lookAtHouses(state.controllers, readings, seconds, () => stream.next());
}

/** The report of the window that ends now: of the looks from its beginning on, without the one at its end. */
function closeWindow(state: State, seconds: number) {
  const { controllers } = state;
  if (seconds < state.nextWindow) return undefined;
  state.nextWindow += state.windowSeconds;
  const report = reportOf(controllers.tally, controllers.entries.length);
  controllers.tally = emptyTally();
  return report;
}

function messagesOf({ requests, expiries }: Look) {
  return [
    ...expiries.map(payload => ({ output: "expiries" as const, payload })),
    ...requests.map(payload => ({ output: "requests" as const, payload })),
  ];
}

function inputsOf(elements: readonly string[]) {
  const vector = { type: "vector", elements } as const;
  return {
    airTemperature: { ...vector, unit: "degF" },
    hvacLoad: { ...vector, unit: "kW", doc: "What cooling draws now." },
    hvacPower: { ...vector, unit: "kW", doc: "What cooling draws while it runs." },
    answers: { type: "message", wakes: "any", doc: "`PacketAnswered`, one for each request." },
  } as const;
}

function outputsOf(elements: readonly string[]) {
  const vector = { type: "vector", elements } as const;
  return {
    requests: { type: "message", doc: "`PacketAsked`, one for each request." },
    expiries: { type: "message", doc: "`PacketExpired`, one for each packet that ends." },
    cooling: { ...vector, starts: true, doc: "1 cools, 0 is off." },
    basepoint: { ...vector, unit: "degF", starts: true, doc: "Set-point that the household wants now." },
    deadband: { ...vector, unit: "degF", starts: true, doc: "Width of the dead band around the set-point." },
    window: { type: "json", doc: "`PacketWindow` of each window." },
  } as const;
}

function readEntries({ agents }: Params, { folder }: SetupContext): readonly ControllerEntry[] {
  return (readJsonFile(folder, agents) as { agents: readonly ControllerEntry[] }).agents;
}

function checkParams(settings: Params, setup: SetupContext): readonly Fault[] {
  return [...timingFaults(settings), ...agentFaults(settings, setup)];
}

function timingFaults({ packetSeconds, requestSeconds }: Params): Fault[] {
  const looks = packetSeconds / requestSeconds;
  if (Number.isInteger(looks)) return [];
  const problem = `A packet of ${packetSeconds} s is no whole number of looks of ${requestSeconds} s.`;
  return [{ path: "params.packetSeconds", problem, cure: `Give a multiple of ${requestSeconds}.` }];
}

function agentFaults(settings: Params, setup: SetupContext): Fault[] {
  const path = "params.agents";
  const cure = "Correct that file, or generate the case anew.";
  try {
    const entries = readEntries(settings, setup);
    const differs = settings.houses.findIndex((name, i) => entries[i]?.house !== name);
    if (differs >= 0 || entries.length !== settings.houses.length) {
      const place = Math.max(differs, 0);
      return [{ path, problem: `Its houses differ from params.houses, first at place ${place}.`, cure }];
    }
    return entries.flatMap(({ house, agent }) =>
      agent.deadbandF > 0
        ? []
        : [{ path, problem: `${house} has a dead band of ${agent.deadbandF} °F; it must be more than 0.`, cure }],
    );
  } catch (error) {
    return [{ path, problem: (error as Error).message, cure }];
  }
}
