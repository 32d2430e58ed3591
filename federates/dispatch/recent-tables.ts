import { statSync } from "node:fs";
import type { readCsvTable } from "../../runtime/csv-table.js";

type Reading = ReturnType<typeof readCsvTable>;

/** Tables that were read last, since the many agents of a process read the same few; a file that was written anew is read anew. */
const recent = new Map<string, { readonly stamp: string; readonly reading: Reading }>();
const RECENT_LIMIT = 24;

/** What `read` makes of a file, once for each kind of table that it is read as; it may be shared and must not be changed. */
export function readRecent(path: string, kind: string, read: (path: string) => Reading): Reading {
  const file = statSync(path, { throwIfNoEntry: false });
  const stamp = `${file?.mtimeMs} ${file?.size}`;
  const key = `${kind} ${path}`;
  const known = recent.get(key);
  if (known?.stamp === stamp) return known.reading;
  const reading = read(path);
  recent.delete(key);
  recent.set(key, { stamp, reading });
  for (const oldest of recent.keys()) if (recent.size > RECENT_LIMIT) recent.delete(oldest);
  return reading;
}
