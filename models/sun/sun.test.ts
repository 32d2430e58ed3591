import assert from "node:assert/strict";
import fc from "fast-check";
import { localMoment, localSeconds } from "../calendar.js";
import { needReference, readReferenceJson } from "../../testing/reference.js";
import {
  beamFraction,
  equationOfTimeMinutes,
  meanWallIrradiance,
  planeOfArray,
  sunDirection,
  surfaceNormal,
} from "./index.js";

const site = { latitudeDeg: 32.133, longitudeDeg: -111.95, standardMeridianDeg: -105, daylightSavingHours: 1 };
const days = fc.integer({ min: 1, max: 365 });
const hours = fc.double({ min: 0, max: 24, noNaN: true });
const at = (dayOfYear: number, hour: number) =>
  sunDirection(site, { dayOfYear, hour, month: 1, dayOfMonth: 1, weekday: 0 });

describe("sun", () => {
  it("stands where GridLAB-D's climate saw it, on every wall", function () {
    needReference(this, "pemt/r5/feeder-snapshot.json");
    const snapshot = readReferenceJson<{ objects: { climate: { localWeather: Record<string, number> } } }>(
      "pemt/r5/feeder-snapshot.json",
    );
    const recorded = snapshot.objects.climate.localWeather;
    const moment = localMoment(localSeconds("2013-07-01 10:42:01"));
    const sun = sunDirection(site, { ...moment, dayOfYear: moment.dayOfYear - 1 }); // for walls GridLAB-D counts the days from 0
    const light = { directNormal: recorded.solar_direct, diffuseHorizontal: recorded.solar_diffuse };
    const walls = ["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"];
    const errors = walls.map((wall, k) => {
      const irradiance = light.diffuseHorizontal + light.directNormal * beamFraction(surfaceNormal(90, 45 * k), sun);
      return Math.abs(irradiance / recorded[`solar_${wall}`] - 1);
    });
    errors.push(Math.abs(planeOfArray(surfaceNormal(0, 0), sun, light) / recorded.solar_horiz - 1));
    console.log(
      `      eight walls and the ground: worst relative error ${Math.max(...errors).toExponential(1)} (bound 1e-9)`,
    );
    assert.ok(Math.max(...errors) < 1e-9);
    const elevation = Math.asin(sunDirection(site, moment).up);
    assert.ok(
      Math.abs(elevation - recorded.solar_elevation) < 1e-3,
      "by the true day of the year, within 0.06 degrees",
    );
  });

  it("keeps the equation of time within its published extremes", () => {
    const minutes = Array.from({ length: 365 }, (_, day) => equationOfTimeMinutes(day + 1));
    assert.ok(Math.abs(Math.max(...minutes) - 16.4) < 0.3, "early November, +16.4 min");
    assert.ok(Math.abs(Math.min(...minutes) + 14.3) < 0.4, "mid February, -14.3 min");
  });

  it("is a unit vector that culminates in the south at solar noon", () => {
    fc.assert(
      fc.property(days, hours, (day, hour) => {
        const { east, north, up } = at(day, hour);
        assert.ok(Math.abs(east * east + north * north + up * up - 1) < 1e-12);
        const noon = 13 + (4 * (site.standardMeridianDeg - site.longitudeDeg) - equationOfTimeMinutes(day)) / 60;
        const culmination = at(day, noon);
        assert.ok(Math.abs(culmination.east) < 1e-12 && culmination.north < 0 && culmination.up >= up - 1e-12);
      }),
    );
  });

  it("gives the walls' mean that eight walls give one by one, and leaves the back of a surface dark", () => {
    fc.assert(
      fc.property(days, hours, (day, hour) => {
        const sun = at(day, hour);
        const light = { directNormal: 70, diffuseHorizontal: 10 };
        let sum = 0;
        for (let k = 0; k < 8; k++) sum += 10 + 70 * beamFraction(surfaceNormal(90, 45 * k), sun);
        assert.ok(Math.abs(meanWallIrradiance(sun, light) - sum / 8) < 1e-12);
        const [front, back] = [surfaceNormal(90, 30), surfaceNormal(90, 210)].map(normal => beamFraction(normal, sun));
        assert.ok(front === 0 || back < 1e-12);
      }),
    );
  });
});
