import assert from "node:assert/strict";
import fc from "fast-check";
import type { ModelError } from "../model-error.js";
import type { PremisesDescription } from "./description.js";
import { createPremises, type Premises } from "./population.js";
import { advancePremises, type Conditions, updateLoads } from "./step.js";
import { exampleConditions, exampleDescription, exampleSetting } from "./testing/example-premises.js";

function population(count: number): Premises {
  const descriptions = Array.from({ length: count }, (_, i): PremisesDescription => {
    const whole = exampleDescription(`home ${i}`);
    const house = { ...whole.house, floorAreaSqft: 800 + 70 * i, airTemperatureF: 70 + i };
    const bare = { name: whole.name, appliances: whole.appliances, house, scheduleSkewSeconds: 311 * i };
    return i % 4 === 3 ? bare : { ...whole, ...bare };
  });
  return createPremises(descriptions, exampleSetting);
}

/** Commands and weather that differ at every step, from nothing but the step's number. */
function drive(premises: Premises, step: number, seconds: number): Conditions {
  premises.names.forEach((_, i) => {
    const swing = Math.sin(step * 0.7 + i);
    premises.commands.cooling[i] = swing > 0.2 ? 1 : 0;
    premises.commands.pvKw[i] = 3 * swing;
    premises.commands.batteryKw[i] = 6 * Math.cos(step + i);
    premises.commands.chargeOnKw[i] = 1;
    premises.commands.chargeOffKw[i] = 1.2;
    premises.commands.dischargeOffKw[i] = 2;
    premises.commands.dischargeOnKw[i] = 2.5;
    premises.commands.voltagePu[i] = 0.97 + 0.03 * swing;
  });
  const outdoorF = 90 + 10 * Math.sin(step / 9);
  return { ...exampleConditions, simulatedSeconds: seconds, outdoorF, directNormalWPerSqft: 40 + (step % 30) };
}

describe("population of premises", () => {
  it("goes on bit for bit after it was encoded and decoded between any two calls", () => {
    let whole = population(7);
    let decoded = population(7);
    for (let step = 0; step < 300; step++) {
      const seconds = 15 + (step % 3 === 0 ? 4 : 0);
      for (const premises of [whole, decoded]) advancePremises(premises, seconds);
      decoded = structuredClone(decoded);
      for (const premises of [whole, decoded]) updateLoads(premises, drive(premises, step, 50_000 + step * 300));
      decoded = structuredClone(decoded);
    }
    assert.deepEqual(decoded, whole);
    whole = structuredClone(whole);
    assert.ok(whole.loadFollowingBattery.acKw.some(kw => kw !== 0) && whole.hvac.kw.some(kw => kw > 0));
  });

  it("holds nothing but plain data", () => {
    const isPlain = (value: unknown): boolean => {
      if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return true;
      if (value instanceof Float64Array || value instanceof Int32Array || value instanceof Uint8Array) return true;
      if (Array.isArray(value)) return value.every(isPlain);
      return Object.getPrototypeOf(value) === Object.prototype && Object.values(value as object).every(isPlain);
    };
    assert.ok(isPlain(population(2)));
  });

  it("does not care how the time between two updates is divided", () => {
    let worst = 0;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 8 }), parts => {
        const [whole, split] = [population(5), population(5)];
        const total = parts.reduce((sum, part) => sum + part, 0);
        for (const premises of [whole, split])
          updateLoads(premises, { ...drive(premises, 3, 50_000), holdSeconds: total });
        advancePremises(whole, total);
        for (const part of parts) advancePremises(split, part);
        for (const pick of [
          (p: Premises) => p.thermal.airF,
          (p: Premises) => p.thermal.massF,
          (p: Premises) => p.dispatchedBattery.stateOfCharge,
        ]) {
          pick(whole).forEach((value, i) => (worst = Math.max(worst, Math.abs(value - pick(split)[i]))));
        }
        assert.ok(worst < 1e-9);
      }),
    );
    console.log(`      worst difference ${worst.toExponential(1)} degF or state of charge (bound 1e-9)`);
  });

  it("treats each premises as if it were alone", () => {
    const together = population(6);
    for (let step = 0; step < 50; step++) {
      updateLoads(together, drive(together, step, 50_000 + 15 * step));
      advancePremises(together, 15);
    }
    assert.equal(new Set(together.thermal.airF).size, 6);
    const alone = createPremises(
      [
        {
          ...exampleDescription("home 0"),
          house: { ...exampleDescription("").house, floorAreaSqft: 800, airTemperatureF: 70 },
        },
      ],
      exampleSetting,
    );
    for (let step = 0; step < 50; step++) {
      updateLoads(alone, drive(alone, step, 50_000 + 15 * step));
      advancePremises(alone, 15);
    }
    assert.equal(alone.thermal.airF[0], together.thermal.airF[0]);
    assert.equal(alone.dispatchedBattery.stateOfCharge[0], together.dispatchedBattery.stateOfCharge[0]);
  });

  it("stands still before its first update and for no time", () => {
    const premises = population(2);
    advancePremises(premises, 0);
    advancePremises(premises, 3600);
    assert.deepEqual([...premises.thermal.airF], [70, 71]);
    updateLoads(premises, exampleConditions);
    advancePremises(premises, 0);
    assert.deepEqual([...premises.thermal.airF], [70, 71]);
  });

  it("names every fault of its descriptions at once, each with its cure", () => {
    const good = exampleDescription("twin");
    const battery = { capacityKwh: 0, stateOfCharge: 2, ratedKw: 3, inverterEfficiency: 0.9, roundTripEfficiency: 81 };
    const bad: PremisesDescription = {
      ...good,
      house: { ...good.house, floorAreaSqft: -1, hvacPowerFactor: 97, massBtuPerFSqft: 0.1 },
      appliances: [{ ...good.appliances[0], schedule: "LIGHT", powerFraction: 0.6, currentPowerFactor: 0 }],
      loadFollowingBattery: battery,
    };
    const setting = {
      ...exampleSetting,
      schedules: { LIGHTS: { ...exampleSetting.schedules.LIGHTS, winterWeekend: [1, 2] } },
    };
    assert.throws(
      () => createPremises([good, bad], setting),
      (error: ModelError) => {
        assert.equal(error.code, "MODEL_PREMISES");
        assert.equal(error.faults.length, 11);
        for (const words of [
          "used twice",
          "LIGHTS: winterWeekend",
          "floorAreaSqft is -1",
          '"LIGHT" is unknown. Known are LIGHTS',
          "roundTripEfficiency is 81",
        ]) {
          assert.ok(error.message.includes(words), words);
        }
        return true;
      },
    );
  });
});
