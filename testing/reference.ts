import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import type { Context } from "mocha";

const root = join(process.cwd(), "..", "shared", "reference");

/** Absolute path of a file of the reference data pack, which lies beside a developer's checkout. */
export function referencePath(name: string): string {
  return join(root, name);
}

/** Skips the running test with one sentence when the reference data pack is not beside this clone. */
export function needReference(test: Context, name = "README.md"): void {
  if (existsSync(referencePath(name))) return;
  console.log("      skipped: no reference data");
  test.skip();
}

/** Text of a reference file; a name that ends in `.gz` is unpacked. */
export function readReferenceText(name: string): string {
  const bytes = readFileSync(referencePath(name));
  return (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** A JSON reference file; the caller states its shape. */
export function readReferenceJson<T>(name: string): T {
  return JSON.parse(readReferenceText(name)) as T;
}

/** Rows of a reference CSV file, by header name. */
export function readReferenceRows(name: string): Record<string, string>[] {
  return parse(readReferenceText(name), { columns: true, skip_empty_lines: true });
}

/** Numeric columns of a reference CSV file, by header name; text becomes NaN. */
export function readReferenceColumns(name: string): Record<string, Float64Array> {
  const rows: string[][] = parse(readReferenceText(name), { skip_empty_lines: true });
  const [header = [], ...body] = rows;
  return Object.fromEntries(header.map((title, i) => [title, Float64Array.from(body, row => Number(row[i]))]));
}
