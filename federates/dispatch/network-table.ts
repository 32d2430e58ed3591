import { join } from "node:path";
import type { LineSpec } from "../../methods/index.js";
import { readCsvTable, type CsvFault } from "../../runtime/csv-table.js";
import { readRecent } from "./recent-tables.js";

/** Lines as they stand in a file, each with the line of text that it stands in. */
export interface NetworkTable {
  readonly lines: readonly LineSpec[];
  readonly at: readonly number[];
}

const COLUMNS = [
  { name: "from", type: "number" },
  { name: "to", type: "number" },
  { name: "resistance", type: "number" },
  { name: "reactance", type: "number" },
  { name: "limit", type: "text", optional: true },
] as const;

/** Lines of a network: `from`, the node nearer to the root, `to`, `resistance` and `reactance` in ohm, and perhaps a `limit` of |P|. */
export function readNetworkTable(
  folder: string,
  name: string,
  nodes: number,
): { table?: NetworkTable; faults: CsvFault[] } {
  const { table, faults } = readRecent(join(folder, name), "lines", path => readCsvTable(path, COLUMNS));
  if (table === undefined) return { faults: [...faults] };
  const [from, to] = [table.numbers("from"), table.numbers("to")];
  const limits = table.texts("limit");
  const found: CsvFault[] = [];
  const lines = Array.from(from, (_, row): LineSpec => {
    const at = { file: name, line: table.lineOf(row) };
    for (const [column, node] of [["from", from[row]] as const, ["to", to[row]] as const]) {
      if (Number.isInteger(node) && node >= 0 && node < nodes) continue;
      found.push({ ...at, column, problem: `There is no node ${node}; there are the nodes 0 to ${nodes - 1}.` });
    }
    for (const column of ["resistance", "reactance"]) {
      const value = table.numbers(column)[row];
      if (value < 0) found.push({ ...at, column, problem: `${value} ohm is negative; give 0 or more.` });
    }
    const text = limits[row] ?? "";
    const activeLimit = text === "" ? undefined : Number(text);
    if (activeLimit !== undefined && !(activeLimit >= 0)) {
      found.push({ ...at, column: "limit", problem: `"${text}" is no power; give 0 or more, or leave it empty.` });
    }
    const impedance = {
      resistanceOhm: table.numbers("resistance")[row],
      reactanceOhm: table.numbers("reactance")[row],
    };
    return { from: from[row], to: to[row], ...impedance, ...(activeLimit !== undefined && { activeLimit }) };
  });
  if (found.length === 0) found.push(...feedFaults(lines, { name, lineOf: row => table.lineOf(row) }));
  return found.length > 0
    ? { faults: found }
    : { table: { lines, at: lines.map((_, row) => table.lineOf(row)) }, faults: [] };
}

/** A node that two lines feed, and a line that feeds the root. */
function feedFaults(
  lines: readonly LineSpec[],
  { name, lineOf }: { readonly name: string; lineOf(row: number): number },
): CsvFault[] {
  const feeding = new Map<number, number>();
  return lines.flatMap(({ to }, row): CsvFault[] => {
    const at = { file: name, line: lineOf(row), column: "to" };
    if (to === 0) return [{ ...at, problem: "Node 0 is the root; nothing feeds it. Turn the line round." }];
    const first = feeding.get(to);
    if (first !== undefined) {
      return [{ ...at, problem: `Node ${to} is fed in line ${first} already. Leave one of the two lines open.` }];
    }
    feeding.set(to, lineOf(row));
    return [];
  });
}
