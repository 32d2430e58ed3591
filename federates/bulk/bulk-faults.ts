import type { Fault } from "../../broker/wire/index.js";
import { findBulkCaseFaults } from "../../models/index.js";
import type { BulkFile, FeederConnection } from "./bulk-system.js";

/** What a case says of its bulk system besides the file. */
export interface BulkConnections {
  readonly generators: readonly string[];
  readonly feeders: readonly (FeederConnection & { readonly name: string })[];
}

/** Faults of the system, and of the feeders that hang on it: their buses, their dispatchable loads, their names. */
export function connectionFaults({ bulk }: BulkFile, { generators, feeders }: BulkConnections): Fault[] {
  const faults = findBulkCaseFaults(bulk).map((problem): Fault => ({
    path: "params.system",
    problem,
    cure: "Correct that file.",
  }));
  if (generators.length !== bulk.generators.length) {
    const problem = `There are ${generators.length} names for ${bulk.generators.length} generators.`;
    faults.push({ path: "params.generators", problem, cure: "Name every generator of the system, in its order." });
  }
  feeders.forEach((feeder, f) => {
    const before = feeders.slice(0, f);
    const add = (field: string, problem: string, cure: string) =>
      faults.push({ path: `params.feeders[${f}].${field}`, problem, cure });
    if (before.some(({ name }) => name === feeder.name))
      add("name", `The name "${feeder.name}" is used twice.`, "Give every feeder a name of its own, as _F1.");
    if (!bulk.buses.some(({ number }) => number === feeder.bus))
      add("bus", `There is no bus ${feeder.bus}.`, `Buses are ${bulk.buses.map(({ number }) => number).join(", ")}.`);
    if (before.some(({ unit }) => unit === feeder.unit))
      add(
        "unit",
        `Generator ${feeder.unit} stands for another feeder already.`,
        "Add a dispatchable load to the system.",
      );
    else faults.push(...unitFaults(bulk.generators[feeder.unit], feeder, `params.feeders[${f}].unit`));
  });
  return faults;
}

function unitFaults(
  generator: BulkFile["bulk"]["generators"][number] | undefined,
  { unit, bus }: FeederConnection,
  path: string,
): Fault[] {
  const cure = "Name the position, from 0, of a generator at the feeder's bus with maxMw 0.";
  if (generator === undefined) return [{ path, problem: `There is no generator ${unit}.`, cure }];
  if (generator.bus !== bus)
    return [{ path, problem: `Generator ${unit} is at bus ${generator.bus}, not ${bus}.`, cure }];
  if (generator.maxMw > 0) return [{ path, problem: `Generator ${unit} is no dispatchable load.`, cure }];
  return [];
}
