import { z } from "zod";
import { CosimError } from "../../broker/wire/index.js";
import {
  DispatchError,
  dualPrivacyRules,
  radialNetwork,
  trilemmaRules,
  type LineSpec,
  type NodeSpec,
  type PublicSpec,
} from "../../methods/index.js";
import { formatCsvFault, type CsvFault } from "../../runtime/csv-table.js";
import { readJsonFile } from "../../runtime/index.js";
import { readDeviceTable, type DeviceRows, type NodeDevices } from "./device-table.js";
import type { Horizon } from "./kit.js";
import { readNetworkTable, type NetworkTable } from "./network-table.js";
import { lengthProblem, profileAt, readRows, type Rows } from "./series.js";

const price = z.union([z.number(), z.string()]);

const problemSchema = z.strictObject({
  name: z.string(),
  /** Whose rules of power flow, cost and storage apply. */
  framework: z.enum(["dual-privacy", "trilemma"]),
  nodes: z.int().positive(),
  /** Storages as the papers computed them, or put right. */
  storage: z.enum(["published", "corrected"]).default("published"),
  /** Rows of a series that are a day. */
  rowsPerDay: z.int().positive(),
  network: z.string().default("network.csv"),
  devices: z.string().default("devices.csv"),
  /** The connection at node 0; prices are numbers or columns of a series. */
  grid: z.strictObject({
    buyPrice: price,
    sellPrice: price,
    importLimit: z.number().nonnegative().optional(),
    exportLimit: z.number().nonnegative().optional(),
    reactiveShare: z.number().nonnegative().optional(),
  }),
  /** In place of the framework's limits. */
  voltage: z
    .strictObject({
      root: z.number().positive().optional(),
      lower: z.number().nonnegative().optional(),
      upper: z.number().positive().optional(),
    })
    .optional(),
  /** In place of the framework's. */
  wheelingFee: z.number().nonnegative().optional(),
  regulariser: z.number().nonnegative().optional(),
});

type ProblemFile = z.output<typeof problemSchema>;

/** What everybody may know of a problem, with all rows of its prices. Plain data. */
export interface ProblemSource extends Omit<ProblemFile, "network" | "grid"> {
  readonly lines: Lines;
  readonly grid: Omit<ProblemFile["grid"], "buyPrice" | "sellPrice"> & {
    readonly buyPrice: Rows;
    readonly sellPrice: Rows;
  };
}

/** Lines of a network, column by column; an infinite limit is none. */
export interface Lines {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly resistanceOhm: Float64Array;
  readonly reactanceOhm: Float64Array;
  readonly activeLimit: Float64Array;
}

/** What an agent knows beside that. */
export interface AgentSource {
  readonly problem: ProblemSource;
  readonly node: number;
  readonly devices: readonly DeviceRows[];
}

/** A source, or what stands against it, each with its place. */
export interface SourceReading {
  readonly source?: ProblemSource;
  readonly problems: readonly string[];
}

/** The public part of a problem: `problem.json`, the network's table and the prices. All faults come together. */
export function readSource(folder: string, file: string): SourceReading {
  const read = problemSchema.safeParse(readJsonFile(folder, file));
  if (!read.success) {
    const problems = read.error.issues.map(
      ({ path, message }) => `${file}, ${path.join(".") || "the file"}: ${message}.`,
    );
    return { problems };
  }
  const { network, grid, ...rest } = read.data;
  const faults: CsvFault[] = [];
  const { table, faults: inTable } = readNetworkTable(folder, network, rest.nodes);
  faults.push(...inTable);
  const priceRows = (field: "buyPrice" | "sellPrice"): Rows => {
    const at = { file, line: 1, column: `grid.${field}`, problem: "" };
    const rows = readRows(String(grid[field]), { folder, at, faults });
    const problem = lengthProblem(rows, rest.rowsPerDay);
    if (problem !== undefined) faults.push({ ...at, problem });
    return rows;
  };
  const prices = { buyPrice: priceRows("buyPrice"), sellPrice: priceRows("sellPrice") };
  const problems = faults.map(formatCsvFault);
  if (table === undefined || problems.length > 0) return { problems };
  const fault = treeProblem(table, rest.nodes);
  const source = { ...rest, lines: columnsOf(table.lines), grid: { ...grid, ...prices } };
  return fault === undefined ? { source, problems } : { problems: [`${network}, ${fault}`] };
}

