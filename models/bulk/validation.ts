import { ModelError } from "../model-error.js";
import type { Branch, BulkCase, Bus, Generator } from "./case.js";

interface Fault {
  readonly where: string;
  readonly problem: string;
  readonly cure: string;
}

/** Every fault of a transmission case at once, a sentence with its cure each; empty when it is sound. */
export function findBulkCaseFaults(bulk: BulkCase): string[] {
  return findFaults(bulk).map(({ where, problem, cure }) => `${where}: ${problem} ${cure}`);
}

/** Throws a `ModelError` with every fault of the case. */
export function checkBulkCase(bulk: BulkCase): void {
  const faults = findBulkCaseFaults(bulk);
  if (faults.length > 0) throw new ModelError("MODEL_BULK_CASE", faults);
}

function findFaults(bulk: BulkCase): Fault[] {
  const faults = [...systemFaults(bulk), ...bulk.buses.flatMap(busFaults)];
  const numbers = new Set(bulk.buses.map(bus => bus.number));
  bulk.generators.forEach((unit, i) => faults.push(...generatorFaults(unit, `generator ${i + 1}`, numbers)));
  bulk.branches.forEach((branch, i) => faults.push(...branchFaults(branch, `branch ${i + 1}`, numbers)));
  return faults.length > 0 ? faults : islandFaults(bulk);
}

function systemFaults({ baseMva, buses, generators }: BulkCase): Fault[] {
  const faults: Fault[] = [];
  if (!(baseMva > 0 && Number.isFinite(baseMva)))
    faults.push({ where: "case", problem: `baseMva is ${baseMva}.`, cure: "Give a positive power base, usually 100." });
  const swings = buses.filter(bus => bus.kind === "swing");
  if (swings.length !== 1) {
    const problem = `${swings.length} swing buses${listed(swings)}.`;
    faults.push({ where: "case", problem, cure: "Mark exactly one bus as swing." });
  }
  for (const swing of swings)
    if (!generators.some(unit => unit.inService && unit.bus === swing.number))
      faults.push({
        where: `bus ${swing.number}`,
        problem: "the swing bus has no unit in service.",
        cure: "Put a unit there in service, or move the swing to a bus that has one.",
      });
  const seen = new Set<number>();
  for (const { number } of buses) {
    if (seen.has(number))
      faults.push({ where: `bus ${number}`, problem: "the number occurs twice.", cure: "Renumber one of the two." });
    seen.add(number);
  }
  return faults;
}

function busFaults(bus: Bus): Fault[] {
  const where = `bus ${bus.number}`;
  const faults = notFinite(where, bus, ["loadMw", "loadMvar", "shuntMw", "shuntMvar", "angleDeg"]);
  if (!(bus.voltagePu > 0))
    faults.push({ where, problem: `voltagePu is ${bus.voltagePu}.`, cure: "Give a start value near 1." });
  return faults;
}

function generatorFaults(unit: Generator, where: string, buses: ReadonlySet<number>): Fault[] {
  const faults = notFinite(where, unit, ["outputMw", "outputMvar", "minMw", "maxMw"]);
  faults.push(...notFinite(where, unit.cost, ["c2", "c1", "c0"]), ...unknownBus(where, unit.bus, buses));
  if (unit.minMw > unit.maxMw)
    faults.push({
      where,
      problem: `minMw ${unit.minMw} is above maxMw ${unit.maxMw}.`,
      cure: "Exchange or widen the two limits.",
    });
  if (unit.cost.c2 < 0)
    faults.push({
      where,
      problem: `the cost is concave (c2 = ${unit.cost.c2}).`,
      cure: "Give c2 ≥ 0; the concave benefit of a load q = -P has c2 = |c2| as a cost of P.",
    });
  if (!(unit.voltagePu > 0))
    faults.push({ where, problem: `voltagePu is ${unit.voltagePu}.`, cure: "Give a set-point near 1." });
  return faults;
}

function branchFaults(branch: Branch, where: string, buses: ReadonlySet<number>): Fault[] {
  const faults = notFinite(where, branch, ["resistancePu", "reactancePu", "chargingPu", "shiftDeg"]);
  faults.push(...unknownBus(where, branch.from, buses), ...unknownBus(where, branch.to, buses));
  if (branch.from === branch.to)
    faults.push({ where, problem: `both ends are at bus ${branch.from}.`, cure: "Join two different buses." });
  if (branch.reactancePu === 0)
    faults.push({ where, problem: "reactancePu is 0.", cure: "Give its reactance, or merge its two buses." });
  if (!(branch.ratingMva >= 0))
    faults.push({ where, problem: `ratingMva is ${branch.ratingMva}.`, cure: "Give a limit in MVA, or 0 for none." });
  if (!(branch.tapRatio >= 0 && Number.isFinite(branch.tapRatio)))
    faults.push({ where, problem: `tapRatio is ${branch.tapRatio}.`, cure: "Give a ratio near 1, or 0 for a line." });
  return faults;
}

function islandFaults(bulk: BulkCase): Fault[] {
  const reached = new Set(bulk.buses.filter(bus => bus.kind === "swing").map(bus => bus.number));
  for (const number of reached)
    for (const branch of bulk.branches) {
      if (!branch.inService) continue;
      if (branch.from === number) reached.add(branch.to);
      if (branch.to === number) reached.add(branch.from);
    }
  const lost = bulk.buses.filter(bus => !reached.has(bus.number));
  if (lost.length === 0) return [];
  const problem = `no branch in service joins the swing bus to${listed(lost)}.`;
  return [{ where: "case", problem, cure: "Put a branch in service, or leave these buses out." }];
}

function notFinite<Part extends object>(where: string, part: Part, names: readonly (keyof Part & string)[]) {
  return names
    .filter(name => !Number.isFinite(part[name]))
    .map((name): Fault => ({ where, problem: `${name} is ${part[name]}.`, cure: "Give a finite number." }));
}

function unknownBus(where: string, bus: number, buses: ReadonlySet<number>): Fault[] {
  if (buses.has(bus)) return [];
  return [{ where, problem: `bus ${bus} does not exist.`, cure: "Name a bus of the case." }];
}

function listed(buses: readonly Bus[]): string {
  return buses.map(bus => ` bus ${bus.number}`).join(",");
}
