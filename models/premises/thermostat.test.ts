import assert from "node:assert/strict";
import fc from "fast-check";
import { ModelError } from "../model-error.js";
import { transitionOver, type TwoNode } from "../two-node.js";
import { createPremises, type Premises } from "./population.js";
import { advancePremises, type Conditions, updateLoads } from "./step.js";
import { exampleConditions, exampleDescription, exampleSetting } from "./testing/example-premises.js";
import { createThermostats, operateThermostats, thermostatFaults, type ThermostatDescription } from "./thermostat.js";

const SETPOINT_F = 76;

interface Trace {
  readonly hoursOn: number;
  readonly hours: number;
  readonly meanAirF: number;
  readonly lowestF: number;
  readonly highestF: number;
  /** Largest change of the air within one step. */
  readonly largestMoveF: number;
  readonly switches: readonly number[];
}

interface Course {
  readonly stepSeconds: number;
  readonly hours: number;
  /** Hours before anything is counted. */
  readonly warmUpHours: number;
  readonly thermostat: ThermostatDescription;
  readonly weather: (seconds: number) => Conditions;
}

/** One house under its thermostat, from 75 degF. */
function live(premises: Premises, { stepSeconds, hours, warmUpHours, thermostat, weather }: Course): Trace {
  const thermostats = createThermostats(premises.names, thermostat);
  thermostats.setpointF.fill(SETPOINT_F);
  const { airF } = premises.thermal;
  const { cooling } = premises.commands;
  let [onSteps, sumF, count] = [0, 0, 0];
  let [lowestF, highestF, largestMoveF] = [Infinity, -Infinity, 0];
  const switches: number[] = [];
  for (let step = 0; step * stepSeconds < (warmUpHours + hours) * 3600; step++) {
    const seconds = step * stepSeconds;
    const before = cooling[0];
    operateThermostats(thermostats, airF, cooling, seconds);
    if (cooling[0] !== before) switches.push(seconds);
    updateLoads(premises, weather(seconds));
    const startF = airF[0];
    advancePremises(premises, stepSeconds);
    if (seconds < warmUpHours * 3600) continue;
    onSteps += cooling[0];
    sumF += airF[0];
    count++;
    lowestF = Math.min(lowestF, airF[0]);
    highestF = Math.max(highestF, airF[0]);
    largestMoveF = Math.max(largestMoveF, Math.abs(airF[0] - startF));
  }
  const hoursOn = (onSteps * stepSeconds) / 3600;
  return { hoursOn, hours, meanAirF: sumF / count, lowestF, highestF, largestMoveF, switches };
}

function house(): Premises {
  const { name, house: envelope, appliances, scheduleSkewSeconds } = exampleDescription("home");
  return createPremises([{ name, house: envelope, appliances, scheduleSkewSeconds }], exampleSetting);
}

/** A constant afternoon, the sun and the appliances standing still. */
const still = () => exampleConditions;

/** A day that heats up and cools down. */
const changing = (seconds: number): Conditions => ({
  ...exampleConditions,
  simulatedSeconds: 9 * 3600 + seconds,
  outdoorF: 92 + 10 * Math.sin(seconds / 9000),
});

/** The cycle to which constant conditions lead, from the exact solution: no step, crossings by bisection. */
function exactCycle(premises: Premises, bandF: number) {
  const { thermal, commands } = premises;
  const node: TwoNode = {
    airCapacity: thermal.airBtuPerF[0],
    massCapacity: thermal.massBtuPerF[0],
    loss: thermal.lossBtuPerHF[0],
    coupling: thermal.couplingBtuPerHF[0],
  };
  const equilibrium = [0, 1].map(cooling => {
    commands.cooling[0] = cooling;
    updateLoads(premises, exampleConditions);
    return { airF: thermal.equilibriumAirF[0], massF: thermal.equilibriumMassF[0] };
  });
  const after = (from: { airF: number; massF: number }, cooling: number, hours: number) => {
    const t = transitionOver(node, hours);
    const to = equilibrium[cooling];
    const [air, mass] = [from.airF - to.airF, from.massF - to.massF];
    return {
      airF: to.airF + t.airFromAir * air + t.airFromMass * mass,
      massF: to.massF + t.massFromAir * air + t.massFromMass * mass,
    };
  };
  const hoursUntil = (from: { airF: number; massF: number }, cooling: number, targetF: number) => {
    let [low, high] = [0, 12];
    for (let k = 0; k < 80; k++) {
      const middle = (low + high) / 2;
      const isPast = cooling === 1 ? after(from, 1, middle).airF < targetF : after(from, 0, middle).airF > targetF;
      if (isPast) high = middle;
      else low = middle;
    }
    return high;
  };
  let state = { airF: SETPOINT_F + bandF / 2, massF: SETPOINT_F };
  let [onHours, offHours] = [0, 0];
  for (let cycle = 0; cycle < 500; cycle++) {
    onHours = hoursUntil(state, 1, SETPOINT_F - bandF / 2);
    state = after(state, 1, onHours);
    offHours = hoursUntil(state, 0, SETPOINT_F + bandF / 2);
    state = after(state, 0, offHours);
  }
  return { onHours, offHours, duty: onHours / (onHours + offHours) };
}

