import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, type CaseFile } from "../../../index.js";
import { loadPreset, readOptions } from "../../index.js";
import { override } from "../../overrides.js";

export type Given = Readonly<Record<string, unknown>>;

/** A case and the files beside it. */
export interface Generated {
  readonly case: CaseFile;
  readonly files: Readonly<Record<string, string>>;
}

/** Writes a preset's case into a folder and runs it; returns the run's folder and summary. */
export async function ran(folder: string, preset: string, given: Given, name = "run") {
  return ranCase(folder, await caseOf(preset, given), name);
}

/** Writes a case's files into a folder and runs it. */
export async function ranCase(folder: string, { case: shape, files }: Generated, name: string) {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const { folder: out, summary } = await run(shape, { folder, out: join(folder, name) });
  return { out, summary: summary as Readonly<Record<string, number | string>> };
}

/** What a run leaves behind that says what was simulated. */
export function resultsOf(folder: string): Record<string, string> {
  const files = readdirSync(folder).filter(file => /\.(csv|jsonl)$|^summary\.json$/.test(file));
  return Object.fromEntries(files.map(file => [file, readFileSync(join(folder, file), "utf8")]));
}

/** A preset's case and its files, with some of its values set. */
export async function caseOf(preset: string, given: Given, settings: readonly string[] = []): Promise<Generated> {
  const { options, generate } = await loadPreset(preset);
  const { values, faults } = readOptions(options, given);
  assert.deepEqual(faults, []);
  const { case: shape, files } = await generate(values as never);
  return { case: override(shape, settings) as CaseFile, files: files as Generated["files"] };
}
