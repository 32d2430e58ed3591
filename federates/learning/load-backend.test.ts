import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { once } from "node:events";
import { CosimError } from "../../broker/wire/index.js";
import { BACKEND_NAMES, loadBackend } from "./load-backend.js";

const MODULE = new URL("./load-backend.js", import.meta.url).href;

const LEARNING = new URL("../../methods/learning/", import.meta.url).href;

/** Loads a backend, learns a little and says its name. */
const program = (name: string) => `import { loadBackend } from ${JSON.stringify(MODULE)};
  import { update } from "${LEARNING}ddpg.js";
  import { groupOf } from "${LEARNING}testing/samples.js";
  const backend = await loadBackend("${name}");
  const { state, randoms } = groupOf(2, 10);
  state.due.fill(1);
  update(state, randoms, backend);
  console.log(backend.name);`;

const installed = async (name: (typeof BACKEND_NAMES)[number]) => {
  try {
    await loadBackend(name);
    return true;
  } catch (error) {
    assert.ok(error instanceof CosimError && error.code === "COSIM_BACKEND_MISSING");
    assert.match(error.message, new RegExp(`${name} needs the package @tensorflow/\\S+, which .* npm install`));
    console.log(`      skipped: ${error.message}`);
    return false;
  }
};

describe("the backends of learning", () => {
  it("have the stacked one on wasm as their default, and a plain one that needs nothing", async () => {
    assert.deepEqual(BACKEND_NAMES, ["tfjs-wasm", "tfjs-node", "tfjs-cpu", "plain"]);
    assert.equal((await loadBackend("plain")).name, "plain");
  });

  for (const name of BACKEND_NAMES) {
    it(`${name} works in any folder without a word on the console, or says what is missing`, async function () {
      if (!(await installed(name))) return this.skip();
      const found = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program(name)], {
        cwd: tmpdir(),
      });
      assert.deepEqual([found.stdout, found.stderr], [`${name}\n`, ""]);
    });
  }

  it("load in a worker thread", async function () {
    if (!(await installed("tfjs-wasm"))) return this.skip();
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(workerProgram)}`));
    const [message] = (await once(worker, "message")) as [unknown];
    assert.equal(message, "tfjs-wasm");
  });
});

const workerProgram = `import { parentPort } from "node:worker_threads";
  const { loadBackend } = await import(${JSON.stringify(MODULE)});
  parentPort.postMessage((await loadBackend("tfjs-wasm")).name);`;
