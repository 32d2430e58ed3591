import { statSync } from "node:fs";
import { readCsvTable, type CsvColumn } from "../../runtime/csv-table.js";

type Reading = ReturnType<typeof readCsvTable>;

/** Tables that were read last, since the many agents of a process read the same few; a file that was written anew is read anew. */
const recent = new Map<string, { readonly stamp: string; readonly reading: Reading }>();
const RECENT_LIMIT = 24;

/** As `readCsvTable`; the table may be shared and must not be changed. */
export function readRecentTable(path: string, columns: readonly CsvColumn[]): Reading {
  const file = statSync(path, { throwIfNoEntry: false });
  const stamp = `${file?.mtimeMs} ${file?.size}`;
  const key = `${path} ${JSON.stringify(columns)}`;
  const known = recent.get(key);
  if (known?.stamp === stamp) return known.reading;
  const reading = readCsvTable(path, columns);
  recent.delete(key);
  recent.set(key, { stamp, reading });
  for (const oldest of recent.keys()) if (recent.size > RECENT_LIMIT) recent.delete(oldest);
  return reading;
}
