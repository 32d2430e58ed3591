import { join } from "node:path";
import { deviceSchema } from "../../methods/index.js";
import { readCsvTable, type CsvColumn, type CsvFault, type CsvTable } from "../../runtime/csv-table.js";
import { readRecent } from "./recent-tables.js";
import { lengthProblem, readRows, type Rows } from "./series.js";

/** A device whose quantities over time hold all rows of their series. Plain data. */
export type DeviceRows = Readonly<Record<string, string | Rows>>;

/** A node's devices. */
export interface NodeDevices {
  readonly node: number;
  readonly name: string;
  readonly devices: readonly DeviceRows[];
}

/** What the table must fit. */
export interface DeviceTableSetting {
  readonly nodes: number;
  readonly rowsPerDay: number;
  /** Reads the rows of these nodes only, as an agent does; all when left out. */
  readonly only?: readonly number[];
}

/** Quantities that may change over time: their cells may name a series. */
const OVER_TIME = new Set(["activePower", "reactivePower", "heat", "available"]);

interface Sheet {
  readonly folder: string;
  readonly file: string;
  readonly table: CsvTable;
  readonly setting: DeviceTableSetting;
  readonly faults: CsvFault[];
}

/**
 * Devices by node: the columns `node` and `device` (a kind), perhaps `name`, and one for each parameter of the kinds.
 * A cell is empty where a kind has no such parameter or its default is meant. All faults come together.
 */
export function readDeviceTable(
  folder: string,
  file: string,
  setting: DeviceTableSetting,
): { nodes?: readonly NodeDevices[]; faults: readonly CsvFault[] } {
  const { table, faults: unread } = readRecent(join(folder, file), "devices", readTexts);
  if (table === undefined) return { faults: unread };
  const faults: CsvFault[] = [];
  const devices = new Map<number, DeviceRows[]>();
  const sheet = { folder, file, table, setting, faults };
  const only = setting.only && new Set(setting.only);
  for (let row = 0; row < table.rows; row++) {
    const node = readNode(sheet, row);
    if (node === undefined || only?.has(node) === false) continue;
    const device = readDeviceRow(sheet, row);
    if (device !== undefined) devices.set(node, [...(devices.get(node) ?? []), device]);
  }
  if (faults.length > 0) return { faults };
  const nodes = [...devices].map(([node, own]) => ({ node, name: `node ${node}`, devices: own }));
  return { nodes, faults };
}

/** Every column as texts; `node` and `device` must be there. */
function readTexts(path: string): ReturnType<typeof readCsvTable> {
  const { table, faults } = readCsvTable(path, [text("node"), text("device")]);
  return table === undefined ? { faults } : readCsvTable(path, table.header.map(text));
}

const text = (name: string): CsvColumn => ({ name, type: "text" });

function readNode({ file, table, setting: { nodes }, faults }: Sheet, row: number): number | undefined {
  const cell = table.texts("node")[row];
  const node = cell === "" ? NaN : Number(cell);
  if (Number.isInteger(node) && node >= 0 && node < nodes) return node;
  const problem = `There is no node "${cell}"; there are the nodes 0 to ${nodes - 1}.`;
  faults.push({ file, line: table.lineOf(row), column: "node", problem });
  return undefined;
}

/** The device of a row, or nothing and its faults. */
function readDeviceRow({ folder, file, table, setting, faults }: Sheet, row: number): DeviceRows | undefined {
  const at = { file, line: table.lineOf(row), problem: "" };
  const kind = table.texts("device")[row];
  const device: Record<string, string | Rows> = { kind };
  const before = faults.length;
  for (const column of table.header) {
    const cell = table.texts(column)[row];
    if (cell === "" || column === "node" || column === "device") continue;
    const here = { ...at, column };
    if (column === "name") device.name = cell;
    else if (OVER_TIME.has(column)) device[column] = readRows(cell, { folder, at: here, faults });
    else if (Number.isFinite(Number(cell))) device[column] = Number(cell);
    else faults.push({ ...here, problem: `"${cell}" is no number.` });
    const length = OVER_TIME.has(column) ? lengthProblem(device[column] as Rows, setting.rowsPerDay) : undefined;
    if (length !== undefined) faults.push({ ...here, problem: `"${cell}": ${length}` });
  }
  if (faults.length > before) return undefined;
  const found = kindFaults(device, table.header).map(({ column, problem }) => ({ ...at, column, problem }));
  faults.push(...found);
  return found.length === 0 ? device : undefined;
}

/** What the device's kind has against its parameters; series stand as their first value. */
function kindFaults(device: DeviceRows, header: readonly string[]): { column: string; problem: string }[] {
  const now = Object.entries(device).map(([key, value]) => [key, value instanceof Float64Array ? value[0] : value]);
  if (!KINDS.includes(String(device.kind))) {
    return [
      { column: "device", problem: `There is no device "${String(device.kind)}"; there are ${KINDS.join(", ")}.` },
    ];
  }
  const read = deviceSchema.safeParse(Object.fromEntries(now));
  if (read.success) return [];
  return read.error.issues.map(issue => {
    const keys = issue.code === "unrecognized_keys" ? issue.keys : issue.path.map(String);
    const field = keys[0] ?? "device";
    const column = header.includes(field) ? field : "device";
    if (issue.code === "unrecognized_keys") {
      return { column, problem: `A ${String(device.kind)} has no ${keys.join(", ")}; leave the cell empty.` };
    }
    const given = device[field] === undefined ? "nothing" : String(device[field]);
    return { column, problem: `${field} of the ${String(device.kind)} is ${given}: ${issue.message}.` };
  });
}

/** Kinds of devices that a table may name. */
const KINDS: readonly string[] = deviceSchema.options
  .map(option => [...kindsOf(option)].join())
  .filter(kind => kind !== "grid-port");

function kindsOf(option: (typeof deviceSchema.options)[number]): ReadonlySet<string> {
  return option.shape.kind.values;
}
