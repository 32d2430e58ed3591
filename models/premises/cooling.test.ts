import assert from "node:assert/strict";
import { exampleConditions, exampleDescription, exampleSetting } from "./testing/example-premises.js";
import { advancePremises, createPremises, switchCooling, updateLoads, type Premises } from "./index.js";

function updated(cooling: readonly number[]): Premises {
  const premises = createPremises(
    cooling.map((_, i) => exampleDescription(`house ${i}`)),
    exampleSetting,
  );
  premises.commands.cooling.set(cooling);
  premises.commands.voltagePu.fill(0.97);
  updateLoads(premises, exampleConditions);
  return premises;
}

describe("cooling that is switched between two updates", () => {
  it("draws, cools and loads the meter as after an update with the new commands", () => {
    const switched = updated([0, 1, 0, 1]);
    switched.commands.cooling.set([1, 0, 0, 1]);
    switchCooling(switched, exampleConditions);
    const expected = updated([1, 0, 0, 1]);
    assert.deepEqual(switched.hvac, expected.hvac);
    assert.deepEqual(switched.loads.house, expected.loads.house);
    assert.deepEqual(switched.loads.totalKva, expected.loads.totalKva);
    for (const premises of [switched, expected]) advancePremises(premises, 600);
    const worst = switched.thermal.airF.reduce(
      (far, airF, i) => Math.max(far, Math.abs(airF - expected.thermal.airF[i])),
      0,
    );
    console.log(`      air after 600 s: ${worst.toExponential(1)} °F apart (bound 1e-10)`);
    assert.ok(worst < 1e-10);
    assert.ok(expected.thermal.airF[0] < expected.thermal.airF[1] - 1);
  });

  it("changes nothing where nothing switches, whatever the weather", () => {
    const premises = updated([0, 1]);
    const before = structuredClone(premises);
    switchCooling(premises, { outdoorF: 60, relativeHumidity: 0.9 });
    assert.deepEqual(premises, before);
  });
});
