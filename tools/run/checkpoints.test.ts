import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../../testing/case-runner.js";
import { encodeImage, type HostImage } from "../../runtime/index.js";
import {
  beginCheckpoint,
  checkpointFolder,
  completeCheckpoint,
  dropCheckpointsAfter,
  hasCheckpoint,
  readLatestCheckpoint,
  saveCheckpoint,
  writeImage,
} from "./checkpoints.js";

const image = (name: string): HostImage => ({
  [name]: { state: { name }, streams: {}, files: {}, causes: {}, held: {}, unread: [], pending: [], sequences: [] },
});

describe("checkpoints", () => {
  it("count once they are complete, whatever the number of hosts, and the two newest stay", () =>
    withFolder(run => {
      assert.equal(readLatestCheckpoint(run), undefined);
      for (const time of [5, 10, 20]) saveCheckpoint(run, time, image(`at ${time}`));
      beginCheckpoint(run, 30);
      for (const host of ["a", "b"]) writeImage(run, { time: 30, host }, encodeImage(image(host)));
      assert.deepEqual(readLatestCheckpoint(run), { time: 20, image: image("at 20") });
      completeCheckpoint(run, 30);
      assert.deepEqual(readLatestCheckpoint(run), { time: 30, image: { ...image("a"), ...image("b") } });
      assert.deepEqual(readdirSync(join(run, "checkpoints")).sort(), ["20", "30"]);
    }));

  it("are begun anew without what another grouping into hosts left", () =>
    withFolder(run => {
      beginCheckpoint(run, 30);
      writeImage(run, { time: 30, host: "old" }, encodeImage(image("old")));
      completeCheckpoint(run, 30);
      saveCheckpoint(run, 30, image("new"));
      assert.deepEqual(readLatestCheckpoint(run)?.image, image("new"));
    }));

  it("fall back to the one before when the newest is damaged, and say so when all are", () =>
    withFolder(run => {
      saveCheckpoint(run, 10, image("a"));
      saveCheckpoint(run, 20, image("b"));
      writeFileSync(join(checkpointFolder(run, 20), "all.image"), "rubbish");
      assert.equal(readLatestCheckpoint(run)?.time, 10);
      writeFileSync(join(checkpointFolder(run, 10), "complete.json"), "{");
      assert.throws(() => readLatestCheckpoint(run), { code: "COSIM_CHECKPOINT_INVALID" });
    }));

  it("of a future that is run anew are dropped", () =>
    withFolder(run => {
      saveCheckpoint(run, 10, image("a"));
      saveCheckpoint(run, 20, image("b"));
      dropCheckpointsAfter(run, 10);
      assert.deepEqual([hasCheckpoint(run, 10), hasCheckpoint(run, 20)], [true, false]);
    }));
});
