import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { withFolder } from "../../testing/case-runner.js";
import { cannotWrite, writeAtomic } from "./atomic-file.js";
import { BufferedFile } from "./output-file.js";

const chunk = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.uint8Array({ maxLength: 40 }),
  fc.integer({ min: 20_000, max: 90_000 }).map(length => "é".repeat(length)),
);
const bytesOf = (chunks: readonly (string | Uint8Array)[]) =>
  Buffer.concat(chunks.map(part => Buffer.from(part as string)));

describe("an output file", () => {
  it("holds what was appended, wherever it was flushed, and knows its length", () =>
    withFolder(folder => {
      const path = join(folder, "deep/er/series.bin");
      fc.assert(
        fc.property(fc.array(fc.tuple(chunk, fc.boolean()), { maxLength: 12 }), parts => {
          const file = new BufferedFile(path);
          for (const [data, flushed] of parts) {
            file.append(data);
            if (flushed) file.flush();
          }
          const expected = bytesOf(parts.map(([data]) => data));
          assert.equal(file.length, expected.length);
          file.close();
          file.close();
          assert.ok(readFileSync(path).equals(expected));
        }),
        { numRuns: 60 },
      );
    }));

  it("is cut to its length at a checkpoint and goes on from there", () =>
    withFolder(folder => {
      const path = join(folder, "a.csv");
      writeFileSync(path, "one\ntwo\nthree\n");
      const file = new BufferedFile(path, 8);
      file.append("drei\n");
      file.close();
      assert.equal(readFileSync(path, "utf8"), "one\ntwo\ndrei\n");
      new BufferedFile(path).close();
      assert.equal(readFileSync(path, "utf8"), "");
    }));

  it("refuses to go on with a file that is shorter than at the checkpoint, or gone", () =>
    withFolder(folder => {
      const path = join(folder, "a.csv");
      writeFileSync(path, "one\n");
      assert.throws(() => new BufferedFile(path, 8), {
        code: "COSIM_CHECKPOINT_INVALID",
        message: /has 4 bytes, .* at 8/,
      });
      assert.throws(() => new BufferedFile(join(folder, "b.csv"), 8), { code: "COSIM_RUN_FOLDER" });
    }));

  it("names the full disk", function () {
    if (!existsSync("/dev/full")) this.skip();
    const file = new BufferedFile("/dev/full");
    file.append("lost");
    const expected = { code: "COSIM_RUN_FOLDER", message: /^\/dev\/full cannot be written: the disk is full\. Free/ };
    assert.throws(() => {
      file.flush();
    }, expected);
  });
});

describe("an atomic file", () => {
  it("replaces the whole or leaves everything as it was", () =>
    withFolder(folder => {
      const path = join(folder, "manifest.json");
      writeAtomic(path, "first");
      writeAtomic(path, new Uint8Array([50]));
      assert.equal(readFileSync(path, "utf8"), "2");
      const target = join(folder, "sub");
      writeAtomic(join(folder, "file"), "");
      assert.throws(
        () => {
          writeAtomic(join(folder, "file/below"), "x");
        },
        { code: "COSIM_RUN_FOLDER", message: /a part of its path is a file/ },
      );
      assert.throws(
        () => {
          writeAtomic(join(target, "x"), "x");
        },
        { code: "COSIM_RUN_FOLDER" },
      );
      assert.deepEqual(readdirSync(folder).sort(), ["file", "manifest.json"]);
    }));

  it("explains the usual reasons and quotes others", () => {
    const message = (code: string) => cannotWrite("x", Object.assign(new Error("odd"), { code })).message;
    assert.match(message("EACCES"), /permission is denied\. Choose a folder of your own/);
    assert.match(message("ENOSPC"), /the disk is full/);
    assert.equal(message("EODD"), "x cannot be written: odd.");
  });
});
