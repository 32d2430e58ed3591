import { existsSync } from "node:fs";
import { join } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import { formatCsvFault, readCsvTable, type CsvTable } from "../../runtime/csv-table.js";

/** A horizon of a dispatch: its units, how it was coordinated, and its objective with the bounds of the optimum. */
export interface DispatchDay {
  readonly horizon: number;
  /** Of the case's series. */
  readonly day: number;
  readonly currency: string;
  readonly powerUnit: string;
  readonly steps: number;
  readonly stepHours: number;
  /** Turns prices times powers, summed over the steps, into currency. */
  readonly costScale: number;
  readonly method: string;
  /** Why this method was chosen; empty where the case named it. */
  readonly reason: string;
  readonly stop: string;
  readonly rounds: number;
  readonly objective: number;
  readonly lowerBound: number;
  readonly upperBound: number;
  readonly relativeGap: number;
  /** Answers that were taken over from an earlier round; with any, the bounds are not certified. */
  readonly assumedAnswers: number;
  /** `linear` or `squared`, of voltages per unit; empty where the run does not tell. */
  readonly voltageMeasure: string;
}

/** The network's tree by node, the root's parent -1; limits are NaN where there is none. */
export interface DispatchTree {
  readonly parent: readonly number[];
  readonly voltageLower: readonly number[];
  readonly voltageUpper: readonly number[];
  readonly activeLimit: readonly number[];
}

/** A quantity of a kind of device at a node, by step. */
export interface Setpoint {
  readonly node: number;
  readonly device: string;
  readonly quantity: string;
  readonly values: readonly number[];
}

/** What a node has to pay over all horizons; `alone` is what it would pay without the others, where the run tells it. */
export interface NodeBill {
  readonly node: number;
  readonly bill: number;
  readonly alone?: number;
}

/** Figures of one name by round; NaN where a round has none. */
export type RoundFigures = ReadonlyMap<string, readonly number[]>;

/** What crosses the network, each by node and then by step. */
export type NetworkColumn = "flow" | "voltage" | "price";

/** The tables of a dispatch, read when asked for. */
export interface DispatchData {
  readonly days: readonly DispatchDay[];
  readonly tree: DispatchTree;
  network(day: DispatchDay, column: NetworkColumn): readonly (readonly number[])[];
  setpoints(day: DispatchDay): readonly Setpoint[];
  convergence(day: DispatchDay): RoundFigures;
  bills(): readonly NodeBill[];
}

/** Columns of the tables that are read; those of `convergence.csv` are the method's. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  "horizons.csv": [
    ...["horizon", "day", "currency", "powerUnit", "steps", "stepHours", "costScale", "method", "reason", "stop"],
    ...["rounds", "objective", "lowerBound", "upperBound", "relativeGap", "assumedAnswers"],
    "voltageMeasure",
  ],
  "nodes.csv": ["node", "parent", "voltageLower", "voltageUpper", "activeLimit"],
  "flows.csv": ["time", "node", "flow", "voltage", "price"],
  "setpoints.csv": ["time", "node", "device", "quantity", "value"],
  "bills.csv": ["node", "bill", "alone"],
};

/**
 * The dispatch of a run folder; undefined where there is none.
 * @throws CosimError `COSIM_RUN_FOLDER` when one of its tables cannot be read.
 */
export function readDispatch(folder: string): DispatchData | undefined {
  const tables = new Map<string, Sheet>();
  const sheet = (name: string) => {
    const known = tables.get(name) ?? readSheet(folder, name);
    tables.set(name, known);
    return known;
  };
  if (!existsSync(join(folder, "horizons.csv"))) return undefined;
  const horizons = sheet("horizons.csv");
  const days = Array.from({ length: horizons.rows }, (_, row) => dayAt(horizons, row));
  if (days.length === 0) return undefined;
  return {
    days,
    tree: treeOf(sheet("nodes.csv")),
    network: (day, column) => networkOf(sheet("flows.csv"), day, column),
    setpoints: day => (existsSync(join(folder, "setpoints.csv")) ? setpointsOf(sheet("setpoints.csv"), day) : []),
    convergence: day => convergenceOf(sheet("convergence.csv"), day),
    bills: () => billsOf(sheet("bills.csv")),
  };
}

/** A table whose columns are numbers, NaN where a cell is empty, or texts. */
interface Sheet {
  readonly rows: number;
  readonly header: readonly string[];
  numbers(column: string): Float64Array;
  texts(column: string): readonly string[];
}

function readSheet(folder: string, name: string): Sheet {
  const { rows, header, texts } = readTable(folder, name, COLUMNS[name] ?? readTable(folder, name, []).header);
  const numbers = new Map<string, Float64Array>();
  return {
    rows,
    header,
    texts,
    numbers(column) {
      const known = numbers.get(column) ?? Float64Array.from(texts(column), text => (text === "" ? NaN : Number(text)));
      numbers.set(column, known);
      return known;
    },
  };
}

