import assert from "node:assert/strict";
import { drawLike, splitTrace } from "../broker/core/oracle/drawn-trace.js";
import { runInOneHost } from "../broker/core/oracle/host-runners.js";
import { Oracle } from "../broker/core/oracle/oracle.js";
import { drawFederation } from "../broker/core/oracle/picture.js";
import { blocksOf, readPage } from "./testing/markdown.js";

const pictures = blocksOf(readPage("docs/time.md")).filter(({ language }) => language === "picture");

describe("docs/time.md", () => {
  it("has pictures", () => {
    assert.ok(pictures.length >= 8, `${pictures.length} pictures`);
  });

  for (const { text, line } of pictures) {
    it(`the picture in line ${line} is what happens`, () => {
      const [drawing, trace] = text.trim().split("\n\n");
      for (const run of [runInOneHost(drawFederation(drawing)), new Oracle(drawFederation(drawing)).run()]) {
        assert.equal(drawLike(trace, run), splitTrace(trace).join(" "));
      }
    });
  }
});
