import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assemble, type AnyFederate, type CaseShape } from "../../runtime/index.js";
import { runCase, scripted, withFolder, type ScriptEntry } from "../../testing/case-runner.js";
import { recorder } from "../recorder/index.js";
import { balancingAt, createBalancing } from "./balancing.js";
import { readRequest } from "./messages.js";
import coordinator from "./packet-coordinator.js";

const OUTPUTS = {
  requests: { type: "message" },
  premisesPower: { type: "number", unit: "W", starts: false },
  loadChange: { type: "number", unit: "W" },
} as const;

const ask = (house: string, powerW = 4000, drawingW = 0) => ({
  output: "requests",
  payload: { packet: "request", house, powerW, drawingW, seconds: 30 },
});

function shapeOf(params: Readonly<Record<string, unknown>>): CaseShape {
  return {
    name: "packets",
    start: "2013-07-01T00:00:00Z",
    until: "10s",
    seed: 1,
    federates: {
      houses: { use: "houses" },
      coordinator: { use: "coordinator", period: "2s", params },
      recorder: {
        use: "recorder",
        params: {
          inputs: { packets: { type: "message" }, window: { type: "json", optional: true } },
          events: ["packets", "window"],
          series: { enabled: false },
        },
      },
    },
    links: [
      "houses.requests -> coordinator.requests",
      "houses.premisesPower -> coordinator.premisesPower",
      "houses.loadChange -> coordinator.loadChange",
      "coordinator.answers -> recorder.packets",
      "coordinator.window -> recorder.window",
    ],
  };
}

const kindsOf = (script: readonly ScriptEntry[]): Readonly<Record<string, AnyFederate>> => ({
  houses: scripted(OUTPUTS, script),
  coordinator: coordinator as unknown as AnyFederate,
  recorder: recorder as unknown as AnyFederate,
});

async function eventsOf(params: Readonly<Record<string, unknown>>, script: readonly ScriptEntry[]) {
  return await withFolder(async folder => {
    await runCase(shapeOf(params), { folder, kinds: kindsOf(script) });
    const lines = readFileSync(join(folder, "events.jsonl"), "utf8").trim().split("\n");
    return lines.filter(line => line !== "").map(line => JSON.parse(line) as Readonly<Record<string, unknown>>);
  });
}

const SIX = ["a", "b", "c", "d", "e", "f"];
const START = { seconds: 0, outputs: { premisesPower: 10_000, loadChange: 0 } };

describe("the packet coordinator as a federate", () => {
  it("adds the loads' change to the meter, grants up to the signal, and answers in an order of its own", async () => {
    const script = [START, { seconds: 2, outputs: { loadChange: 1500 }, messages: SIX.map(house => ask(house)) }];
    const answers = await eventsOf({ balancing: { kw: 20 } }, script);
    assert.equal(answers.length, 6);
    assert.deepEqual(
      answers.map(({ accepted, measuredW }) => [accepted, measuredW]),
      [true, true, false, false, false, false].map(accepted => [accepted, 11_500]),
    );
    const order = answers.map(({ house }) => house);
    assert.deepEqual([...order].sort(), SIX);
    assert.notDeepEqual(order, SIX);
  });

  it("grants everything when it is disabled", async () => {
    const script = [START, { seconds: 2, messages: SIX.map(house => ask(house)) }];
    const answers = await eventsOf({ balancing: { kw: 0 }, enabled: false }, script);
    assert.ok(answers.length === 6 && answers.every(({ accepted }) => accepted === true));
  });

  it("reports the power of a window: mean over time, largest value, signal", async () => {
    const script = [START, { seconds: 1, outputs: { premisesPower: 30_000 } }];
    const [window] = await eventsOf({ balancing: { share: 0.5, ratingKva: 100 }, windowSeconds: 8 }, script);
    const expected = { time: 8, event: "window", powerAvgKw: (10 * 2 + 30 * 6) / 8, powerMaxKw: 30, balancingKw: 50 };
    assert.deepEqual(window, expected);
  });

  it("ends the run with the house and the value when a request makes no sense", async () => {
    const script = [START, { seconds: 2, messages: [ask("a", NaN)] }];
    await assert.rejects(eventsOf({ balancing: { kw: 20 } }, script), {
      code: "COSIM_FEDERATE_FAILED",
      message: /coordinator failed at .*: a asks for NaN W; give more than 0/,
    });
    assert.throws(() => readRequest({ house: "a", powerW: 1, drawingW: -1, seconds: 30 }), /a says that it draws -1 W/);
    assert.throws(() => readRequest({ house: "a", powerW: 1, drawingW: 0, seconds: 0 }), /a asks for 0 s/);
    assert.throws(() => readRequest(null), /names no house: null/);
  });

  it("finds faults of its signal before the run", () =>
    withFolder(async folder => {
      writeFileSync(join(folder, "bad.csv"), "time [s],balancing [kW]\n0,100\n0,-5\n");
      writeFileSync(join(folder, "empty.csv"), "time [s],balancing [kW]\n");
      const kinds = kindsOf([START]);
      const faultsOf = async (balancing: object) => {
        const { faults } = await assemble(shapeOf({ balancing }), folder, use => Promise.resolve(kinds[use]));
        return JSON.stringify(faults);
      };
      assert.match(await faultsOf({ file: "bad.csv" }), /bad\.csv, line 3, column balancing: -5 is less than 0/);
      assert.match(await faultsOf({ file: "empty.csv" }), /empty\.csv has no rows/);
      assert.match(await faultsOf({ file: "none.csv" }), /none\.csv/);
      assert.match(await faultsOf({ kw: -1 }), /balancing/);
      assert.match(await faultsOf({ share: 1, ratingKva: -150 }), /balancing/);
    }));
});

describe("a balancing signal", () => {
  it("holds each row of its file until the next one", () =>
    withFolder(folder => {
      writeFileSync(join(folder, "signal.csv"), "time [s],balancing [kW]\n60,100\n120,50.5\n");
      const signal = createBalancing({ file: "signal.csv" }, folder);
      assert.deepEqual([0, 60, 119, 120, 999].map(seconds => balancingAt(signal, seconds)), [1e5, 1e5, 1e5, 50_500, 50_500]); // prettier-ignore
    }));
});
