import { PowerFlowSolver, type BulkCase } from "../../models/index.js";
import type { BulkFile, BulkState } from "./bulk-system.js";

/** Solvers by system and by what is in service; they hold no state that a result depends on. */
const solvers = new WeakMap<BulkCase, Map<string, PowerFlowSolver>>();

/** The solver of the system as it serves now: without the units that are out, with the balance where it is. */
export function solverOf(state: BulkState): PowerFlowSolver {
  const { bulk, swing, swingMoved, outKey } = state;
  const known = solvers.get(bulk) ?? new Map<string, PowerFlowSolver>();
  solvers.set(bulk, known);
  const key = `${outKey} ${swingMoved}`;
  const solver = known.get(key) ?? new PowerFlowSolver(servingCase(bulk, outKey, swingMoved ? swing : undefined));
  known.set(key, solver);
  return solver;
}

function servingCase(bulk: BulkCase, outKey: string, moved: BulkFile["swing"] | undefined): BulkCase {
  const generators = bulk.generators.map((unit, k) => ({ ...unit, inService: outKey[k] !== "0" }));
  if (moved === undefined) return { ...bulk, generators };
  const buses = bulk.buses.map(bus => {
    if (bus.number === moved.toBus) return { ...bus, kind: "swing" as const };
    return bus.kind === "swing" ? { ...bus, kind: "PV" as const } : bus;
  });
  return { ...bulk, buses, generators };
}
