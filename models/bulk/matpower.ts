import { ModelError } from "../model-error.js";
import type { Branch, BulkCase, Bus, BusKind, Generator, QuadraticCost } from "./case.js";
import { findBulkCaseFaults } from "./validation.js";

interface Row {
  readonly line: number;
  readonly values: readonly number[];
}

/** Matrices of a case and the columns that each must have at least. */
const COLUMNS = { bus: 13, gen: 10, branch: 11, gencost: 5 } as const;
type MatrixName = keyof typeof COLUMNS;
type Matrices = Readonly<Record<MatrixName, readonly Row[]>>;

const KINDS: readonly (BusKind | undefined)[] = [undefined, "PQ", "PV", "swing"];
/** Stands for a limit that is infinite. */
const NO_LIMIT = 9999;

/**
 * Reads a MATPOWER case, version 2: `mpc.baseMVA` and the matrices bus, gen, branch and gencost with polynomial costs up to
 * quadratic. Throws `ModelError` with every fault: file, line, value, cure.
 * Source: Zimmerman and Murillo-Sánchez, MATPOWER User's Manual, version 7.1, 2020, appendix B.
 */
export function readMatpower(text: string, name: string): BulkCase {
  const faults: string[] = [];
  const at = (line: number, problem: string) => faults.push(`${name}, line ${line}: ${problem}`);
  const lines = text.split(/\r\n|\r|\n/).map(line => line.replace(/%.*/, ""));
  const base = lines.findIndex(line => /mpc\.baseMVA\s*=/.test(line));
  if (base < 0) at(1, "There is no mpc.baseMVA. Give a MATPOWER case of version 2.");
  const matrices = {
    bus: readMatrix(lines, "bus", at),
    gen: readMatrix(lines, "gen", at),
    branch: readMatrix(lines, "branch", at),
    gencost: readMatrix(lines, "gencost", at),
  };
  refuse(faults);
  const bulk: BulkCase = {
    baseMva: Number(/mpc\.baseMVA\s*=\s*([^;\s]+)/.exec(lines[base])?.[1]),
    buses: matrices.bus.map(row => readBus(row, at)),
    generators: matrices.gen.map((row, k) => readGenerator(row, readCost(matrices, k, at))),
    branches: matrices.branch.map(readBranch),
  };
  refuse(faults);
  refuse(findBulkCaseFaults(bulk).map(fault => `${name}: ${fault}`));
  return bulk;
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new ModelError("MODEL_MATPOWER", faults);
}

type Report = (line: number, problem: string) => void;

function readMatrix(lines: readonly string[], name: MatrixName, at: Report): Row[] {
  const start = lines.findIndex(line => new RegExp(`mpc\\.${name}\\s*=\\s*\\[`).test(line));
  if (start < 0) {
    at(1, `There is no mpc.${name}. Add the matrix.`);
    return [];
  }
  const rows: Row[] = [];
  for (let i = start; i < lines.length; i++) {
    const [inside, end] = lines[i].replace(/^.*\[/, "").split("]");
    for (const part of inside.split(";").filter(cells => cells.trim() !== "")) {
      rows.push({ line: i + 1, values: readValues(part, i + 1, at) });
    }
    if ((end as string | undefined) !== undefined) break;
  }
  for (const { line, values } of rows) {
    if (values.length < COLUMNS[name])
      at(line, `The row of mpc.${name} has ${values.length} columns instead of ${COLUMNS[name]}. Complete it.`);
  }
  return rows;
}

function readValues(part: string, line: number, at: Report): number[] {
  return part
    .trim()
    .split(/[\s,]+/)
    .map(cell => {
      const infinite = /^([+-]?)inf$/i.exec(cell);
      const value = infinite === null ? Number(cell) : infinite[1] === "-" ? -NO_LIMIT : NO_LIMIT;
      if (!Number.isFinite(value)) at(line, `"${cell}" is no number. Correct it.`);
      return value;
    });
}

function readBus({ line, values }: Row, at: Report): Bus {
  const [number, type, loadMw, loadMvar, shuntMw, shuntMvar, , voltagePu, angleDeg, baseKv] = values;
  const kind = KINDS[type];
  if (kind === undefined) at(line, `The bus type ${type} is not 1, 2 or 3. Leave isolated buses out.`);
  return { number, kind: kind ?? "PQ", loadMw, loadMvar, shuntMw, shuntMvar, baseKv, voltagePu, angleDeg };
}

function readGenerator({ values }: Row, cost: QuadraticCost): Generator {
  const [bus, outputMw, outputMvar, maxMvar, minMvar, voltagePu, , status, maxMw, minMw] = values;
  return { bus, inService: status > 0, outputMw, outputMvar, minMw, maxMw, minMvar, maxMvar, voltagePu, cost };
}

function readCost({ gen, gencost }: Matrices, k: number, at: Report): QuadraticCost {
  const none = { c2: 0, c1: 0, c0: 0 };
  const row = gencost.at(k);
  if (k >= gencost.length || row === undefined) {
    at(gen[k].line, "The generator has no row in mpc.gencost. Add one.");
    return none;
  }
  const [model, , , count, ...coefficients] = row.values;
  if (model !== 2 || count < 1 || count > 3 || coefficients.length < count) {
    at(
      row.line,
      `The cost of model ${model} with ${count} coefficients is no polynomial up to quadratic. Approximate it by one.`,
    );
    return none;
  }
  const [c0, c1 = 0, c2 = 0] = coefficients.slice(0, count).reverse();
  return { c2, c1, c0 };
}

function readBranch({ values }: Row): Branch {
  const [from, to, resistancePu, reactancePu, chargingPu, ratingMva, , , tapRatio, shiftDeg, status] = values;
  return { from, to, inService: status > 0, resistancePu, reactancePu, chargingPu, ratingMva, tapRatio, shiftDeg };
}
