import assert from "node:assert/strict";
import { join } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import { withFolder } from "../../testing/case-runner.js";
import { until } from "../testing/gridloom.js";
import { writeMeasuredCase } from "../testing/measured-case.js";
import { orderRun, readableManifest, type RunOrder } from "./order.js";
import { carryOutAll, type PoolProgress } from "./pool.js";

const ordersIn = (folder: string, count: number, hosts = "1"): RunOrder[] =>
  Array.from({ length: count }, (_, i) =>
    orderRun({
      casePath: folder,
      assignments: [`seed=${i}`],
      folder: join(folder, `run-${i}`),
      deployment: { hosts },
    }),
  );

const pidOf = (run: string) => readableManifest(run)?.process.pid;

describe("a pool of workers", () => {
  it("carries out orders one after the other in as many processes as it may, and tells how far it is", () =>
    withFolder(async folder => {
      writeMeasuredCase(folder);
      const orders = ordersIn(folder, 5);
      const told: PoolProgress[] = [];
      const onProgress = (progress: PoolProgress) => told.push(progress);
      const { signal } = new AbortController();
      const reports = await carryOutAll(orders, { jobs: 2, signal, onProgress });
      assert.deepEqual(
        reports,
        orders.map(order => ({ folder: order.folder, state: "done" })),
      );
      const pids = new Set(orders.map(order => pidOf(order.folder)));
      assert.equal(pids.size, 2);
      assert.ok(!pids.has(process.pid));
      assert.deepEqual(told.at(-1), { ended: 5, failed: 0, total: 5, share: 1 });
      assert.ok(told.every(({ share }, i) => share >= (told[i - 1]?.share ?? 0) - 1e-12));
    }));

  it("reports a run whose process is killed, and goes on with the next one in a new process", () =>
    withFolder(async folder => {
      writeMeasuredCase(folder, { until: "1000d" });
      const [long, ...others] = ordersIn(folder, 3);
      const short = others.map(order => ({ ...order, assignments: [...order.assignments, "until=1h"] }));
      const { signal } = new AbortController();
      const all = carryOutAll([long, ...short], { jobs: 1, signal });
      await until(() => pidOf(long.folder) !== undefined, "the long run");
      process.kill(pidOf(long.folder) ?? 0, "SIGKILL");
      const reports = await all;
      assert.deepEqual(
        reports.map(({ state }) => state),
        ["failed", "done", "done"],
      );
      assert.match(reports[0].error?.message ?? "", /^The process of .*run-0 ended by SIGKILL before its run did\.$/);
      assert.notEqual(pidOf(short[0].folder), pidOf(long.folder));
    }));

  it("closes what runs and begins nothing more when it is called off, with the reason", () =>
    withFolder(async folder => {
      writeMeasuredCase(folder, { until: "1000d" });
      const orders = ordersIn(folder, 4);
      const controller = new AbortController();
      const all = carryOutAll(orders, { jobs: 2, signal: controller.signal });
      await until(() => [0, 1].every(i => pidOf(orders[i].folder) !== undefined), "two runs");
      controller.abort(new CosimError("COSIM_TIMEOUT", "Time is up."));
      const reports = await all;
      assert.deepEqual(
        reports.map(({ state, error }) => [state, error?.code, error?.message]),
        [0, 1].map(() => ["interrupted", "COSIM_TIMEOUT", "Time is up."]),
      );
      assert.equal(pidOf(orders[2].folder), undefined);
    }));

  it("gives runs of several processes the bytes of those of one", () =>
    withFolder(async folder => {
      writeMeasuredCase(folder);
      const { signal } = new AbortController();
      const one = ordersIn(folder, 1)[0];
      const each = { ...ordersIn(folder, 1, "each")[0], folder: join(folder, "each") };
      const reports = await carryOutAll([one, each], { jobs: 2, signal });
      assert.deepEqual(
        reports.map(({ state }) => state),
        ["done", "done"],
      );
      assert.deepEqual(readableManifest(each.folder)?.files, readableManifest(one.folder)?.files);
      assert.deepEqual(readableManifest(each.folder)?.hosts, [["source"], ["recorder"]]);
    }));
});
