import assert from "node:assert/strict";
import { needReference } from "../../testing/reference.js";
import { createPremises } from "./population.js";
import { updateLoads } from "./step.js";
import { examplePremises, exampleConditions } from "./testing/example-premises.js";
import { referencePremises, referenceSetting, referenceWeather } from "./testing/reference-premises.js";
import { magnitude, readSnapshot } from "./testing/reference-snapshot.js";

/** The recorded case at its snapshot, seven units cooling, every house at its recorded voltage. */
function premisesAtSnapshot() {
  const snapshot = readSnapshot();
  const houses = snapshot.objects.house;
  const premises = createPremises(referencePremises(), referenceSetting());
  premises.names.forEach((name, i) => {
    premises.commands.cooling[i] = houses[name].system_mode === ("COOL" as unknown) ? 1 : 0;
    premises.commands.voltagePu[i] = magnitude(houses[name].voltage_12) / 240;
  });
  updateLoads(premises, referenceWeather()(snapshot.time_s));
  return { premises, houses };
}

function worstError(pairs: readonly (readonly [number, number])[]): number {
  return Math.max(...pairs.map(([ours, recorded]) => Math.abs(ours - recorded) / Math.max(Math.abs(recorded), 1e-3)));
}

describe("cooling", () => {
  it("draws the power and moves the heat that GridLAB-D recorded for seven running units", function () {
    needReference(this, "pemt/r5/feeder-snapshot.json");
    const { premises, houses } = premisesAtSnapshot();
    const running = premises.names.filter((_, i) => premises.commands.cooling[i] === 1);
    assert.equal(running.length, 7);
    const index = (name: string) => premises.names.indexOf(name);
    const power = worstError(running.map(name => [premises.hvac.kw[index(name)], houses[name].hvac_load]));
    const heat = worstError(running.map(name => [premises.hvac.heatBtuPerH[index(name)], houses[name].Qh]));
    console.log(
      `      relative error of power ${power.toExponential(1)} (bound 1e-4), of heat to the air ${heat.toExponential(1)} (bound 1e-4)`,
    );
    assert.ok(power < 1e-4 && heat < 1e-4);
  });

  it("splits every house's load into constant power, current and impedance as the recorded panels do", function () {
    needReference(this, "pemt/r5/feeder-snapshot.json");
    const { premises, houses } = premisesAtSnapshot();
    const { house, totalKva } = premises.loads;
    const pairs = premises.names.flatMap((name, i): [number, number][] => {
      const recorded = houses[name];
      const parts = [
        recorded["panel.constant_power"],
        recorded["panel.constant_current"],
        recorded["panel.constant_admittance"],
      ];
      const [p, c, z] = parts as unknown as { re: number; im: number }[];
      return [
        [house.constantPowerW[i] / 1000, p.re],
        [house.constantPowerVar[i] / 1000, p.im],
        [house.constantCurrentW[i] / 1000, c.re],
        [house.constantCurrentVar[i] / 1000, c.im],
        [house.constantImpedanceW[i] / 1000, z.re],
        [house.constantImpedanceVar[i] / 1000, z.im],
      ];
    });
    const worstKw = Math.max(...pairs.map(([ours, recorded]) => Math.abs(ours - recorded)));
    const total = worstError(premises.names.map((name, i) => [totalKva[i], houses[name].total_load]));
    console.log(`      180 parts: worst error ${(1000 * worstKw).toFixed(3)} W or VAr (recorded to 0.01, bound 0.03)`);
    console.log(`      total load of 30 houses: relative error ${total.toExponential(1)} (bound 1e-6)`);
    assert.ok(worstKw < 3e-5 && total < 1e-6);
  });

  it("rests without a command and gives nothing to the grid", () => {
    const premises = examplePremises();
    updateLoads(premises, exampleConditions);
    assert.equal(premises.hvac.kw[0], 0);
    assert.equal(premises.hvac.heatBtuPerH[0], 0);
    assert.equal(premises.loads.house.constantImpedanceVar[0], premises.appliances.nominal.constantImpedanceVar[0]);
    premises.commands.cooling[0] = 1;
    updateLoads(premises, exampleConditions);
    assert.ok(premises.hvac.kw[0] > 2 && premises.hvac.heatBtuPerH[0] < -20_000);
  });
});
