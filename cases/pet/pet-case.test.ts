import assert from "node:assert/strict";
import { findFeederFaults } from "../../models/index.js";
import { referencePremises } from "../../models/premises/testing/reference-premises.js";
import { needReference, readReferenceColumns, readReferenceRows } from "../../testing/reference.js";
import { agents } from "../neighbourhood/agents.js";
import { feederScale } from "../neighbourhood/bulk.js";
import { feederFile } from "../neighbourhood/feeder.js";
import { readOptions } from "../options.js";
import pet from "./index.js";
import { housePlaces, premisesDescriptions } from "../neighbourhood/premises.js";
import { weatherRows } from "../neighbourhood/weather.js";

const DEFAULTS = { houses: 30, days: 1, step: 15, behaviour: "corrected", seed: 0 } as const;

describe("the PET case", () => {
  it("has the published weather: hourly values and a quadratic spline give all 1,153 rows", function () {
    needReference(this);
    const reference = readReferenceColumns("pemt/weather.csv");
    const names = [
      "temperature_degF",
      "relative_humidity",
      "direct_normal_W_per_ft2",
      "diffuse_horizontal_W_per_ft2",
      "pressure_mbar",
      "wind_speed_mph",
    ];
    const worst = names.map((name, c) =>
      Math.max(...weatherRows().map((row, i) => Math.abs(Number(row[c].toFixed(4)) - reference[name][i]))),
    );
    console.log(`      largest deviations: ${names.map((name, c) => `${name} ${worst[c].toFixed(4)}`).join(", ")}`);
    assert.ok(worst.every(value => value <= 0.0013));
  });

  it("has the thirty published houses and their appliances, digit by digit", function () {
    needReference(this);
    const expected = referencePremises();
    const ours = premisesDescriptions(housePlaces(30), 0);
    ours.forEach((premises, i) => {
      const { name, house, appliances, scheduleSkewSeconds, pv, loadFollowingBattery } = expected[i];
      assert.equal(premises.name, name);
      assert.equal(premises.scheduleSkewSeconds, scheduleSkewSeconds);
      assert.deepEqual(premises.pv, pv);
      assert.deepEqual(premises.loadFollowingBattery, loadFollowingBattery);
      for (const [key, value] of Object.entries(house)) {
        assert.ok(Math.abs(premises.house[key as keyof typeof house] - value) < 1e-9, `${name} ${key}`);
      }
      const lower = appliances.map(one => ({ ...one, schedule: one.schedule.toLowerCase() }));
      const strip = (list: typeof lower) =>
        list.map(one => [one.schedule, one.factorKw, one.heatFraction, one.powerFraction, one.impedanceFraction]);
      assert.deepEqual(strip([...premises.appliances]), strip(lower));
    });
  });

  it("has the thirty published agents", function () {
    needReference(this);
    const rows = readReferenceRows("pemt/hvac-agents.csv");
    const ours = agents(housePlaces(30), 0, { behaviour: "published" });
    ours.forEach(({ agent, house }, i) => {
      assert.equal(house, rows[i].house);
      assert.equal(agent.schedule.eveningStartH, Number(rows[i].evening_start_h));
      assert.equal(agent.schedule.nightF, Number(rows[i].night_set_degF));
      assert.equal(agent.rampSigma, Number(rows[i].ramp_sigma));
      assert.equal(agent.deadbandF, Number(rows[i].deadband_degF));
    });
  });

  it("gives the same bytes for the same options and others for another seed", () => {
    const text = (seed: number) =>
      JSON.stringify(pet.generate(readOptions(pet.options, { ...DEFAULTS, houses: 40, seed }).values));
    assert.equal(text(1), text(1));
    assert.notEqual(text(1), text(2));
  });

  it("hangs at most thirty houses on a transformer, phases in turn, and no feeder has a fault", () => {
    for (const count of [1, 30, 31, 95, 300]) {
      const places = housePlaces(count);
      const { feeder } = feederFile(places);
      assert.deepEqual(findFeederFaults(feeder), []);
      const load = new Map<number, number>();
      for (const { transformer } of places) load.set(transformer, (load.get(transformer) ?? 0) + 1);
      assert.ok([...load.values()].every(houses => houses <= 30));
      assert.equal(new Set(places.map(place => place.house)).size, count);
    }
    assert.deepEqual([...new Set(housePlaces(95).map(place => place.phase))], ["A", "B", "C"]);
  });

  it("keeps the feeder's weight in the bulk system while houses grow", () => {
    for (const houses of [30, 300, 10_000]) assert.ok(Math.abs(feederScale(houses) * houses - 7500) < 1e-9);
  });

  it("draws further houses within the published ranges of their templates", () => {
    const drawn = premisesDescriptions(housePlaces(3000), 7).slice(30);
    const mean = drawn.reduce((sum, { house }) => sum + house.floorAreaSqft, 0) / drawn.length;
    const published = premisesDescriptions(housePlaces(30), 0);
    const expected = published.reduce((sum, { house }) => sum + house.floorAreaSqft, 0) / 30;
    assert.ok(Math.abs(mean / expected - 1) < 0.05, `mean floor ${mean} against ${expected}`);
    assert.ok(
      drawn.every(({ pv }) => pv !== undefined && pv.ratedKw >= 8 * 0.48 - 1e-9 && pv.ratedKw <= 20 * 0.48 + 1e-9),
    );
  });
});
