import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nineBus } from "../../models/index.js";
import { matpowerText } from "../../models/bulk/testing/matpower-text.js";
import { withFolder } from "../../testing/case-runner.js";
import { gridloom } from "../testing/gridloom.js";

const grid = matpowerText({ ...nineBus, generators: nineBus.generators.slice(0, 4) });

describe("gridloom import matpower", () => {
  it("writes a system that a bulk federate runs, with the parameters that it tells", () =>
    withFolder(folder => {
      writeFileSync(join(folder, "nine.m"), grid);
      const { code, stdout, stderr } = gridloom(
        folder,
        "import",
        "matpower",
        "nine.m",
        "--feeder-buses",
        "7,5",
        "--json",
      );
      assert.equal(code, 0, stderr);
      const { params } = JSON.parse(stdout) as { params: object };
      const load = (bus: string) => ({ [`distributionLoad${bus}`]: { type: "complex", unit: "VA" } });
      const shape = {
        format: "gridloom-case/1",
        name: "nine",
        start: "2013-07-01T00:00:00Z",
        until: "10m",
        federates: {
          bulk: { use: "bulk", period: "15s", params },
          loads: { use: "./loads.mjs", period: "15s" },
          tracer: { use: "tracer", params: { inputs: { price: { type: "number", unit: "USD/kWh" } } } },
        },
        links: [
          ...Object.keys({ ...load(""), ...load("_F1") }).map(port => `loads.${port} -> bulk.${port}`),
          "bulk.lmp_F1 -> tracer.price",
        ],
      };
      const ports = JSON.stringify({ ...load(""), ...load("_F1") });
      writeFileSync(
        join(folder, "loads.mjs"),
        `const at = { distributionLoad: { re: 2e7, im: 0 }, distributionLoad_F1: { re: 1e7, im: 0 } };
         export default { params: { safeParse: data => ({ success: true, data }) }, inputs: {}, outputs: ${ports}, create: () => ({ state: {} }), step: () => ({ outputs: at }) };`,
      );
      writeFileSync(join(folder, "case.json"), JSON.stringify(shape));
      const launched = gridloom(folder, "launch", ".", "--out", "run");
      assert.equal(launched.code, 0, launched.stderr);
      const dispatched = readFileSync(join(folder, "run/trace.jsonl"), "utf8").trimEnd().split("\n").at(-1) ?? "";
      const { value } = JSON.parse(dispatched) as { value: number };
      // Units 1 to 3 share 315 MW of loads and 30 MW of feeders at equal marginal cost: 0.06 P + 1.3 = 0.17 P + 3 = 0.244 P + 5.
      const price = (345 + 1.3 / 0.06 + 3 / 0.17 + 5 / 0.244) / (1 / 0.06 + 1 / 0.17 + 1 / 0.244) / 1000;
      assert.ok(Math.abs(value - price) < 1e-8, `${value} is not ${price}`);
    }));

  it("names the line of a fault, a bus that is not there, and a list that is none", () =>
    withFolder(folder => {
      writeFileSync(join(folder, "nine.m"), grid);
      writeFileSync(join(folder, "torn.m"), grid.replace("0.0576", "0.0x76"));
      const fault = (...args: string[]) => gridloom(folder, "import", "matpower", ...args);
      assert.match(fault("torn.m").stderr, /^COSIM_DATA_INVALID: torn\.m, line \d+: "0\.0x76" is no number/);
      assert.match(
        fault("nine.m", "--feeder-buses", "70").stderr,
        /^COSIM_DATA_INVALID: nine\.m: There is no bus 70\. Buses are 1, 2/,
      );
      assert.match(fault("nine.m", "--feeder-buses", "x").stderr, /^COSIM_OPTION_INVALID: --feeder-buses is "x"/);
      assert.match(fault("nine.m", "--days", "3").stderr, /^COSIM_OPTION_INVALID/);
      assert.equal(fault("torn.m").code, 2);
    }));
});
