import { join } from "node:path";
import { z } from "zod";
import type { Fault } from "../../broker/wire/index.js";
import { formatCsvFault, readCsvTable, requireCsvTable, type CsvColumn } from "../../runtime/csv-table.js";

/** Where the balancing signal comes from: a constant, the rows of a file that hold until the next one, or a share of a rating. */
export const balancingParams = z.union([
  z.strictObject({ kw: z.number().nonnegative() }),
  /** CSV beside the case with columns time [s] and balancing [kW]. */
  z.strictObject({ file: z.string() }),
  z.strictObject({ share: z.number().nonnegative(), ratingKva: z.number().positive() }),
]);

type BalancingParams = z.output<typeof balancingParams>;

/** The balancing signal over time: plain data. */
export interface Balancing {
  readonly fromSeconds: Float64Array;
  readonly watts: Float64Array;
  row: number;
}

const COLUMNS: readonly CsvColumn[] = [
  { name: "time", type: "number", unit: "s", order: "increasing" },
  { name: "balancing", type: "number", unit: "kW", min: 0 },
];

/**
 * The signal as the parameters say; at unity power factor a share of a rating in kVA is as many kW.
 * @throws CosimError `COSIM_DATA_INVALID` for a file that cannot be used.
 */
export function createBalancing(params: BalancingParams, folder: string): Balancing {
  if ("file" in params) {
    const table = requireCsvTable(join(folder, params.file), COLUMNS);
    const watts = table.numbers("balancing").map(kw => Math.round(1000 * kw));
    return { fromSeconds: table.numbers("time"), watts, row: 0 };
  }
  const kw = "kw" in params ? params.kw : params.share * params.ratingKva;
  return { fromSeconds: Float64Array.of(0), watts: Float64Array.of(Math.round(1000 * kw)), row: 0 };
}

/** The signal at a time not before the last one asked for, in watts; before the first row, the first row's. */
export function balancingAt(balancing: Balancing, seconds: number): number {
  const { fromSeconds, watts } = balancing;
  while (balancing.row + 1 < watts.length && fromSeconds[balancing.row + 1] <= seconds) balancing.row++;
  return watts[balancing.row];
}

/** Faults of a signal's file. */
export function balancingFaults(params: BalancingParams, folder: string): Fault[] {
  if (!("file" in params)) return [];
  const { table, faults } = readCsvTable(join(folder, params.file), COLUMNS);
  const problems = faults.map(formatCsvFault);
  if (table?.rows === 0) problems.push(`${params.file} has no rows.`);
  const cure = "Give columns time [s], increasing, and balancing [kW], 0 or more.";
  return problems.map(problem => ({ path: "params.balancing.file", problem, cure }));
}