describe("a thermostat", () => {
  it("reaches the duty cycle of the exact two-node solution", () => {
    const exact = exactCycle(house(), 2);
    const minutes = (hours: number) => (60 * hours).toFixed(2);
    console.log(
      `      exact: ${minutes(exact.onHours)} min on, ${minutes(exact.offHours)} min off, duty ${exact.duty.toFixed(4)}`,
    );
    for (const [stepSeconds, bound] of [
      [1, 0.002],
      [15, 0.01],
    ] as const) {
      const thermostat = { deadBandF: 2, cycleSeconds: 0 };
      const trace = live(house(), { stepSeconds, hours: 60, warmUpHours: 40, thermostat, weather: still });
      const error = trace.hoursOn / trace.hours / exact.duty - 1;
      console.log(`      every ${stepSeconds} s: duty off by ${(100 * error).toFixed(3)} % (bound ${100 * bound} %)`);
      assert.ok(Math.abs(error) < bound);
    }
  });

  it("every 15 s cools as much as one that looks every half second, through a changing day", () => {
    const thermostat = { deadBandF: 2, cycleSeconds: 0 };
    const course = { hours: 10, warmUpHours: 1, thermostat, weather: changing };
    const fine = live(house(), { ...course, stepSeconds: 0.5 });
    const coarse = live(house(), { ...course, stepSeconds: 15 });
    const hours = coarse.hoursOn / fine.hoursOn - 1;
    const meanF = coarse.meanAirF - fine.meanAirF;
    console.log(`      cooling ${(100 * hours).toFixed(2)} % (bound 2 %), mean ${meanF.toFixed(4)} degF (bound 0.05)`);
    console.log(
      `      beyond the band by ${Math.max(coarse.highestF - 77, 75 - coarse.lowestF).toFixed(4)} degF, moves by ${coarse.largestMoveF.toFixed(4)} in a step`,
    );
    assert.ok(Math.abs(hours) < 0.02 && Math.abs(meanF) < 0.05);
    for (const { lowestF, highestF, largestMoveF } of [fine, coarse])
      assert.ok(highestF <= 77 + largestMoveF && lowestF >= 75 - largestMoveF);
  });

  it("never switches within its cycle, however narrow its band", () => {
    const check = fc.property(
      fc.integer({ min: 0, max: 900 }),
      fc.double({ min: 0.01, max: 3, noNaN: true }),
      (cycleSeconds, deadBandF) => {
        const thermostat = { deadBandF, cycleSeconds };
        const { switches } = live(house(), { stepSeconds: 15, hours: 3, warmUpHours: 0, thermostat, weather: still });
        assert.ok(switches.slice(1).every((seconds, k) => seconds - switches[k] >= cycleSeconds));
        assert.ok(switches.length > 1);
      },
    );
    fc.assert(check, { numRuns: 40, seed: 11 });
  });

  it("keeps doing what it does inside the band and follows a moved set-point at once", () => {
    const thermostats = createThermostats(["a"], { deadBandF: 2, cycleSeconds: 0 });
    const cooling = Uint8Array.of(0);
    const states = (
      [
        [77.1, 76],
        [76, 76],
        [75.1, 76],
        [74.9, 76],
        [76.9, 76],
        [76.9, 74],
        [76.9, 80],
      ] as const
    ).map(([airF, setpointF], k) => {
      thermostats.setpointF[0] = setpointF;
      operateThermostats(thermostats, Float64Array.of(airF), cooling, k);
      return cooling[0];
    });
    assert.deepEqual(states, [1, 1, 1, 0, 0, 1, 0]);
  });

  it("names every house, value and bound that cannot be", () => {
    const faults = thermostatFaults(["a", "b"], { deadBandF: [2, 0, 1], cycleSeconds: -1 });
    assert.deepEqual(faults, [
      "cycleSeconds is -1. Give 0 or more.",
      "deadBandF has 3 values for 2 houses. Give one for each, or one for all.",
      "deadBandF of b is 0 degF. Give a width above 0.",
    ]);
    assert.deepEqual(thermostatFaults(["a"], { deadBandF: NaN, cycleSeconds: 120 }), [
      "deadBandF is NaN degF. Give a width above 0.",
    ]);
    assert.throws(() => createThermostats(["a"], { deadBandF: 0, cycleSeconds: 0 }), ModelError);
  });
});
