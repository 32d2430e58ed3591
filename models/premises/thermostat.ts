import { ModelError } from "../model-error.js";

/** How a population's thermostats are built: one dead band for all houses or one for each. */
export interface ThermostatDescription {
  /** Width of the band around the set-point in which a unit keeps doing what it does. */
  readonly deadBandF: number | readonly number[];
  /** Shortest time between two switches of a unit. */
  readonly cycleSeconds: number;
}

/** Two-position cooling thermostats as plain data: one vector element for each house. */
export interface Thermostats {
  /** Whoever owns the population writes here. */
  readonly setpointF: Float64Array;
  readonly halfBandF: Float64Array;
  readonly cycleSeconds: number;
  /** When each unit last switched, in simulated seconds; −Infinity before it ever did. */
  readonly switchedSeconds: Float64Array;
}

/** What is wrong with the thermostats of these houses: a sentence with party, value and bound for each fault. */
export function thermostatFaults(names: readonly string[], description: ThermostatDescription): string[] {
  const { deadBandF, cycleSeconds } = description;
  const faults: string[] = [];
  const isCycle = cycleSeconds >= 0 && cycleSeconds < Infinity;
  if (!isCycle) faults.push(`cycleSeconds is ${cycleSeconds}. Give 0 or more.`);
  if (typeof deadBandF === "number") return [...faults, ...bandFaults("deadBandF", deadBandF)];
  if (deadBandF.length !== names.length)
    faults.push(
      `deadBandF has ${deadBandF.length} values for ${names.length} houses. Give one for each, or one for all.`,
    );
  return [...faults, ...deadBandF.flatMap((band, i) => bandFaults(`deadBandF of ${names[i] ?? `house ${i}`}`, band))];
}

function bandFaults(field: string, bandF: number): string[] {
  return bandF > 0 && bandF < Infinity ? [] : [`${field} is ${bandF} degF. Give a width above 0.`];
}

/** Thermostats of these houses. Throws a `ModelError` with every fault of the description. */
export function createThermostats(names: readonly string[], description: ThermostatDescription): Thermostats {
  const faults = thermostatFaults(names, description);
  if (faults.length > 0) throw new ModelError("MODEL_THERMOSTAT", faults);
  const { deadBandF, cycleSeconds } = description;
  const bandF = (i: number) => (typeof deadBandF === "number" ? deadBandF : deadBandF[i]);
  return {
    setpointF: new Float64Array(names.length).fill(Infinity),
    halfBandF: Float64Array.from(names, (_, i) => bandF(i) / 2),
    cycleSeconds,
    switchedSeconds: new Float64Array(names.length).fill(-Infinity),
  };
}

/**
 * Looks at the air once: a unit starts above its band, stops below it, and stays as it is inside, or while its last
 * switch is less than a cycle ago. Writes 1 (cools) or 0 (off) into `cooling`. Who looks every h seconds finds the air
 * beyond the band by at most what it moves in h. Source: GridLAB-D Residential module, "house", thermostat.
 */
export function operateThermostats(
  { setpointF, halfBandF, cycleSeconds, switchedSeconds }: Thermostats,
  airF: Float64Array,
  cooling: Uint8Array,
  seconds: number,
): void {
  for (let i = 0; i < airF.length; i++) {
    const isOn = cooling[i] === 1;
    const mustSwitch = isOn ? airF[i] < setpointF[i] - halfBandF[i] : airF[i] > setpointF[i] + halfBandF[i];
    if (!mustSwitch || seconds - switchedSeconds[i] < cycleSeconds) continue;
    cooling[i] = isOn ? 0 : 1;
    switchedSeconds[i] = seconds;
  }
}
