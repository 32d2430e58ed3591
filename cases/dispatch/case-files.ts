import type { DeviceSpec, DispatchSpec } from "../../methods/index.js";

/** Series files by the quantity that they hold. */
const SERIES_OF: Readonly<Record<string, string>> = {
  activePower: "active-load",
  reactivePower: "reactive-load",
  heat: "heat-load",
  available: "available",
};

/** What a problem's files say that is not in its specification. */
export interface FilesSetting {
  readonly name: string;
  readonly framework: "dual-privacy" | "trilemma";
}

type Columns = Map<string, number[]>;

/**
 * The files of a case: `problem.json`, `network.csv`, `devices.csv` and the series that these name. The specifications are
 * those of the case's days, in order, and differ in their series only.
 */
export function caseFiles(days: readonly DispatchSpec[], { name, framework }: FilesSetting): Record<string, string> {
  const [first] = days;
  const series = new Map<string, Columns>();
  const devices = deviceTable(days, series);
  const { gridPort, frame, voltage } = first;
  const prices = new Map(
    (["buyPrice", "sellPrice"] as const).flatMap(field => {
      const values = days.flatMap(day => day.gridPort[field]);
      return values.length > days.length ? [[field === "buyPrice" ? "buy" : "sell", values] as const] : [];
    }),
  );
  if (prices.size > 0) series.set("price", prices);
  const cellOf = (column: "buy" | "sell", value: DispatchSpec["gridPort"]["buyPrice"]) =>
    prices.has(column) ? `price:${column}` : value;
  const { buyPrice, sellPrice, importLimit, exportLimit, reactiveShare } = gridPort;
  const limits = { importLimit, exportLimit, reactiveShare };
  const problem = {
    ...{ name, framework, nodes: first.nodeCount },
    ...{ storage: frame.storage, rowsPerDay: frame.steps },
    ...{ network: "network.csv", devices: "devices.csv" },
    grid: { buyPrice: cellOf("buy", buyPrice), sellPrice: cellOf("sell", sellPrice), ...limits },
    voltage: { root: voltage.root, lower: voltage.lower, upper: voltage.upper },
  };
  return {
    "problem.json": `${JSON.stringify(problem, undefined, 2)}\n`,
    "network.csv": networkTable(first),
    "devices.csv": devices,
    ...Object.fromEntries([...series].map(([file, columns]) => [`${file}.csv`, seriesTable(columns)])),
  };
}

const csv = (rows: readonly (readonly (string | number)[])[]) => rows.map(row => `${row.join(",")}\n`).join("");

function networkTable({ lines }: DispatchSpec): string {
  const isLimited = lines.some(line => line.activeLimit !== undefined);
  const header = ["from", "to", "resistance", "reactance", ...(isLimited ? ["limit"] : [])];
  const rows = lines.map(({ from, to, resistanceOhm, reactanceOhm, activeLimit = "" }) => [
    ...[from, to, resistanceOhm, reactanceOhm],
    ...(isLimited ? [activeLimit] : []),
  ]);
  return csv([header, ...rows]);
}

/** One row for each device; what changes over time goes to `series`, and its cell says where. */
function deviceTable(days: readonly DispatchSpec[], series: Map<string, Columns>): string {
  const fields = new Set<string>();
  const rows = days[0].nodes.flatMap(({ node, devices }, n) =>
    devices.map((device, d) => {
      const cells = new Map<string, string | number>();
      for (const [field, value] of Object.entries(device as Readonly<Record<string, unknown>>)) {
        if (field === "kind") continue;
        if (!Array.isArray(value)) cells.set(field, value as string | number);
        else {
          const all = days.flatMap(day => day.nodes[n].devices[d][field as keyof DeviceSpec] as unknown as number[]);
          cells.set(field, seriesCell(series, { field, node, name: nameOf(device) }, all));
        }
        fields.add(field);
      }
      return { node, kind: device.kind, cells };
    }),
  );
  const columns = [...fields].sort((a, b) => Number(b === "name") - Number(a === "name"));
  const table = rows.map(({ node, kind, cells }) => [node, kind, ...columns.map(field => cells.get(field) ?? "")]);
  return csv([["node", "device", ...columns], ...table]);
}

const nameOf = ({ name, kind }: DeviceSpec) => name ?? kind;

interface SeriesOwner {
  readonly field: string;
  readonly node: number;
  readonly name: string;
}

/** Puts values into the series of their quantity and returns the cell that names them; zeros need no series. */
function seriesCell(
  series: Map<string, Columns>,
  { field, node, name }: SeriesOwner,
  values: readonly number[],
): string | number {
  if (values.every(value => value === values[0])) return values[0];
  const file = SERIES_OF[field];
  const columns = series.get(file) ?? new Map<string, number[]>();
  series.set(file, columns);
  const column = columns.has(String(node)) ? `${node} ${name}` : String(node);
  columns.set(column, [...values]);
  return `${file}:${column}`;
}

function seriesTable(columns: Columns): string {
  const names = [...columns.keys()];
  const rows = [...columns.values()];
  return csv([["step", ...names], ...rows[0].map((_, step) => [step, ...rows.map(values => values[step])])]);
}
