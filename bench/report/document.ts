import { isFigure, type Outcome, type Result } from "../measure.js";
import type { Machine } from "./machine.js";

/** One entry of the document: labels, figures, or why there are none. */
export type Entry = Readonly<Record<string, unknown>>;

/** The JSON document: entries by benchmark, and the same for each peer. */
export interface BenchDocument {
  readonly machine: Machine;
  readonly peers: Readonly<Record<string, Readonly<Record<string, readonly Entry[]>>>>;
  readonly [bench: string]: unknown;
}

/** Makes the document that `bench --json` prints. */
export function toDocument(machine: Machine, results: readonly Result[]): BenchDocument {
  const own: Record<string, Entry[]> = {};
  const peers: Record<string, Record<string, Entry[]>> = {};
  for (const result of results) {
    (own[result.bench] ??= []).push(toEntry(result, result.ours));
    for (const [peer, outcome] of Object.entries(result.peers)) {
      ((peers[peer] ??= {})[result.bench] ??= []).push(toEntry({ ...result, goal: undefined }, outcome));
    }
  }
  return { machine, ...own, peers };
}

function toEntry({ labels, measure, goal }: Pick<Result, "labels" | "measure" | "goal">, outcome: Outcome): Entry {
  if (!isFigure(outcome)) return { ...labels, ...outcome };
  const { median, min, max, repetitions, also } = outcome;
  return { ...labels, [measure]: median, min, max, repetitions, ...also, ...(goal !== undefined && { goal }) };
}
