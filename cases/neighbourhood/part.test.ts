import assert from "node:assert/strict";
import { composeCase, type CasePart } from "./part.js";

const heading = { format: "gridloom-case/1", name: "two", start: "2013-07-01T00:00:00Z", until: "1h" } as const;

const source: CasePart = {
  federates: { source: { use: "counter" } },
  recording: {
    names: { things: ["a", "b"] },
    heard: { count: { from: "source.count", type: "vector", elements: "things" } },
    summary: [{ key: "first" }],
    events: ["count"],
  },
  files: { "source.csv": "1\n" },
};
const sink: CasePart = {
  federates: { sink: { use: "tracer" } },
  links: ["source.count -> sink.count"],
  recording: { summary: [{ key: "second" }], metrics: [{ class: "line" }] },
};

describe("parts of a case", () => {
  it("come together in their order, with the recorder that hears what they name", () => {
    const { case: composed, files } = composeCase(heading, [source, sink]);
    assert.deepEqual(Object.keys(composed.federates), ["source", "sink", "recorder"]);
    assert.deepEqual(composed.links, ["source.count -> sink.count", "source.count -> recorder.count"]);
    assert.deepEqual(composed.federates.recorder.params, {
      zone: "PDT",
      names: { things: ["a", "b"] },
      inputs: { count: { type: "vector", elements: "things" } },
      metrics: [{ class: "line" }],
      summary: [{ key: "first" }, { key: "second" }],
      csv: [],
      events: ["count"],
    });
    assert.deepEqual(files, { "source.csv": "1\n" });
  });

  it("may not bring the same name twice", () => {
    assert.throws(
      () => composeCase(heading, [source, source]),
      /Two parts of the case bring the recorder input "count"/,
    );
    const twin = { federates: source.federates };
    assert.throws(() => composeCase(heading, [source, twin]), /the federate "source"/);
  });
});
