import assert from "node:assert/strict";
import fc from "fast-check";
import { RandomStream } from "../../../runtime/stream.js";
import { solveDense, type DenseProgram } from "../kernel/index.js";
import { masked } from "../privacy/masked-solver.js";
import { masks } from "../privacy/masks.js";
import { sampleProgram } from "../privacy/testing/sample-program.js";
import { CheckedCloud, type CloudWorker } from "./checked-cloud.js";
import { honestWorker, shiftingWorker, silentWorker, staleWorker } from "./testing/workers.js";
import { allocateWorkers, createPool, recordVerdict, trustedWorkers } from "./worker-pool.js";

const streamOf = (seed: number, name: string) => {
  const stream = new RandomStream(seed, name);
  return () => stream.next();
};
const names = (count: number) => Array.from({ length: count }, (_, i) => `worker ${i + 1}`);

describe("the pool of workers", () => {
  it("gives each task different workers, and all workers about as much to do", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(),
        (count, redundancy, seed) => {
          const tasks = 20;
          const given = allocateWorkers(createPool(names(count), { redundancy }), tasks, streamOf(seed, "allocation"));
          const each = Math.min(count, redundancy);
          assert.ok(given.every(workers => workers.length === each && new Set(workers).size === each));
          const load = names(count).map(name => given.flat().filter(worker => worker === name).length);
          assert.ok(Math.max(...load) - Math.min(...load) <= 1, load.join());
        },
      ),
    );
  });

  it("allocates alike for everybody who has the stream, and otherwise by another", () => {
    const pool = createPool(names(7));
    assert.deepEqual(
      allocateWorkers(pool, 10, streamOf(1, "allocation")),
      allocateWorkers(pool, 10, streamOf(1, "allocation")),
    );
    assert.notDeepEqual(
      allocateWorkers(pool, 10, streamOf(1, "allocation")),
      allocateWorkers(pool, 10, streamOf(2, "allocation")),
    );
  });

  it("excludes a worker after one wrong answer, or after as many silences in a row as its patience", () => {
    let pool = createPool(["a", "b", "c"], { patience: 2 });
    pool = recordVerdict(pool, "a", "refused");
    pool = recordVerdict(pool, "b", "silent");
    pool = recordVerdict(pool, "b", "verified");
    pool = recordVerdict(pool, "b", "silent");
    assert.deepEqual(trustedWorkers(pool), ["b", "c"]);
    pool = recordVerdict(pool, "b", "silent");
    assert.deepEqual(trustedWorkers(pool), ["c"]);
    pool = recordVerdict(pool, "c", "refused");
    assert.throws(() => allocateWorkers(pool, 1, streamOf(1, "allocation")), {
      code: "UNVERIFIED_SOLUTION",
      message: /no worker is left: a, b, c answered wrongly or not at all; add workers/,
    });
  });
});

describe("a cloud that nobody has to trust", () => {
  const program = sampleProgram({ steps: 3, isQuadratic: true }, streamOf(1, "program"));
  const workers = new Map<string, CloudWorker>([
    ["honest 1", honestWorker],
    ["honest 2", honestWorker],
    ["shifting", shiftingWorker(1e-2)],
    ["stale", staleWorker()],
    ["silent", silentWorker],
  ]);

  for (const redundancy of [1, 2]) {
    it(`solves masked programs right with ${redundancy} per task, and finds every cheat`, () => {
      const pool = createPool([...workers.keys()], { redundancy });
      const cloud = new CheckedCloud(workers, pool, { tolerance: 1e-6, uniform: streamOf(3, "allocation") });
      const agent = masked(cloud.solve, { mask: masks.rmme, uniform: streamOf(4, "mask") }).prepare(program);
      const plain = masked(solveDense, { mask: masks.rmme, uniform: streamOf(5, "mask") }).prepare(program);
      for (let round = 0; round < 25; round++) {
        const linear = program.linear.map(price => price * (1 + round / 10));
        const [actual, expected] = [agent.solve(linear).objective, plain.solve(linear).objective];
        assert.ok(Math.abs(actual - expected) < 1e-6 * Math.abs(expected), `round ${round}`);
      }
      assert.deepEqual([...cloud.pool.excluded].sort(), ["shifting", "silent", "stale"]);
    });
  }

  it("refuses a shift if and only if the error that it makes exceeds the tolerance", () => {
    const identity: DenseProgram = {
      size: 2,
      hessian: Float64Array.of(1, 0, 0, 1),
      linear: Float64Array.of(-1, 1),
      rows: new Float64Array(0),
      rhs: new Float64Array(0),
    };
    const verdictOf = (delta: number) => {
      let heard = "";
      const cloud = new CheckedCloud(
        new Map<string, CloudWorker>([
          ["shifting", shiftingWorker(delta)],
          ["honest", honestWorker],
        ]),
        createPool(["shifting", "honest"], { redundancy: 2 }),
        {
          tolerance: 1e-4,
          uniform: streamOf(1, "allocation"),
          onVerdict: (worker, verdict) => (heard = worker === "shifting" ? verdict : heard),
        },
      );
      cloud.solve(identity);
      return heard;
    };
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), ratio => {
        fc.pre(Math.abs(Math.abs(ratio) - 1) > 1e-6);
        // Prices are measured by 1 + the largest, which is 2: a shift of 2e-4 misses stationarity by just 1e-4.
        assert.equal(verdictOf(ratio * 2e-4), Math.abs(ratio) > 1 ? "refused" : "verified");
      }),
    );
  });

  it("says so when no worker is left", () => {
    const cheats = new Map([["shifting", shiftingWorker(1)]]);
    const cloud = new CheckedCloud(cheats, createPool(["shifting"]), {
      tolerance: 1e-6,
      uniform: streamOf(1, "allocation"),
    });
    const agent = masked(cloud.solve, { mask: masks.rmme, uniform: streamOf(4, "mask") }).prepare(program);
    assert.throws(() => agent.solve(program.linear), {
      code: "UNVERIFIED_SOLUTION",
      message: /no worker is left: shifting/,
    });
  });
});
