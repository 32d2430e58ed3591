import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describeMetrics } from "./metrics-doc.js";

describe("docs/metrics.md", () => {
  it("describes every field as the catalogue declares it", () => {
    const [, described] = readFileSync("docs/metrics.md", "utf8").split("<!-- fields -->\n\n");
    assert.equal(described, describeMetrics());
  });
});
