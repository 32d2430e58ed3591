import assert from "node:assert/strict";
import fc from "fast-check";
import { nextStop } from "./stops.js";

describe("the stops of a run", () => {
  it("are its checkpoints, its pause and its end, in order", () => {
    const plan = { until: 100, checkpointEvery: 30, pauseAt: 45 };
    assert.deepEqual(nextStop(0, plan), { kind: "checkpoint", time: 30 });
    assert.deepEqual(nextStop(30, plan), { kind: "pause", time: 45 });
    assert.deepEqual(nextStop(45, plan), { kind: "checkpoint", time: 60 });
    assert.deepEqual(nextStop(90, plan), { kind: "end", time: Infinity });
    assert.deepEqual(nextStop(0, { until: 100, checkpointEvery: 30, pauseAt: 30 }), { kind: "pause", time: 30 });
  });

  it("lie strictly later than now and, but for the end, not beyond it", () => {
    const times = fc.record({
      now: fc.nat(1000),
      until: fc.nat(1000),
      checkpointEvery: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(times, ({ now, ...plan }) => {
        const stop = nextStop(now, plan);
        assert.ok(stop.time > now);
        assert.ok(
          stop.kind === "end"
            ? stop.time === Infinity
            : stop.time <= plan.until && stop.time % plan.checkpointEvery === 0,
        );
      }),
    );
  });
});
