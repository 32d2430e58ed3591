import { join } from "node:path";
import type { Found, HousesPeer } from "./index.js";
import { askPython, CURE, execute, PEERS_FOLDER } from "./python.js";

/** Wall-clock milliseconds that one run may take. */
const LIMIT_MS = 180_000;

interface Line {
  readonly reachedSeconds: number;
  /** Air temperatures at the end. */
  readonly indoorF: readonly number[];
  readonly wallSeconds: number;
  readonly rssMegabytes: number;
}

/** GridLAB-D as the Python package brings it. */
export async function findGridlabd(python: string | undefined): Promise<Found<HousesPeer>> {
  if (python === undefined) return { missing: `no Python with GridLAB-D: ${CURE}` };
  const program =
    "import gridlabd, json; from importlib.metadata import version; print(json.dumps(version('gridlabd')))";
  const version = await askPython<string>(python, program);
  if (version === undefined) return { missing: `${python} has no module gridlabd: ${CURE}` };
  return {
    name: "GridLAB-D",
    version,
    async run(houses, hours) {
      const words = [join(PEERS_FOLDER, "gridlabd.py"), String(houses), String(hours)];
      const { stdout } = await execute(python, words, { timeout: LIMIT_MS });
      const { reachedSeconds, indoorF, wallSeconds, rssMegabytes } = JSON.parse(stdout) as Line;
      if (reachedSeconds !== hours * 3600) throw new Error(`GridLAB-D reached ${reachedSeconds} s of ${hours} h`);
      const cooled = indoorF.filter(temperature => temperature > 60 && temperature < 80).length;
      if (cooled !== houses) throw new Error(`GridLAB-D kept ${cooled} of ${houses} houses cool`);
      return { value: wallSeconds, also: { rssMegabytes } };
    },
  };
}
