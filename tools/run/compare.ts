import { readSummary } from "./execute.js";
import { readManifest } from "./manifest.js";

/** One value of the summaries of two runs. */
export interface ValuePair {
  readonly key: string;
  readonly first: unknown;
  readonly second: unknown;
  /** Relative to the larger magnitude; undefined unless both are numbers. */
  readonly relativeDifference?: number;
}

/** One result file of two runs. */
export interface FilePair {
  readonly name: string;
  readonly verdict: "same" | "differs" | "only in the first" | "only in the second";
}

/** What two runs have in common and where they differ. */
export interface Comparison {
  readonly folders: readonly [string, string];
  readonly summary: readonly ValuePair[];
  readonly files: readonly FilePair[];
  /** Every result file has the same bytes. */
  readonly isIdentical: boolean;
}

/** Results that may differ between runs of one case: keys of a ledger, and wall times. */
const MAY_DIFFER = /^(ledger\/|trace\.json$)/;

/** Compares the summaries of two runs and the bytes of their result files, by the hashes in their manifests. */
export function compareRuns(first: string, second: string): Comparison {
  const files = compareFiles(readManifest(first).files, readManifest(second).files);
  return {
    folders: [first, second],
    summary: compareValues(readSummary(first), readSummary(second)),
    files,
    isIdentical: files.every(file => file.verdict === "same"),
  };
}

type Row = Readonly<Record<string, unknown>>;

const keysOf = (a: object, b: object) => [...new Set([...Object.keys(a), ...Object.keys(b)])];

function compareValues(first: Row, second: Row): ValuePair[] {
  return keysOf(first, second).map(key => {
    const [a, b] = [first[key], second[key]];
    return { key, first: a, second: b, relativeDifference: relativeDifference(a, b) };
  });
}

function relativeDifference(a: unknown, b: unknown): number | undefined {
  if (typeof a !== "number" || typeof b !== "number") return undefined;
  return a === b ? 0 : (b - a) / Math.max(Math.abs(a), Math.abs(b));
}

function compareFiles(first: Readonly<Record<string, string>>, second: Readonly<Record<string, string>>): FilePair[] {
  const names = keysOf(first, second).filter(name => !MAY_DIFFER.test(name));
  return names.sort().map(name => {
    if (!Object.hasOwn(second, name)) return { name, verdict: "only in the first" };
    if (!Object.hasOwn(first, name)) return { name, verdict: "only in the second" };
    return { name, verdict: first[name] === second[name] ? "same" : "differs" };
  });
}
