import assert from "node:assert/strict";
import { nearestName } from "./nearest.js";

describe("the nearest name", () => {
  const known = ["period", "offset", "startsAt", "params"];
  const table: [string, string | undefined][] = [
    ["perod", "period"],
    ["Period", "period"],
    ["startAt", "startsAt"],
    ["param", "params"],
    ["temperature", undefined],
    ["", undefined],
  ];
  for (const [written, expected] of table) {
    it(`of "${written}" is ${expected ?? "none"}`, () => {
      assert.equal(nearestName(written, known), expected);
    });
  }
});