function readTable(folder: string, name: string, names: readonly string[]): CsvTable {
  const columns = names.map(column => ({ name: column, type: "text", optional: true }) as const);
  const { table, faults } = readCsvTable(join(folder, name), columns);
  if (table !== undefined) return table;
  throw new CosimError("COSIM_RUN_FOLDER", `In ${folder}: ${faults.map(formatCsvFault).join("; ")}`);
}

function dayAt(sheet: Sheet, row: number): DispatchDay {
  const number = (column: string) => sheet.numbers(column)[row] ?? NaN;
  const text = (column: string) => sheet.texts(column)[row] ?? "";
  return {
    horizon: number("horizon"),
    day: number("day"),
    currency: text("currency"),
    powerUnit: text("powerUnit"),
    steps: number("steps"),
    stepHours: number("stepHours"),
    costScale: number("costScale"),
    method: text("method"),
    reason: text("reason"),
    stop: text("stop"),
    rounds: number("rounds"),
    objective: number("objective"),
    lowerBound: number("lowerBound"),
    upperBound: number("upperBound"),
    relativeGap: number("relativeGap"),
    assumedAnswers: number("assumedAnswers"),
    voltageMeasure: text("voltageMeasure"),
  };
}

function treeOf(nodes: Sheet): DispatchTree {
  const order = Array.from(nodes.numbers("node"));
  const byNode = (column: string): number[] => {
    const values = nodes.numbers(column);
    const list = order.map(() => NaN);
    order.forEach((node, row) => (list[node] = values[row]));
    return list;
  };
  return {
    parent: byNode("parent"),
    voltageLower: byNode("voltageLower"),
    voltageUpper: byNode("voltageUpper"),
    activeLimit: byNode("activeLimit"),
  };
}

/** The step of a day that begins at a time; undefined for those of other days. */
function stepAt(seconds: number, { horizon, steps, stepHours }: DispatchDay): number | undefined {
  const step = Math.round(seconds / (3600 * stepHours)) - horizon * steps;
  return step >= 0 && step < steps ? step : undefined;
}

function networkOf(sheet: Sheet, day: DispatchDay, column: NetworkColumn): number[][] {
  const [times, nodes, values] = ["time", "node", column].map(name => sheet.numbers(name));
  const found: number[][] = [];
  for (let row = 0; row < sheet.rows; row++) {
    const step = stepAt(times[row], day);
    if (step === undefined) continue;
    (found[nodes[row]] ??= new Array<number>(day.steps).fill(NaN))[step] = values[row];
  }
  return found;
}

function setpointsOf(sheet: Sheet, day: DispatchDay): Setpoint[] {
  const [times, nodes, values] = ["time", "node", "value"].map(name => sheet.numbers(name));
  const [devices, quantities] = ["device", "quantity"].map(name => sheet.texts(name));
  const found = new Map<string, Setpoint & { values: number[] }>();
  for (let row = 0; row < sheet.rows; row++) {
    const step = stepAt(times[row], day);
    if (step === undefined) continue;
    const [node, device, quantity] = [nodes[row], devices[row], quantities[row]];
    const key = `${node},${device},${quantity}`;
    const known = found.get(key) ?? { node, device, quantity, values: new Array<number>(day.steps).fill(0) };
    known.values[step] += values[row];
    found.set(key, known);
  }
  return [...found.values()];
}

function convergenceOf(sheet: Sheet, { horizon }: DispatchDay): RoundFigures {
  const horizons = sheet.numbers("horizon");
  const names = sheet.header.filter(name => !["horizon", "day", "round"].includes(name));
  const ofDay = (_: number, row: number) => horizons[row] === horizon;
  return new Map(names.map(name => [name, Array.from(sheet.numbers(name)).filter(ofDay)]));
}

function billsOf(sheet: Sheet): NodeBill[] {
  const [nodes, bills, alone] = ["node", "bill", "alone"].map(name => sheet.numbers(name));
  const sums = new Map<number, { node: number; bill: number; alone: number }>();
  for (let row = 0; row < sheet.rows; row++) {
    const known = sums.get(nodes[row]) ?? { node: nodes[row], bill: 0, alone: 0 };
    known.bill += bills[row];
    known.alone += alone[row] ?? NaN;
    sums.set(known.node, known);
  }
  const known = ({ node, bill, alone: sum }: NodeBill & { readonly alone: number }): NodeBill =>
    Number.isFinite(sum) ? { node, bill, alone: sum } : { node, bill };
  return [...sums.values()].map(known).sort((a, b) => a.node - b.node);
}

/** What all nodes pay together and would pay alone, and the difference as a share; undefined unless it is known of all. */
export function cooperation(
  bills: readonly NodeBill[],
): { readonly alone: number; readonly savedPercent: number } | undefined {
  let [together, alone] = [0, 0];
  for (const one of bills) {
    together += one.bill;
    alone += one.alone ?? NaN;
  }
  const savedPercent = Math.round((1e5 * (alone - together)) / Math.abs(alone)) / 1e3;
  return Number.isFinite(savedPercent) ? { alone, savedPercent: savedPercent + 0 } : undefined;
}
