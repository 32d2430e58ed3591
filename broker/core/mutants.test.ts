import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Mutant } from "./federation.js";
import { compareWithOracle } from "./oracle/compare.js";
import { modelOf, sketchFederation } from "./oracle/sketch.js";

const mutants: Mutant[] = [
  "in-flight-left-out",
  "strict-safety",
  "stage-ignored",
  "rank-ignored",
  "arrival-order",
  "horizon-overtakes",
  "older-value-overwrites",
];

describe("planted faults", () => {
  for (const mutant of mutants) {
    it(`${mutant} is found by the first 500 random federations`, () => {
      for (let seed = 1; seed <= 500; seed++) {
        const difference = compareWithOracle(modelOf(sketchFederation(seed)), seed, mutant);
        if (difference === undefined) continue;
        console.log(`      ${mutant} killed by seed ${seed}: ${difference.split(":")[0]}`);
        return;
      }
      assert.fail(`${mutant} survived`);
    });
  }
});
