import assert from "node:assert/strict";
import { stampHours, tmy3Text, epwText, type FileHour } from "../models/weather/testing/weather-texts.js";
import { needReference, readReferenceColumns } from "../testing/reference.js";
import { TUCSON_JULY_HOURS } from "./neighbourhood/data/weather-hours.js";
import { publishedWeatherCsv } from "./neighbourhood/weather.js";
import { weatherProfile } from "./weather-profile.js";

/** Hours before simulated time 0 in the table. */
const MARGIN = 4;
/** Rows of 2 h: at the ends the recorded weather knows hours beyond, which the table has to 4 decimals only. */
const END = 24;
const FIRST_HOUR = "06-30 20:00";
const period = { year: 2013, month: 7, day: 1, days: 4 };

/** The published hours in the units of weather files, rounded where `round` says. */
function fileHours(round: (value: number, decimals: number) => number): FileHour[] {
  return TUCSON_JULY_HOURS.map(([temperatureF, humidity, direct, diffuse, pressureMbar, windMph]) => ({
    celsius: round((temperatureF - 32) / 1.8, 1),
    percent: round(humidity * 100, 0),
    direct: round(direct / 0.09290304, 0),
    diffuse: round(diffuse / 0.09290304, 0),
    millibar: round(pressureMbar, 0),
    metresPerSecond: round((windMph * 1609) / 3600, 1),
  }));
}

const exactly = (value: number) => value;
const asInFiles = (value: number, decimals: number) => Number(value.toFixed(decimals));

describe("an imported weather profile", () => {
  for (const [format, write] of [
    ["tmy3", tmy3Text],
    ["epw", epwText],
  ] as const) {
    it(`of the published hours written as ${format} is the weather of the preset`, () => {
      const text = write(stampHours(FIRST_HOUR, 2013, fileHours(exactly)));
      assert.equal(weatherProfile({ format, name: "tucson", text, period }).csv, publishedWeatherCsv());
    });
  }

  it("gives the recorded weather every 5 minutes from hours in a weather file's own precision", function () {
    needReference(this);
    const hours = fileHours(asInFiles).map((hour, i) =>
      i < MARGIN || i >= TUCSON_JULY_HOURS.length - MARGIN ? fileHours(exactly)[i] : hour,
    );
    const text = tmy3Text(stampHours(FIRST_HOUR, 2013, hours));
    const { csv } = weatherProfile({ format: "tmy3", name: "tucson", text, period });
    const rows = csv.trimEnd().split("\n").slice(1);
    const recorded = readReferenceColumns("pemt/weather.csv");
    const deviations = Object.keys(recorded)
      .slice(2)
      .map((name, c) => rows.map((row, i) => Math.abs(Number(row.split(",")[c + 1]) - recorded[name][i])));
    const largest = (from: number, to: number) => Math.max(...deviations.flatMap(column => column.slice(from, to)));
    const [within, atEnds] = [largest(END, -END), Math.max(largest(0, END), largest(-END, rows.length))];
    console.log(
      `      largest deviation: ${within.toFixed(5)} (bound 0.00015), in the first and last 2 h ${atEnds.toFixed(5)} (bound 0.0013)`,
    );
    assert.equal(rows.length, recorded.time_s.length);
    assert.ok(within < 1.5e-4);
    assert.ok(atEnds < 0.0013);
  });
});
