import assert from "node:assert/strict";
import { formatTime, parseDuration, ticksPerSecond, toSeconds } from "./time.js";

describe("durations", () => {
  it("are read with every unit, and as seconds without one", () => {
    const ticks = {
      "15s": 15e6,
      "5m": 300e6,
      "5min": 300e6,
      "24h": 86_400e6,
      "2d": 172_800e6,
      "1us": 1,
      "1ms": 1000,
      "1.5h": 5400e6,
      "30": 30e6,
    };
    for (const [text, expected] of Object.entries(ticks)) assert.equal(parseDuration(text), expected, text);
    assert.equal(parseDuration(0.25), 250_000);
    assert.equal(parseDuration("3ns", "1ns"), 3);
  });

  it("refuse what is no duration and what is no whole number of ticks, with the cure", () => {
    for (const text of ["", "soon", "5 weeks", "1h30m", "--3s"]) {
      assert.throws(() => parseDuration(text), { code: "COSIM_TIME_INVALID" }, text);
    }
    assert.throws(() => parseDuration("3ns"), /not a whole number of ticks of 1us/);
    assert.throws(() => parseDuration("1000000d", "1ns"), { code: "COSIM_TIME_INVALID" });
  });

  it("are shown as a clock, with days and fractions only where there are some", () => {
    assert.equal(formatTime(parseDuration("1h") + parseDuration("2s")), "01:00:02");
    assert.equal(formatTime(parseDuration("25h")), "1d 01:00:00");
    assert.equal(formatTime(1), "00:00:00.000001");
    assert.equal(formatTime(1, "1ns"), "00:00:00.000000001");
    assert.equal(toSeconds(1_500_000), 1.5);
    assert.equal(ticksPerSecond("1ns"), 1e9);
  });
});
