import assert from "node:assert/strict";
import fc from "fast-check";
import { needReference } from "../../testing/reference.js";
import { createPremises } from "./population.js";
import { updateLoads } from "./step.js";
import { exampleConditions, exampleDescription, examplePremises, exampleSetting } from "./testing/example-premises.js";
import { referencePremises, referenceSetting, referenceWeather } from "./testing/reference-premises.js";
import { magnitude, readSnapshot } from "./testing/reference-snapshot.js";
import { localMoment } from "../calendar.js";
import { sunDirection } from "../sun/index.js";
import { arrayPowerKw, moduleTemperatureF } from "./photovoltaics.js";

describe("photovoltaics", () => {
  it("gives the dc power that GridLAB-D recorded, house by house and in total", function () {
    needReference(this, "pemt/r5/feeder-snapshot.json");
    const snapshot = readSnapshot();
    const premises = createPremises(referencePremises(), referenceSetting());
    updateLoads(premises, referenceWeather()(snapshot.time_s - 1)); // GridLAB-D's arrays lag its clock by one step of 1 s
    const errors = premises.names.map((name, i) => {
      const recordedKw = magnitude(snapshot.objects.solar[`solar_${name}`].VA_Out) / 1000;
      return Math.abs(premises.pv.dcKw[i] / recordedKw - 1);
    });
    const totalKw = premises.pv.dcKw.reduce((sum, kw) => sum + kw, 0);
    console.log(
      `      30 arrays: worst relative error ${Math.max(...errors).toExponential(1)}; total ${totalKw.toFixed(4)} kW, recorded 81.157 (bound 1e-4)`,
    );
    assert.ok(Math.max(...errors) < 1e-4);
    assert.ok(Math.abs(totalKw / 81.157 - 1) < 1e-4);
  });

  it("warms its modules as recorded", function () {
    needReference(this, "pemt/r5/feeder-snapshot.json");
    const { Insolation, Tmodule, ambient_temperature: ambientF } = readSnapshot().objects.solar.solar_F0_house_A0;
    assert.ok(Math.abs(moduleTemperatureF(Insolation, ambientF) / Tmodule - 1) < 1e-9);
  });

  it("feeds no more than the array gives, unless it is told to behave as published", () => {
    for (const limitsPvToArray of [true, false]) {
      const premises = createPremises([exampleDescription("home")], { ...exampleSetting, limitsPvToArray });
      premises.commands.pvKw[0] = 4.9;
      updateLoads(premises, exampleConditions);
      const availableKw = 0.9 * premises.pv.dcKw[0];
      assert.ok(availableKw < 4.9 && availableKw > 2);
      assert.equal(premises.pv.acKw[0], limitsPvToArray ? availableKw : 4.9);
    }
  });

  it("keeps apparent power within the inverter's rating and the power factor as told", () => {
    const premises = examplePremises(description => ({
      ...description,
      pv: { ratedKw: 60, inverterKw: 5, inverterEfficiency: 0.9 },
    }));
    const order = fc.double({ min: 0, max: 20, noNaN: true });
    fc.assert(
      fc.property(order, order, (kw, kvar) => {
        premises.commands.pvKw[0] = kw;
        premises.commands.pvKvar[0] = kvar;
        updateLoads(premises, exampleConditions);
        const { acKw, acKvar } = premises.pv;
        assert.ok(Math.hypot(acKw[0], acKvar[0]) <= 5 * (1 + 1e-12));
        assert.ok(Math.abs(acKw[0] * kvar - acKvar[0] * kw) < 1e-9);
        if (Math.hypot(kw, kvar) < 5) assert.equal(acKw[0], kw);
      }),
    );
  });

  it("gives under a weather told ahead what it gives when that weather has come", () => {
    const premises = createPremises([exampleDescription("home"), exampleDescription("next")], exampleSetting);
    const { simulatedSeconds, outdoorF, directNormalWPerSqft, diffuseHorizontalWPerSqft } = exampleConditions;
    const ahead = arrayPowerKw(premises.pv, {
      sun: sunDirection(exampleSetting.site, localMoment(exampleSetting.startsAtLocalSeconds + simulatedSeconds)),
      light: { directNormal: directNormalWPerSqft, diffuseHorizontal: diffuseHorizontalWPerSqft },
      outdoorF,
    });
    updateLoads(premises, exampleConditions);
    assert.ok(ahead[0] > 3);
    assert.deepEqual(ahead, premises.pv.dcKw);
  });

  it("sees the sun from the side it faces", () => {
    const facing = (azimuthDeg: number) => ({
      ratedKw: 6,
      inverterKw: 5,
      inverterEfficiency: 0.9,
      azimuthDeg,
      tiltDeg: 60,
    });
    const descriptions = [90, 270, 90].map((azimuth, i) => ({
      ...exampleDescription(`home ${i}`),
      pv: facing(azimuth),
    }));
    const premises = createPremises(descriptions, exampleSetting);
    updateLoads(premises, { ...exampleConditions, simulatedSeconds: 8 * 3600 });
    const [east, west, again] = premises.pv.dcKw;
    assert.ok(east > 2 * west);
    assert.equal(east, again);
    assert.equal(premises.pv.normals.length, 2);
  });
});
