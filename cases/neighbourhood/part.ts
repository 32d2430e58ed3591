import type { GeneratedCase } from "../preset.js";
import type { CaseFile } from "../schema.js";

/** What the recorder hears: where it comes from, and what it carries. `elements` names a list of the part's `names`. */
export interface HeardPort {
  readonly from: string;
  readonly type: "number" | "complex" | "boolean" | "vector" | "json" | "message";
  readonly unit?: string;
  readonly elements?: string;
  readonly optional?: boolean;
  /** False keeps it out of the time series. */
  readonly series?: boolean;
  /** `never` where the recorder only samples it; anything new makes it run by default. */
  readonly wakes?: "never" | "any" | "change";
}

type Entry = Readonly<Record<string, unknown>>;

/** What a part asks of the recorder; the shapes are those of the recorder's parameters. */
export interface PartRecording {
  /** Lists of names that ports and metrics refer to. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  /** Recorder inputs by name. */
  readonly heard?: Readonly<Record<string, HeardPort>>;
  readonly metrics?: readonly Entry[];
  readonly summary?: readonly Entry[];
  /** Summary entries that stand after those of all parts. */
  readonly keyFigures?: readonly Entry[];
  readonly csv?: readonly Entry[];
  /** Inputs whose items are events. */
  readonly events?: readonly string[];
}

/** A piece of a case: some federates, the links that they bring, what is recorded of them, and their files. */
export interface CasePart {
  readonly federates: CaseFile["federates"];
  readonly links?: CaseFile["links"];
  readonly recording?: PartRecording;
  readonly files?: Readonly<Record<string, string>>;
}

/** A case but for its README. */
export type ComposedCase = Omit<GeneratedCase, "readme">;

/** Everything of a case that is not in its parts. */
export type CaseHeading = Omit<CaseFile, "federates" | "links">;

/**
 * Puts parts together, in their order, and adds the recorder that hears what they name.
 * Throws a RangeError when two parts bring a federate, a recorder input or a file of the same name.
 */
export function composeCase(heading: CaseHeading, parts: readonly CasePart[]): ComposedCase {
  const recordings = parts.map(part => part.recording ?? {});
  const heard = union(
    recordings.map(recording => recording.heard),
    "recorder input",
  );
  const recorder = { use: "recorder", params: recorderParams(recordings, heard) };
  return {
    case: {
      ...heading,
      federates: {
        ...union(
          parts.map(part => part.federates),
          "federate",
        ),
        recorder,
      },
      links: [
        ...parts.flatMap(part => part.links ?? []),
        ...Object.entries(heard).map(([input, { from }]) => `${from} -> recorder.${input}`),
      ],
    },
    files: union(
      parts.map(part => part.files),
      "file",
    ),
  };
}

function recorderParams(recordings: readonly PartRecording[], heard: Readonly<Record<string, HeardPort>>): Entry {
  const inputs = Object.entries(heard).map(([input, { from: _, ...port }]) => [input, port]);
  return {
    zone: "PDT",
    names: Object.assign({}, ...recordings.map(recording => recording.names)) as Entry,
    inputs: Object.fromEntries(inputs) as Entry,
    metrics: recordings.flatMap(recording => recording.metrics ?? []),
    summary: [
      ...recordings.flatMap(recording => recording.summary ?? []),
      ...recordings.flatMap(recording => recording.keyFigures ?? []),
    ],
    csv: recordings.flatMap(recording => recording.csv ?? []),
    events: recordings.flatMap(recording => recording.events ?? []),
  };
}

function union<T>(tables: readonly (Readonly<Record<string, T>> | undefined)[], kind: string): Record<string, T> {
  const all: Record<string, T> = {};
  for (const [name, value] of tables.flatMap(table => Object.entries(table ?? {}))) {
    if (Object.hasOwn(all, name)) throw new RangeError(`Two parts of the case bring the ${kind} "${name}".`);
    all[name] = value;
  }
  return all;
}

/** A link on which what was sent at one step acts one second later. */
export function delayed(from: string, to: string): { from: string; to: string; delay: string } {
  return { from, to, delay: "1s" };
}

/** A term of a recorded quantity: an input, and what is taken of it. */
export function term(input: string, more: Entry = {}): Entry {
  return { input, ...more };
}

/** A summary entry over the whole run. */
export function wholeRun(key: string, doc: string, quantity: Entry): Entry {
  return { key, doc, ...quantity };
}

/** A summary entry over the windows of one metrics field. */
export function overWindows(key: string, doc: string, windows: Entry): Entry {
  return { key, doc, ...windows };
}

/** JSON for a case's file: indented while people may read it. */
export function jsonFile(value: unknown, entries: number): string {
  return `${JSON.stringify(value, undefined, entries > 300 ? undefined : 1)}\n`;
}
