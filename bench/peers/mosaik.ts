import { join } from "node:path";
import type { PatternName, Size } from "../federations/index.js";
import { Skipped } from "../measure.js";
import type { Found, PatternPeer } from "./index.js";
import { askPython, CURE, execute, PEERS_FOLDER } from "./python.js";

/** Wall-clock milliseconds that one federation may take. */
const LIMIT_MS = 100_000;

interface Line {
  readonly micros: number;
  /** Values that came to simulators of the measuring process. */
  readonly received: number;
}

/** Values that mosaik must deliver; undefined for patterns that its twin has not. */
function valuesOf(pattern: PatternName, { federates, steps, houses = 30 }: Size): number | undefined {
  if (pattern === "echo") return 2 * federates * steps;
  if (pattern === "timing") return 2 * (federates - 1) * steps;
  if (pattern === "coupled") return steps * (10 + 8 * houses) + Math.ceil(steps / 20) * (3 + houses);
  return undefined;
}

/** mosaik with Python simulators; it hands a value over on every connection at every step. */
export async function findMosaik(python: string | undefined): Promise<Found<PatternPeer>> {
  if (python === undefined) return { missing: `no Python with mosaik: ${CURE}` };
  const version = await askPython<string>(python, "import mosaik, json; print(json.dumps(mosaik.__version__))");
  if (version === undefined) return { missing: `${python} has no module mosaik: ${CURE}` };
  return {
    name: "mosaik",
    version,
    async run(pattern, size, where) {
      const values = valuesOf(pattern, size);
      if (values === undefined) throw new Skipped(`mosaik has no twin of ${pattern}`);
      const { federates, steps, warmUp, houses = 30 } = size;
      const count = pattern === "echo" ? federates + 1 : federates;
      const words = [where === "one process" ? "inproc" : "remote", pattern, count, steps + warmUp, houses].map(String);
      const program = join(PEERS_FOLDER, "mosaik.py");
      const { stdout } = await execute(python, [program, ...words], { timeout: LIMIT_MS });
      const { micros, received } = JSON.parse(stdout) as Line;
      const expected = valuesOf(pattern, { ...size, steps: steps + warmUp });
      if (where === "one process" && received !== expected) {
        throw new Error(`mosaik delivered ${received} values instead of ${expected ?? 0}`);
      }
      return { micros: (micros * steps) / (steps + warmUp), launchSeconds: NaN };
    },
  };
}
