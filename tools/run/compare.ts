import { quantityOf } from "../report/quantity.js";
import { readSummary } from "./execute.js";
import { readManifest } from "./manifest.js";

/** One value of the summaries of two runs. */
export interface ValuePair {
  readonly key: string;
  readonly topic: Topic;
  /** As the key's ending says; empty where it says none. */
  readonly unit: string;
  readonly first: unknown;
  readonly second: unknown;
  /** The second less the first; undefined unless both are numbers. */
  readonly difference?: number;
  /** The difference relative to the first; undefined where that is 0. */
  readonly relativeDifference?: number;
}

/** What a value is about, in the order of a comparison. */
export type Topic = (typeof TOPICS)[number][0];

const TOPICS = [
  ["peak", /^peak|Peak/],
  ["losses", /loss/i],
  ["bills", /bill|cost|Usd$/i],
  ["comfort", /indoor|comfort|degreeHours|temp/i],
  ["voltage", /voltage|range[AB]/i],
  ["prices", /price|lmp/i],
  ["energy", /(Wh|Kwh|Mwh)$/],
  ["other", /^/],
] as const;

const ORDER: readonly Topic[] = ["energy", "peak", "bills", "comfort", "losses", "voltage", "prices", "other"];

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
  const pairs = keysOf(first, second).map((key): ValuePair => {
    const [a, b] = [first[key], second[key]];
    return { key, topic: topicOf(key), unit: quantityOf(key).unit, first: a, second: b, ...differences(a, b) };
  });
  return pairs.sort((a, b) => ORDER.indexOf(a.topic) - ORDER.indexOf(b.topic));
}

const topicOf = (key: string): Topic => TOPICS.find(([, pattern]) => pattern.test(key))?.[0] ?? "other";

function differences(a: unknown, b: unknown): Pick<ValuePair, "difference" | "relativeDifference"> {
  if (typeof a !== "number" || typeof b !== "number") return {};
  const difference = b - a;
  if (a === 0) return { difference, relativeDifference: difference === 0 ? 0 : undefined };
  return { difference, relativeDifference: difference / Math.abs(a) };
}

function compareFiles(first: Readonly<Record<string, string>>, second: Readonly<Record<string, string>>): FilePair[] {
  const names = keysOf(first, second).filter(name => !MAY_DIFFER.test(name));
  return names.sort().map(name => {
    if (!Object.hasOwn(second, name)) return { name, verdict: "only in the first" };
    if (!Object.hasOwn(first, name)) return { name, verdict: "only in the second" };
    return { name, verdict: first[name] === second[name] ? "same" : "differs" };
  });
}
