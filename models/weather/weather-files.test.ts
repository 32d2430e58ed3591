import assert from "node:assert/strict";
import fc from "fast-check";
import { ModelError } from "../model-error.js";
import { epwText, inventedHours, stampHours, tmy3Text, withCell, type StampedHour } from "./testing/weather-texts.js";
import { hoursOfPeriod, readEpw, readTmy3, type WeatherPeriod } from "./index.js";

const YEAR_HOURS = 8760;
const year = (calendar = 2013, count = YEAR_HOURS) => stampHours("01-01 01:00", calendar, inventedHours(count));
const week = stampHours("06-30 20:00", 2013, inventedHours(24 * 7));
const july = (days: number): WeatherPeriod => ({ year: 2013, month: 7, day: 1, days });

const FORMATS = [
  { name: "TMY3", write: (hours: readonly StampedHour[]) => tmy3Text(hours), read: readTmy3, head: 2, temperature: 13 },
  { name: "EPW", write: (hours: readonly StampedHour[]) => epwText(hours), read: readEpw, head: 8, temperature: 6 },
] as const;

/** What is wrong with a file, as its reader or the choice of its hours says. */
function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof ModelError, String(error));
    return error.faults;
  }
  return [];
}

for (const { name, write, read, head, temperature } of FORMATS) {
  describe(`weather of ${name}`, () => {
    const readJuly = (text: string, period = july(2)) => hoursOfPeriod(read(text, "lake"), period);

    it("has the station and every hour at its end, in the units of a profile", () => {
      const { station } = read(write(week), "lake");
      assert.deepEqual([station.latitudeDeg, station.longitudeDeg, station.utcOffsetH], [36.5, -115.25, -8]);
      assert.match(station.name, /lake/i);
      const { rows, first } = readJuly(write(week));
      assert.equal(first, 4);
      const sixInTheMorning = week[4 + 10];
      assert.deepEqual([sixInTheMorning.day, sixInTheMorning.hour], [1, 10]);
      const [temperatureF, humidity, direct, diffuse, pressureMbar, windMph] = rows[4 + 10];
      assert.equal(temperatureF, sixInTheMorning.celsius * 1.8 + 32);
      assert.equal(humidity, sixInTheMorning.percent / 100);
      assert.ok(Math.abs(direct * 10.7639104167 - sixInTheMorning.direct) < 1e-6, "1 m2 is 10.764 square feet");
      assert.ok(Math.abs(diffuse * 10.7639104167 - sixInTheMorning.diffuse) < 1e-6);
      assert.equal(pressureMbar, sixInTheMorning.millibar);
      assert.ok(Math.abs(windMph / 2.2369 - sixInTheMorning.metresPerSecond) < 1e-3);
    });

    it("goes round at the turn of a typical year", () => {
      const hours = year();
      const { rows, first } = hoursOfPeriod(read(write(hours), "lake"), { year: 2014, month: 1, day: 1, days: 1 });
      assert.equal(first, 24);
      assert.equal(rows.length, 24 + 25 + 24);
      const temperatures = rows.map(row => row[0]);
      const expected = [...hours.slice(-25), ...hours.slice(0, 48)].map(hour => hour.celsius * 1.8 + 32);
      assert.deepEqual(temperatures, expected);
    });

    it("names file, line, column and value of a missing value, a text, a value out of bounds", () => {
      const line = head + 11;
      const missing = name === "TMY3" ? "-9900" : "99.9";
      const cases: readonly (readonly [string, RegExp])[] = [
        [missing, new RegExp(`^lake, line ${line}, column [Dd]ry.bulb.*: "${missing}" stands for a missing value`)],
        ["mild", new RegExp(`^lake, line ${line}, column .*: "mild" is no number`)],
        ["", new RegExp(`^lake, line ${line}, column .*: "" is no number`)],
        ["70", new RegExp(`^lake, line ${line}, column .*: "70" is not between -90 and 65`)],
      ];
      for (const [value, expected] of cases) {
        const faults = faultsOf(() => readJuly(withCell(write(week), line, temperature, value)));
        assert.equal(faults.length, 1, value);
        assert.match(faults[0], expected);
      }
    });

    it("does not mind what is missing outside the days asked for, and looks no farther", () => {
      const missing = (line: number) => withCell(write(week), line, temperature, "-9900");
      const sound = readJuly(write(week));
      assert.deepEqual(readJuly(missing(head + week.length)), sound);
      const { rows, first } = readJuly(missing(head + 2));
      assert.equal(first, 2);
      assert.deepEqual(rows, sound.rows.slice(2));
    });

    it("names the line before a gap once, an hour that comes again, a short line, a line without a date", () => {
      const lines = write(week).split("\n");
      const gap = [...lines.slice(0, head + 10), ...lines.slice(head + 13)].join("\n");
      const [fault, ...others] = faultsOf(() => readJuly(gap));
      assert.match(fault, new RegExp(`^lake, line ${head + 10}: There is no hour 07-01 06:00`));
      assert.equal(others.length, 0);
      const doubled = [...lines.slice(0, head + 10), ...lines.slice(head + 9)].join("\n");
      assert.match(
        faultsOf(() => readJuly(doubled)).join(),
        new RegExp(`line ${head + 11}: The hour of line ${head + 10} comes again`),
      );
      const short = [...lines];
      short[head + 5] = short[head + 5].slice(0, 20);
      assert.match(
        faultsOf(() => readJuly(short.join("\n"))).join(),
        new RegExp(`line ${head + 6}: It has \\d+ columns`),
      );
      const undated = [...lines];
      undated[head + 5] = undated[head + 5].replace(/^\d+[/,]\d+[/,]\d+,/, "1999,13,40,");
      assert.match(faultsOf(() => readJuly(undated.join("\n"))).join(), new RegExp(`line ${head + 6}: .* no date`));
    });

    it("refuses 29 February where only the file or only the year asked for has it", () => {
      const leapYear = stampHours("01-01 01:00", 2012, inventedHours(8784));
      const march: WeatherPeriod = { year: 2013, month: 2, day: 27, days: 4 };
      const common = (period: WeatherPeriod) => faultsOf(() => hoursOfPeriod(read(write(year()), "lake"), period));
      const leap = (period: WeatherPeriod) => faultsOf(() => hoursOfPeriod(read(write(leapYear), "lake"), period));
      assert.deepEqual(common(march), []);
      assert.deepEqual(leap({ ...march, year: 2012 }), []);
      assert.match(
        common({ ...march, year: 2012 }).join(),
        /There is no hour 02-29 01:00\. Ask for a year that is no leap/,
      );
      assert.match(leap(march).join(), /line \d+: The file has 29 February/);
      assert.deepEqual(leap({ ...march, month: 7 }), []);
    });

    it("tells at most twenty faults, and how many more there are", () => {
      const text = write(week).replaceAll(/\n.*$/gm, (line, at: number) => (at > 2000 ? "\nx" : line));
      const faults = faultsOf(() => readJuly(text));
      assert.equal(faults.length, 21);
      assert.match(faults[20], /^There are \d+ further faults\.$/);
    });

    it("reads what an empty file, a stray file or lines of another system hold without a stack trace", () => {
      assert.match(faultsOf(() => read("", "lake")).join(), /lake, line 1/);
      assert.match(faultsOf(() => read("\u0000\u0001PK\n".repeat(30), "lake")).join(), /lake, line 1/);
      const dos = `\ufeff${write(week).replaceAll("\n", "\r\n")}`;
      assert.deepEqual(readJuly(dos), readJuly(write(week)));
    });
  });
}

