import { resolve } from "node:path";
import { z } from "zod";
import { CosimError, parseDuration, UNITS, type Fault, type Unit } from "../../broker/wire/index.js";
import { defineFederate, type OutputDeclaration, type SetupContext } from "../../runtime/index.js";
import { nextTime, rowAt, valueAt, type PlayedRows } from "./played-rows.js";
import { formatCsvFault, readCsvTable, type CsvColumn, type CsvTable } from "../../runtime/csv-table.js";

const unit = z.enum(Object.keys(UNITS) as [Unit, ...Unit[]]);

const params = z.strictObject({
  /** CSV file, relative to the case's folder. */
  file: z.string(),
  /** Column of simulated seconds since the case's start. */
  time: z.string().default("time"),
  /** Outputs and the columns that they come from; `column` defaults to the output's name. */
  outputs: z.record(
    z.string(),
    z.strictObject({
      column: z.string().optional(),
      unit: unit.optional(),
      min: z.number().optional(),
      max: z.number().optional(),
    }),
  ),
  /** `hold` publishes at the rows' times; `linear` publishes every `period`, on the line between two rows. */
  interpolation: z.enum(["hold", "linear"]).default("hold"),
  period: z.union([z.string(), z.number()]).optional(),
  /** Begins again from the first row after this time, as a profile of one day does with 24h. */
  repeat: z.union([z.string(), z.number()]).optional(),
  /** Longest time between two rows. */
  maxGap: z.union([z.string(), z.number()]).optional(),
});

/** What a player is told. */
export type PlayerParams = z.output<typeof params>;

/** Plays a file: each column becomes an output. */
export default defineFederate({
  doc: "Publishes the columns of a CSV file over time.",
  params,
  inputs: {},
  outputs: ({ outputs }: PlayerParams) =>
    Object.fromEntries(
      Object.entries(outputs).map(([name, entry]): [string, OutputDeclaration] => [
        name,
        { type: "number", unit: entry.unit },
      ]),
    ),
  check: playerFaults,
  create: (settings, context) => ({ state: createPlayer(settings, context) }),
  step(player, { time }) {
    const row = rowAt(player, time);
    const outputs = Object.fromEntries(player.names.map((name, c) => [name, valueAt(player, c, { row, time })]));
    return { outputs, wakeAt: nextTime(player, row, time) };
  },
});

const ticksOf = (duration: string | number, { ticksPerSecond }: SetupContext) =>
  parseDuration(duration, ticksPerSecond === 1e9 ? "1ns" : "1us");

function readFile(settings: PlayerParams, { folder }: SetupContext): { table?: CsvTable; problems: readonly string[] } {
  const columns: CsvColumn[] = [{ name: settings.time, type: "number", unit: "s", order: "increasing", min: 0 }];
  for (const [name, { column = name, ...bounds }] of Object.entries(settings.outputs)) {
    columns.push({ name: column, type: "number", ...bounds });
  }
  const { table, faults } = readCsvTable(resolve(folder, settings.file), columns);
  return { table, problems: faults.map(formatCsvFault) };
}

/** Faults of the file behind a player: missing or misread columns, gaps, a late start, an early end. */
export function playerFaults(settings: PlayerParams, setup: SetupContext): readonly Fault[] {
  const { table, problems } = readFile(settings, setup);
  const all = table === undefined ? problems : spanProblems(table, settings, setup);
  const faults = all.map(problem => ({ path: "params.file", problem, cure: "Correct the file or the parameters." }));
  if (settings.interpolation === "linear" && settings.period === undefined) {
    faults.push({
      path: "params.period",
      problem: "Interpolation needs a period.",
      cure: 'Write how often to publish: "60s".',
    });
  }
  return faults;
}

/** What the rows leave open: a late start, a gap, an early end. */
function spanProblems(table: CsvTable, settings: PlayerParams, setup: SetupContext): string[] {
  const { file, time, maxGap, repeat, interpolation } = settings;
  const problems: string[] = [];
  const seconds = table.numbers(time);
  const at = (row: number, problem: string) => {
    problems.push(formatCsvFault({ file, line: table.rows === 0 ? 1 : table.lineOf(row), column: time, problem }));
  };
  if (table.rows === 0) return [formatCsvFault({ file, line: 1, problem: "It has no rows." })];
  if (seconds[0] > 0) at(0, `The first row is at ${seconds[0]} s; there is no value at 0 s.`);
  const longest = maxGap === undefined ? Infinity : ticksOf(maxGap, setup) / setup.ticksPerSecond;
  seconds.forEach((second, row) => {
    const gap = row === 0 ? 0 : second - seconds[row - 1];
    if (gap > longest) at(row, `A gap of ${gap} s is longer than ${longest} s.`);
  });
  const last = seconds[table.rows - 1];
  const end = setup.until / setup.ticksPerSecond;
  if (repeat !== undefined) {
    const cycle = ticksOf(repeat, setup) / setup.ticksPerSecond;
    if (last >= cycle) at(table.rows - 1, `The last row, at ${last} s, is not before the repetition at ${cycle} s.`);
  } else if (interpolation === "linear" && last < end) {
    at(table.rows - 1, `The file ends at ${last} s; the case goes on until ${end} s.`);
  } else if (last + Math.min(longest, spacing(seconds)) < end) {
    at(table.rows - 1, `The file ends at ${last} s, too early for the case's end at ${end} s.`);
  }
  return problems;
}

/** How long the last row may hold: the time between the two last ones; forever where there is only one. */
function spacing(seconds: Float64Array): number {
  return seconds.length < 2 ? Infinity : seconds[seconds.length - 1] - seconds[seconds.length - 2];
}

/** The rows that a player plays. Throws `COSIM_DATA_INVALID` with every fault of the file. */
export function createPlayer(settings: PlayerParams, context: SetupContext): PlayedRows {
  const { table, problems } = readFile(settings, context);
  if (table === undefined) throw new CosimError("COSIM_DATA_INVALID", problems.join("\n"), { party: context.name });
  const entries = Object.entries(settings.outputs);
  return {
    times: table.numbers(settings.time).map(seconds => Math.round(seconds * context.ticksPerSecond)),
    names: entries.map(([name]) => name),
    columns: entries.map(([name, { column = name }]) => table.numbers(column)),
    isLinear: settings.interpolation === "linear",
    period: settings.period === undefined ? Infinity : ticksOf(settings.period, context),
    repeat: settings.repeat === undefined ? Infinity : ticksOf(settings.repeat, context),
    until: context.until,
  };
}