/**
 * As `readSource`, for a problem that is to be solved.
 * @throws CosimError `COSIM_DATA_INVALID` with every fault.
 */
export function requireSource(folder: string, file: string): ProblemSource {
  const { source, problems } = readSource(folder, file);
  if (source !== undefined) return source;
  throw new CosimError("COSIM_DATA_INVALID", problems.join("\n  "));
}

/** Why lines are no tree below node 0, with the line of text where the first of them stands that hangs on nothing. */
function treeProblem({ lines, at }: NetworkTable, nodes: number): string | undefined {
  try {
    radialNetwork(lines, nodes, { dropPerOhm: 1, root: 1 });
    return undefined;
  } catch (error) {
    if (!(error instanceof DispatchError)) throw error;
    const above = new Map(lines.map(({ from, to }) => [to, from]));
    const isLoose = (node: number) => {
      for (let steps = 0; steps < nodes && node !== 0; steps++) node = above.get(node) ?? -1;
      return node !== 0;
    };
    const row = lines.findIndex(({ from }) => isLoose(from));
    return `line ${at[row] ?? 1}, column from: ${error.message}`;
  }
}

function columnsOf(lines: readonly LineSpec[]): Lines {
  const column = (valueOf: (line: LineSpec) => number) => Float64Array.from(lines, valueOf);
  return {
    from: column(line => line.from),
    to: column(line => line.to),
    resistanceOhm: column(line => line.resistanceOhm),
    reactanceOhm: column(line => line.reactanceOhm),
    activeLimit: column(line => line.activeLimit ?? Infinity),
  };
}

function linesOf({ from, to, resistanceOhm, reactanceOhm, activeLimit }: Lines): LineSpec[] {
  return Array.from(from, (node, i) => ({
    ...{ from: node, to: to[i], resistanceOhm: resistanceOhm[i], reactanceOhm: reactanceOhm[i] },
    ...(activeLimit[i] < Infinity && { activeLimit: activeLimit[i] }),
  }));
}

/** The problem's public part over a horizon, as the methods take it. */
export function publicSpecAt(source: ProblemSource, horizon: Horizon): PublicSpec {
  const { name, framework, nodes, storage, rowsPerDay, lines, grid, voltage } = source;
  const { wheelingFee, regulariser } = source;
  const rules = (framework === "dual-privacy" ? dualPrivacyRules : trilemmaRules)({ steps: horizon.steps, storage });
  const { dropPerOhm, root } = rules.voltage;
  const priceAt = (rows: Rows) => profileAt(rows, rowsPerDay, horizon);
  return {
    ...rules,
    name,
    nodeCount: nodes,
    lines: linesOf(lines),
    voltage: voltage === undefined ? rules.voltage : { dropPerOhm, root, ...voltage },
    frame: {
      ...rules.frame,
      ...(wheelingFee !== undefined && { wheelingFee }),
      ...(regulariser !== undefined && { regulariser }),
    },
    gridPort: { kind: "grid-port", ...grid, buyPrice: priceAt(grid.buyPrice), sellPrice: priceAt(grid.sellPrice) },
  };
}

/** An agent's devices over a horizon, as the methods take them. */
export function nodeSpecAt({ problem: { rowsPerDay }, node, devices }: AgentSource, horizon: Horizon): NodeSpec {
  const now = devices.map(device =>
    Object.fromEntries(
      Object.entries(device).map(([key, value]) => [
        key,
        value instanceof Float64Array ? profileAt(value, rowsPerDay, horizon) : value,
      ]),
    ),
  );
  return { node, name: `node ${node}`, devices: now as unknown as NodeSpec["devices"] };
}

/** What some agents know: the public part, and their own devices. */
export interface AgentsReading {
  readonly source: ProblemSource;
  readonly agents: readonly NodeDevices[];
}

/**
 * The agents of some nodes.
 * @throws CosimError `COSIM_DATA_INVALID` with every fault of the problem and of these nodes' rows.
 */
export function requireAgents(
  folder: string,
  { problem, nodes }: { readonly problem: string; readonly nodes: readonly number[] },
): AgentsReading {
  const source = requireSource(folder, problem);
  const { nodes: found, faults } = readDeviceTable(folder, source.devices, { ...source, only: nodes });
  if (found === undefined) throw new CosimError("COSIM_DATA_INVALID", faults.map(formatCsvFault).join("\n  "));
  const agents = nodes.map(node => found.find(one => one.node === node) ?? { node, name: `node ${node}`, devices: [] });
  return { source, agents };
}
