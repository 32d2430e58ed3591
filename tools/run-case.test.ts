import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../testing/case-runner.js";
import { defineFederate, run, z, type AnyFederate, type CaseFile } from "../index.js";

const clock = defineFederate({
  params: z.strictObject({}),
  inputs: {},
  outputs: {},
  create: () => ({ state: {} }),
  step(_state, { seconds, context }) {
    context.file("ticks.txt").append(`${seconds}\n`);
    if (seconds >= 60) throw new Error("midnight");
  },
}) as unknown as AnyFederate;

const shape = (until: string): CaseFile => ({
  format: "gridloom-case/1",
  name: "clock",
  start: "2020-01-01T00:00:00Z",
  until,
  federates: { clock: { use: "clock", period: "20s" } },
  links: [],
});

describe("a run from code", () => {
  it("takes a case and federates built in code, and gives folder, manifest and summary", () =>
    withFolder(async folder => {
      const times: number[] = [];
      const onProgress = ({ time }: { time: number }) => times.push(time);
      const out = join(folder, "run");
      const result = await run(shape("45s"), { out, federates: { clock }, onProgress });
      assert.deepEqual([result.folder, result.manifest.state, result.summary], [out, "done", {}]);
      assert.equal(readFileSync(join(out, "ticks.txt"), "utf8"), "0\n20\n40\n");
      assert.equal(times.at(-1), 40e6);
    }));

  it("rejects with the error of the federate, of the case, or of the interruption", () =>
    withFolder(async folder => {
      const federates = { clock };
      const failed = run(shape("5m"), { out: join(folder, "failed"), federates });
      await assert.rejects(failed, {
        code: "COSIM_FEDERATE_FAILED",
        message: /clock failed at 00:01:00 \(60000000, 0, 0, 0\): midnight/,
      });
      await assert.rejects(run(shape("5m"), { out: join(folder, "unknown") }), {
        code: "COSIM_CASE_INVALID",
        message: /federates\.clock\.use/,
      });
      const off = run(shape("45s"), { out: join(folder, "off"), federates, signal: AbortSignal.abort() });
      await assert.rejects(off, { code: "COSIM_INTERRUPTED" });
    }));
});
