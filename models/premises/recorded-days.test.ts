import assert from "node:assert/strict";
import { needReference, readReferenceColumns } from "../../testing/reference.js";
import { createPremises, type Premises } from "./population.js";
import { advancePremises, updateLoads } from "./step.js";
import { referencePremises, referenceSetting, referenceWeather } from "./testing/reference-premises.js";

const WINDOWS = 576;
const STEPS_PER_WINDOW = 20;
const STEP_SECONDS = 15;

/** Houses that the recorded control left on for good after its first hour; A1 and A26 were cooled now and then, the others never. */
const ALWAYS_COOLED = ["F0_house_A3", "F0_house_A14", "F0_house_A21", "F0_house_A29"];
const SOMETIMES_COOLED = ["F0_house_A1", "F0_house_A26"];

interface Window {
  readonly airF: Float64Array;
  readonly hvacKw: Float64Array;
  readonly totalKva: Float64Array;
}

/** Simulates the two recorded days at a 15-s step and returns the means of every 5-min window. `command` prepares each window. */
function simulate(command: (premises: Premises, window: number) => void): { premises: Premises; windows: Window[] } {
  const premises = createPremises(referencePremises(), referenceSetting());
  const weather = referenceWeather();
  const windows = Array.from({ length: WINDOWS }, (_, window) => {
    const means = { airF: new Float64Array(30), hvacKw: new Float64Array(30), totalKva: new Float64Array(30) };
    for (let step = 0; step < STEPS_PER_WINDOW; step++) {
      updateLoads(premises, weather(window * 300 + step * STEP_SECONDS));
      if (step === 0) {
        command(premises, window);
        updateLoads(premises, weather(window * 300));
      }
      accumulate(means.airF, premises.thermal.airF, 0.5);
      accumulate(means.hvacKw, premises.hvac.kw, 1);
      accumulate(means.totalKva, premises.loads.totalKva, 1);
      advancePremises(premises, STEP_SECONDS);
      accumulate(means.airF, premises.thermal.airF, 0.5);
    }
    return means;
  });
  return { premises, windows };
}

function accumulate(mean: Float64Array, values: Float64Array, weight: number): void {
  for (let i = 0; i < mean.length; i++) mean[i] += (weight * values[i]) / STEPS_PER_WINDOW;
}

/** Cools the four houses as recorded, at the voltage that the recorded power of the first of them implies. */
function coolAsRecorded(hvac: Record<string, Float64Array>): (premises: Premises, window: number) => void {
  const weather = referenceWeather();
  return (premises, window) => {
    const first = premises.names.indexOf(ALWAYS_COOLED[0]);
    for (const name of ALWAYS_COOLED) {
      premises.commands.cooling[premises.names.indexOf(name)] = hvac[name][window] > 1 ? 1 : 0;
    }
    updateLoads(premises, weather(window * 300));
    const voltageFactor = hvac[ALWAYS_COOLED[0]][window] / premises.hvac.nominalKw[first];
    if (premises.commands.cooling[first]) premises.commands.voltagePu.fill(Math.sqrt((voltageFactor - 0.8) / 0.2));
  };
}

function statistics(errors: readonly number[]): { rms: number; max: number } {
  const squares = errors.reduce((sum, error) => sum + error * error, 0);
  return { rms: Math.sqrt(squares / errors.length), max: Math.max(...errors.map(Math.abs)) };
}

describe("two recorded days", () => {
  it("lets 24 uncooled houses float as recorded for 48 h", function () {
    needReference(this, "pemt/r2/house-temperature.csv.gz");
    const recorded = readReferenceColumns("pemt/r2/house-temperature.csv.gz");
    const { premises, windows } = simulate(() => undefined);
    const free = premises.names.filter(name => ![...ALWAYS_COOLED, ...SOMETIMES_COOLED].includes(name));
    assert.equal(free.length, 24);
    const figures = free.map(name => {
      const i = premises.names.indexOf(name);
      return statistics(windows.map((window, k) => window.airF[i] - recorded[name][k]));
    });
    const rms = Math.max(...figures.map(figure => figure.rms));
    const max = Math.max(...figures.map(figure => figure.max));
    console.log(
      `      worst house: rms ${rms.toFixed(4)} degF (bound 0.02), largest ${max.toFixed(3)} degF (bound 0.2)`,
    );
    assert.ok(rms < 0.02 && max < 0.2);
  });

  it("cools the four houses that were always on, at the recorded power and to the recorded temperatures", function () {
    needReference(this, "pemt/r2/house-hvac-load.csv.gz");
    const temperature = readReferenceColumns("pemt/r2/house-temperature.csv.gz");
    const hvac = readReferenceColumns("pemt/r2/house-hvac-load.csv.gz");
    const { premises, windows } = simulate(coolAsRecorded(hvac));
    const steady = windows.map((window, k) => ({ window, k })).filter(({ k }) => k > 12);
    const power = ALWAYS_COOLED.slice(1).map(name => {
      const i = premises.names.indexOf(name);
      return statistics(steady.map(({ window, k }) => window.hvacKw[i] / hvac[name][k] - 1)).max;
    });
    const warmth = ALWAYS_COOLED.map(name => {
      const i = premises.names.indexOf(name);
      return statistics(windows.map((window, k) => window.airF[i] - temperature[name][k])).rms;
    });
    const worst = Math.max(...power);
    console.log(
      `      power of A14, A21, A29 at the voltage that A3 implies: worst relative error ${worst.toExponential(1)} (bound 1e-4)`,
    );
    console.log(
      `      temperature of all four over 48 h: worst rms ${Math.max(...warmth).toFixed(4)} degF (bound 0.02)`,
    );
    assert.ok(worst < 1e-4 && Math.max(...warmth) < 0.02);
  });

  it("adds up to the recorded total load of every house", function () {
    needReference(this, "pemt/r2/house-total-load.csv.gz");
    const recorded = readReferenceColumns("pemt/r2/house-total-load.csv.gz");
    const { premises, windows } = simulate(coolAsRecorded(readReferenceColumns("pemt/r2/house-hvac-load.csv.gz")));
    const names = premises.names.filter(name => !SOMETIMES_COOLED.includes(name));
    const figures = names.map(name => {
      const i = premises.names.indexOf(name);
      const meanKva = statistics([...recorded[name]]).rms;
      return statistics(windows.slice(12).map((window, k) => (window.totalKva[i] - recorded[name][k + 12]) / meanKva));
    });
    const rms = Math.max(...figures.map(figure => figure.rms));
    console.log(
      `      28 houses: worst rms ${(100 * rms).toFixed(3)} % of the house's own load (bound 0.5 %), hour changes between steps included`,
    );
    assert.ok(rms < 0.005);
  });
});
