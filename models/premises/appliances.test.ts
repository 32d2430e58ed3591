import assert from "node:assert/strict";
import { needReference } from "../../testing/reference.js";
import { localSeconds } from "../calendar.js";
import { createAppliances, updateAppliances } from "./appliances.js";
import { exampleDescription, exampleSetting } from "./testing/example-premises.js";
import { referencePremises, referenceSetting, referenceStart } from "./testing/reference-premises.js";
import { readSnapshot } from "./testing/reference-snapshot.js";
import { actualKw } from "./zip.js";

const lists = [exampleDescription("home").appliances];

function lightsKw(clock: string, skewSeconds = 0): number {
  const appliances = createAppliances(lists, [skewSeconds], exampleSetting.schedules);
  updateAppliances(appliances, localSeconds(clock));
  return appliances.kw[0];
}

describe("appliances", () => {
  it("have the power and give the heat that GridLAB-D recorded for 200 end uses, house by house", function () {
    needReference(this, "pemt/r5/feeder-snapshot.json");
    const snapshot = readSnapshot();
    const descriptions = referencePremises();
    const appliances = createAppliances(
      descriptions.map(premises => premises.appliances),
      descriptions.map(premises => premises.scheduleSkewSeconds),
      referenceSetting().schedules,
    );
    updateAppliances(appliances, referenceStart + snapshot.time_s);
    let worst = 0;
    descriptions.forEach(({ name }, i) => {
      const loads = Object.values(snapshot.objects.ZIPload).filter(load => (load.parent as unknown) === name);
      const sum = (pick: (load: (typeof loads)[number]) => number) =>
        loads.reduce((total, load) => total + pick(load), 0);
      worst = Math.max(worst, Math.abs(appliances.kw[i] / sum(load => load.base_power) - 1));
      worst = Math.max(worst, Math.abs(appliances.heatBtuPerH[i] / sum(load => load.heatgain) - 1));
    });
    console.log(`      worst relative error of power and heat of 30 houses ${worst.toExponential(1)} (bound 1e-6)`);
    assert.ok(worst < 1e-6);
  });

  it("follow hour, day type and season of the household's own clock", () => {
    assert.equal(lightsKw("2013-07-01 13:59:59"), 2.6);
    assert.equal(lightsKw("2013-07-01 14:00:00"), 2.8);
    assert.equal(lightsKw("2013-07-06 14:00:00"), 2, "a Saturday");
    assert.equal(lightsKw("2013-10-01 14:00:00"), 4, "a winter weekday");
    assert.equal(lightsKw("2013-03-31 14:00:00"), 6, "a winter Sunday");
    assert.equal(lightsKw("2013-07-01 14:00:00", 1), 2.6, "a household one second late");
    assert.equal(lightsKw("2013-07-01 13:30:00", -1800), 2.8, "a household half an hour early");
    assert.equal(lightsKw("2013-07-06 00:10:00", 3600), 4.6, "still Friday, 23 h");
  });

  it("change at their hour when time goes on, exactly as if they were computed anew", () => {
    const going = createAppliances(lists, [1234], exampleSetting.schedules);
    for (let t = localSeconds("2013-07-05 00:00"); t < localSeconds("2013-07-07 00:00"); t += 61) {
      updateAppliances(going, t);
      const fresh = createAppliances(lists, [1234], exampleSetting.schedules);
      updateAppliances(fresh, t);
      assert.deepEqual(going, fresh);
    }
  });

  it("are leading where the power factor is negative, and answer to voltage part by part", () => {
    const appliances = createAppliances(lists, [0], exampleSetting.schedules);
    updateAppliances(appliances, localSeconds("2013-07-06 00:00"));
    const { nominal } = appliances;
    assert.ok(Math.abs(nominal.constantPowerVar[0] + 1000 * 0.75) < 1e-9, "1 kW at 0.8 leading");
    assert.ok(nominal.constantCurrentVar[0] > 0 && nominal.constantImpedanceVar[0] === 0);
    assert.ok(Math.abs(actualKw(nominal, 0, 0.9) - 2 * (0.5 + 0.2 * 0.9 + 0.3 * 0.81)) < 1e-12);
  });
});
