import assert from "node:assert/strict";
import { readText, runCase, scripted, withFolder } from "../../testing/case-runner.js";
import type { AnyFederate, CaseShape } from "../../runtime/index.js";
import tracer from "./tracer.js";

const source = scripted({ pair: { type: "vector" }, state: { type: "json" }, bids: { type: "message" } }, [
  { seconds: 0, outputs: { pair: Float64Array.of(1, 2), state: { on: true } } },
  { seconds: 1, messages: [1, 2].map(kw => ({ output: "bids", payload: { kw } })) },
  { seconds: 2, outputs: { pair: Float64Array.of(1, 2), state: { on: false } } },
]);

const shape: CaseShape = {
  name: "traced",
  start: "2020-01-01T00:00:00Z",
  until: "2s",
  federates: {
    source: { use: "source" },
    tracer: {
      use: "tracer",
      params: { inputs: { pair: { type: "vector" }, state: { type: "json" }, bids: { type: "message" } } },
    },
  },
  links: ["source.pair -> tracer.pair", "source.state -> tracer.state", "source.bids -> tracer.bids"],
};

describe("tracer", () => {
  it("writes every message and every change of a value, simulated time first", () =>
    withFolder(async folder => {
      const kinds = { source, tracer: tracer as unknown as AnyFederate };
      await runCase(shape, { folder, kinds });
      assert.deepEqual(readText(folder, "trace.jsonl").trimEnd().split("\n"), [
        '{"time":0,"input":"pair","value":[1,2]}',
        '{"time":0,"input":"state","value":{"on":true}}',
        '{"time":1,"input":"bids","source":"source","output":"bids","payload":{"kw":1}}',
        '{"time":1,"input":"bids","source":"source","output":"bids","payload":{"kw":2}}',
        '{"time":2,"input":"state","value":{"on":false}}',
      ]);
    }));
});
