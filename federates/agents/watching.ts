import { coolingNeeded, nextBasePointF, scheduledF, type HvacAgent } from "../../methods/index.js";
import { localMoment } from "../../models/index.js";
import type { Behaviour } from "../../runtime/index.js";

/** The first base point of the published agents. */
const FIRST_BASE_POINT_F = 80.6;

/** What households want before anybody looks at a schedule. */
export function firstBasePointsF(houses: number): Float64Array {
  return new Float64Array(houses).fill(FIRST_BASE_POINT_F);
}

/** Agents that follow their households' schedules. */
export interface Scheduled {
  readonly behaviour: Behaviour;
  readonly startsAtLocalSeconds: number;
  readonly agents: readonly { readonly agent: Pick<HvacAgent, "schedule" | "deadbandF"> }[];
  readonly basePointF: Float64Array;
}

/** Moves base points as scheduled; returns whether any has moved. Published agents know the whole hour of the clock only. */
export function followSchedules(
  { agents, basePointF, startsAtLocalSeconds, behaviour }: Scheduled,
  seconds: number,
): boolean {
  const { hour, weekday } = localMoment(startsAtLocalSeconds + seconds);
  const clock = behaviour === "published" ? Math.floor(hour) : hour;
  const isWeekend = weekday === 0 || weekday === 6;
  let hasMoved = false;
  for (let i = 0; i < agents.length; i++) {
    const before = basePointF[i];
    basePointF[i] = nextBasePointF(before, scheduledF(agents[i].agent.schedule, clock, isWeekend));
    hasMoved ||= basePointF[i] !== before;
  }
  return hasMoved;
}

/** What the meters show, one vector element for each house. */
export interface Measured {
  readonly airTemperature: Float64Array;
  readonly hvacLoad: Float64Array;
  readonly hvacPower: Float64Array;
  readonly houseLoad: Float64Array;
  readonly pvAvailable: Float64Array;
}

/** Cooling that agents switch: plain data, one vector element for each house. */
export interface SwitchedCooling {
  /** 1 cools, 0 is off. */
  readonly cooling: Float64Array;
  /** When each house's cooling must stop, in simulated seconds. */
  readonly coolingUntil: Float64Array;
}

/** What agents know of the houses that they watch: plain data, one vector element for each house. */
export interface WatchedHouses extends SwitchedCooling {
  /** 1 where the house is too warm and has not yet been cooled enough. */
  readonly needed: Uint8Array;
  readonly unresponsiveKw: Float64Array;
}

/** So many houses before the first look at them: all cooling off. */
export function watchHouses(houses: number): WatchedHouses {
  const vector = () => new Float64Array(houses);
  return { needed: new Uint8Array(houses), unresponsiveKw: vector(), cooling: vector(), coolingUntil: vector() };
}

/** Agents that watch their houses; the set-points of some answer to the price. */
export interface Watching extends Scheduled, WatchedHouses {
  readonly offsetF?: Float64Array;
}

/** Follows the schedules and the temperatures. */
export function observe(
  watching: Omit<Watching, keyof SwitchedCooling>,
  measured: Pick<Measured, "airTemperature" | "houseLoad" | "hvacLoad">,
  seconds: number,
): void {
  followSchedules(watching, seconds);
  const { agents, basePointF, offsetF, needed, unresponsiveKw } = watching;
  for (let i = 0; i < agents.length; i++) {
    const { deadbandF } = agents[i].agent;
    const band = { setpointF: basePointF[i] + (offsetF?.[i] ?? 0), deadbandF };
    needed[i] = coolingNeeded(needed[i] === 1, measured.airTemperature[i], band) ? 1 : 0;
    unresponsiveKw[i] = Math.max(measured.houseLoad[i] - measured.hvacLoad[i], 0);
  }
}

/** Switches cooling on or off: it runs until its share of the period is used up. Returns whether any house has changed. */
export function switchCooling({ cooling, coolingUntil }: SwitchedCooling, seconds: number): boolean {
  let hasSwitched = false;
  for (let i = 0; i < cooling.length; i++) {
    const wanted = seconds < coolingUntil[i] ? 1 : 0;
    hasSwitched ||= wanted !== cooling[i];
    cooling[i] = wanted;
  }
  return hasSwitched;
}
