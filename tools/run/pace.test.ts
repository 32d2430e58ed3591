import assert from "node:assert/strict";
import { Pace } from "./pace.js";

describe("the pace of a run in real time", () => {
  const never = new AbortController().signal;

  it("holds activations back to the wall clock, never early", async () => {
    const startedAt = performance.now();
    const pace = new Pace(100, 5e6, 1e6);
    for (const seconds of [6, 8, 10]) {
      await pace.waitFor(seconds * 1e6, never);
      assert.ok(performance.now() - startedAt >= ((seconds - 5) / 100) * 1000);
    }
  });

  it("tells by how much it was late, and does not wait once it is called off", async () => {
    const pace = new Pace(1, 0, 1e6);
    await pace.waitFor(-2e6, never);
    assert.ok(pace.lateSeconds >= 2);
    await pace.waitFor(3600e6, AbortSignal.abort());
  });
});