describe("weather files of other shapes", () => {
  it("an EPW file of half hours is refused", () => {
    const text = epwText(week).replace("DATA PERIODS,1,1,", "DATA PERIODS,1,2,");
    assert.match(faultsOf(() => readEpw(text, "lake")).join(), /line 8, column records per hour: "2" is not 1/);
  });

  it("a TMY3 file without a column says which", () => {
    const text = tmy3Text(week).replace("RHum (%)", "Humidity");
    assert.match(faultsOf(() => readTmy3(text, "lake")).join(), /line 2, column RHum \(%\): The column is missing/);
  });

  it("damaged anywhere, a file is read or named with its line, and never anything else happens", () => {
    const damage = fc.record({
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      put: fc.string(),
      drop: fc.nat(400),
    });
    const texts = FORMATS.map(({ write, read }) => ({ text: write(week), read }));
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...texts), damage, ({ text, read }, { at, put, drop }) => {
        const place = Math.floor(at * text.length);
        const damaged = text.slice(0, place) + put + text.slice(place + drop);
        const faults = faultsOf(() => hoursOfPeriod(read(damaged, "lake"), july(2)));
        for (const fault of faults) assert.match(fault, /^lake, line \d+|^There are \d+ further/);
        refused += faults.length > 0 ? 1 : 0;
      }),
      { numRuns: 300, seed: 1 },
    );
    console.log(`      ${refused} of 300 damaged files were refused, the others did not need what was damaged`);
    assert.ok(refused > 50 && refused < 300);
  });
});
