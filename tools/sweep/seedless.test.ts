import assert from "node:assert/strict";
import type { SweepRow } from "./results.js";
import { isSeedless } from "./seedless.js";

const row = (houses: string, seed: number, peakKw: number, state: SweepRow["state"] = "done"): SweepRow => ({
  ...{ run: `runs/${houses}-${seed}`, parameters: { houses }, seed, state, summary: { peakKw } },
});

describe("seeds that make no difference", () => {
  it("are noticed where every combination gives one summary for all of its seeds", () => {
    assert.ok(isSeedless([row("1", 1, 5), row("1", 2, 5), row("2", 1, 9), row("2", 2, 9)]));
    assert.ok(!isSeedless([row("1", 1, 5), row("1", 2, 5), row("2", 1, 9), row("2", 2, 9.1)]));
  });

  it("are not spoken of where there is one seed only, or one that has ended well", () => {
    assert.ok(!isSeedless([row("1", 1, 5), row("2", 1, 9)]));
    assert.ok(!isSeedless([row("1", 1, 5), row("1", 2, 5, "failed")]));
    assert.ok(!isSeedless([]));
  });
});
