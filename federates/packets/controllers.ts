import {
  comfortGuard,
  FREE,
  GUARDED_OFF,
  GUARDED_ON,
  requestProbability,
  type ComfortGuard,
  type HvacAgent,
  type RequestTiming,
} from "../../methods/index.js";
import type { Behaviour } from "../../runtime/index.js";
import { followSchedules } from "../agents/watching.js";
import type { PacketAnswered, PacketAsked, PacketExpired } from "./messages.js";
import { emptyTally, type Tally } from "./tally.js";

/** One controller of the agents' file. */
export interface ControllerEntry {
  readonly house: string;
  readonly agent: Pick<HvacAgent, "schedule" | "deadbandF">;
}

/** What all controllers share. */
export interface ControllerSetting {
  readonly behaviour: Behaviour;
  readonly startsAtLocalSeconds: number;
  readonly packetSeconds: number;
  readonly timing: RequestTiming;
  /** Whether houses leave the scheme outside their dead band. */
  readonly hasExitMode: boolean;
}

/** The controllers of all houses while they run: plain data, one element for each house. */
export interface Controllers extends ControllerSetting {
  readonly agents: readonly ControllerEntry[];
  /** Place of each house in the vectors. */
  readonly places: Readonly<Record<string, number>>;
  readonly basePointF: Float64Array;
  /** A `ComfortGuard`. */
  readonly guard: Uint8Array;
  /** 1 cools, 0 is off. */
  readonly cooling: Float64Array;
  /** When each packet began, in simulated seconds; NaN where none is under way. */
  readonly packetSince: Float64Array;
  /** What published requests ask for: the last power that the cooling unit drew. */
  readonly lastDrawnW: Float64Array;
  tally: Tally;
}

/** What the houses' meters and thermostats show. */
export interface HouseReadings {
  readonly airTemperature: Float64Array;
  /** kW now. */
  readonly hvacLoad: Float64Array;
  /** kW while it runs. */
  readonly hvacPower: Float64Array;
}

/** What one look at the houses leads to. */
export interface Look {
  readonly requests: readonly PacketAsked[];
  readonly expiries: readonly PacketExpired[];
  readonly hasSwitched: boolean;
  readonly hasNewBasePoint: boolean;
}

const INITIAL_BASE_POINT_F = 82;
const INITIAL_POWER_W = 3000;

/** Controllers before the first look: all cooling off; with exit mode, houses take part once they are comfortable. */
export function createControllers(agents: readonly ControllerEntry[], setting: ControllerSetting): Controllers {
  const vector = (value: number) => new Float64Array(agents.length).fill(value);
  return {
    ...setting,
    agents,
    places: Object.fromEntries(agents.map(({ house }, i) => [house, i])),
    basePointF: vector(INITIAL_BASE_POINT_F),
    guard: new Uint8Array(agents.length).fill(setting.hasExitMode ? GUARDED_OFF : FREE),
    cooling: vector(0),
    packetSince: vector(NaN),
    lastDrawnW: vector(INITIAL_POWER_W),
    tally: emptyTally(),
  };
}

/** Looks at every house: follows its schedule, ends packets, guards its comfort, and asks for a packet if `draw` (uniform in [0, 1)) says so. */
export function lookAtHouses(
  controllers: Controllers,
  readings: HouseReadings,
  seconds: number,
  draw: () => number,
): Look {
  const requests: PacketAsked[] = [];
  const expiries: PacketExpired[] = [];
  const { agents, cooling, tally } = controllers;
  const hasNewBasePoint = followSchedules(controllers, seconds);
  let hasSwitched = false;
  for (let i = 0; i < agents.length; i++) {
    const before = cooling[i];
    const drawnW = Math.round(1000 * readings.hvacLoad[i]);
    if (drawnW > 0) controllers.lastDrawnW[i] = drawnW;
    const expired = endPacket(controllers, i, readings.airTemperature[i], seconds);
    if (expired !== undefined) expiries.push(expired);
    if (isFree(controllers, i) && asks(controllers, i, readings.airTemperature[i], draw)) {
      requests.push(requestOf(controllers, i, readings));
    }
    hasSwitched ||= cooling[i] !== before;
    tally.cooling += cooling[i];
  }
  tally.looks++;
  tally.requests += requests.length;
  return { requests, expiries, hasSwitched, hasNewBasePoint };
}

/** Ends a packet that is used up or that the house's comfort overrules; sets the cooling of a house that guards itself. */
function endPacket(controllers: Controllers, i: number, airF: number, seconds: number): PacketExpired | undefined {
  const { agents, packetSince, packetSeconds, cooling, guard } = controllers;
  const delivered = seconds - packetSince[i];
  const isUsedUp = delivered >= packetSeconds;
  if (isUsedUp) cooling[i] = 0;
  if (controllers.hasExitMode) guardComfort(controllers, i, airF);
  if (!isUsedUp && (guard[i] === FREE || Number.isNaN(packetSince[i]))) return undefined;
  packetSince[i] = NaN;
  return { packet: "expiry", house: agents[i].house, deliveredSeconds: Math.min(delivered, packetSeconds) };
}

/** A corrected house that takes part again stops cooling until it is granted a packet; a published one goes on. */
function guardComfort({ agents, guard, basePointF, cooling, behaviour }: Controllers, i: number, airF: number): void {
  const before = guard[i] as ComfortGuard;
  guard[i] = comfortGuard(before, airF, basePointF[i], agents[i].agent.deadbandF);
  if (guard[i] === before || (guard[i] === FREE && behaviour === "published")) return;
  cooling[i] = guard[i] === GUARDED_ON ? 1 : 0;
}

/** Whether a house may ask: it takes part and has no packet. */
function isFree({ guard, packetSince }: Controllers, i: number): boolean {
  return guard[i] === FREE && Number.isNaN(packetSince[i]);
}

function asks({ agents, basePointF, timing, tally }: Controllers, i: number, airF: number, draw: () => number) {
  const probability = requestProbability(airF, basePointF[i], agents[i].agent.deadbandF, timing);
  tally.probabilities += probability;
  tally.chances++;
  return draw() < probability;
}

function requestOf(controllers: Controllers, i: number, { hvacLoad, hvacPower }: HouseReadings): PacketAsked {
  const { agents, behaviour, lastDrawnW, packetSeconds } = controllers;
  return {
    packet: "request",
    house: agents[i].house,
    powerW: behaviour === "published" ? lastDrawnW[i] : Math.round(1000 * hvacPower[i]),
    drawingW: Math.round(1000 * hvacLoad[i]),
    seconds: packetSeconds,
  };
}

/** Obeys the coordinator's answers; returns whether any house has switched. A house that has left the scheme meanwhile does not listen. */
export function obeyAnswers(controllers: Controllers, answers: readonly PacketAnswered[], seconds: number): boolean {
  const { places, cooling, packetSince, tally } = controllers;
  let hasSwitched = false;
  for (const { house, accepted } of answers) {
    const i = places[house];
    if (i === undefined || !isFree(controllers, i)) continue;
    const wanted = accepted ? 1 : 0;
    hasSwitched ||= cooling[i] !== wanted;
    cooling[i] = wanted;
    if (!accepted) continue;
    packetSince[i] = seconds;
    tally.accepted++;
  }
  return hasSwitched;
}
