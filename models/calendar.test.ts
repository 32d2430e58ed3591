import assert from "node:assert/strict";
import { localMoment, localSeconds } from "./calendar.js";
import { ModelError } from "./model-error.js";

describe("calendar", () => {
  it("knows the weekday and the day of the year", () => {
    assert.deepEqual(localMoment(localSeconds("2013-07-01 10:30:00")), {
      hour: 10.5,
      dayOfYear: 182,
      dayOfMonth: 1,
      month: 7,
      weekday: 1,
    });
    assert.deepEqual(localMoment(localSeconds("2012-12-31 00:00")), {
      hour: 0,
      dayOfYear: 366,
      month: 12,
      dayOfMonth: 31,
      weekday: 1,
    });
    assert.equal(localMoment(localSeconds("2000-02-29 23:59:59")).dayOfYear, 60);
  });

  it("refuses what is no date, with the cure", () => {
    for (const text of ["July", "2013-02-30 00:00", "2013-07-01 24:00", "2013-07-01T10:61:00", "2013-13-01 00:00"]) {
      assert.throws(
        () => localSeconds(text),
        (error: ModelError) => error.code === "MODEL_CLOCK" && error.message.includes("Write it as"),
      );
    }
  });
});
