import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import { localSeconds } from "../../models/index.js";
import { defineFederate } from "../../runtime/index.js";
import { comfortEntry } from "../agents/agent-entry.js";
import { agentsFaults, deadbandsF, readAgents } from "../agents/agents-file.js";
import { comfortOutputs, coolingOutput } from "../agents/ports.js";
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
  check: (settings, setup) => [...timingFaults(settings), ...agentsFaults(settings, setup, comfortEntry)],
  create(settings, context) {
    const { requestSeconds, packetSeconds, meanTimeToRequestSeconds, exitMode, windowSeconds } = settings;
    const controllers = createControllers(readAgents<ControllerEntry>(settings, context.folder), {
      behaviour: context.behaviour,
      startsAtLocalSeconds: localSeconds(context.start.slice(0, 19)),
      packetSeconds,
      timing: { meanTimeToRequestSeconds, intervalSeconds: requestSeconds },
      hasExitMode: exitMode,
    });
    const state: State = { controllers, requestSeconds, windowSeconds, nextLook: 0, nextWindow: windowSeconds };
    const deadband = deadbandsF(controllers.agents);
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
  const report = reportOf(controllers.tally, controllers.agents.length);
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
  const comfort = comfortOutputs(elements);
  return {
    requests: { type: "message", doc: "`PacketAsked`, one for each request." },
    expiries: { type: "message", doc: "`PacketExpired`, one for each packet that ends." },
    cooling: coolingOutput(elements),
    ...comfort,
    basepoint: { ...comfort.basepoint, starts: true },
    window: { type: "json", doc: "`PacketWindow` of each window." },
  } as const;
}

function timingFaults({ packetSeconds, requestSeconds }: Params): Fault[] {
  const looks = packetSeconds / requestSeconds;
  if (Number.isInteger(looks)) return [];
  const problem = `A packet of ${packetSeconds} s is no whole number of looks of ${requestSeconds} s.`;
  return [{ path: "params.packetSeconds", problem, cure: `Give a multiple of ${requestSeconds}.` }];
}
