import type { BulkCase } from "../case.js";

const TYPES = { PQ: 1, PV: 2, swing: 3 } as const;

/** A bulk case as the text of a MATPOWER case. */
export function matpowerText({ baseMva, buses, generators, branches }: BulkCase): string {
  const matrix = (name: string, rows: readonly (readonly number[])[]) =>
    `mpc.${name} = [\n${rows.map(row => `\t${row.join("\t")};`).join("\n")}\n];\n`;
  return [
    "function mpc = written",
    "%% a comment with mpc.bus = [",
    "mpc.version = '2';",
    `mpc.baseMVA = ${baseMva};`,
    matrix(
      "bus",
      buses.map(bus => [
        ...[bus.number, TYPES[bus.kind], bus.loadMw, bus.loadMvar, bus.shuntMw, bus.shuntMvar],
        ...[1, bus.voltagePu, bus.angleDeg, bus.baseKv, 1, 1.1, 0.9],
      ]),
    ),
    matrix(
      "gen",
      generators.map(unit => [
        ...[unit.bus, unit.outputMw, unit.outputMvar, unit.maxMvar, unit.minMvar, unit.voltagePu, 100],
        ...[unit.inService ? 1 : 0, unit.maxMw, unit.minMw],
      ]),
    ),
    matrix(
      "branch",
      branches.map(line => [
        ...[line.from, line.to, line.resistancePu, line.reactancePu, line.chargingPu, line.ratingMva, 0, 0],
        ...[line.tapRatio, line.shiftDeg, line.inService ? 1 : 0, -360, 360],
      ]),
    ),
    matrix(
      "gencost",
      generators.map(({ cost }) => [2, 0, 0, 3, cost.c2, cost.c1, cost.c0]),
    ),
  ].join("\n");
}
