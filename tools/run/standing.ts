import { existsSync } from "node:fs";
import { join } from "node:path";
import { BROKER_FILE, formatTime } from "../../broker/wire/index.js";
import { alignRows } from "../cli/table.js";
import { isAlive, readManifest, type Manifest } from "./manifest.js";
import { readStatus, type Status } from "./status.js";

/** How a run stands, for people and programs. */
export interface RunStanding {
  readonly folder: string;
  /** `killed`: its manifest says that it runs, and its process is gone. */
  readonly state: Manifest["state"] | "killed";
  readonly manifest: Manifest;
  readonly status?: Status;
  /** A broker can be asked while it runs. */
  readonly hasBroker: boolean;
}

/** How the run in a folder stands. */
export function readStanding(folder: string): RunStanding {
  const manifest = readManifest(folder);
  const state = manifest.state === "running" && !isAlive(manifest) ? "killed" : manifest.state;
  return { folder, state, manifest, status: readStatus(folder), hasBroker: existsSync(join(folder, BROKER_FILE)) };
}

/** A standing as text: the run, then a line for each federate. */
export function formatStanding({ folder, state, manifest, status }: RunStanding): string {
  const head = `${manifest.case} in ${folder}: ${state}${manifest.error === undefined ? "" : ` (${manifest.error.code})`}`;
  if (status === undefined) return head;
  const { simulatedTime, simulatedSeconds, untilSeconds, updatedAt, federates } = status;
  const share = untilSeconds === 0 ? 100 : (100 * simulatedSeconds) / untilSeconds;
  const clock = `at ${simulatedTime}, ${share.toFixed(1)} % of ${formatSeconds(untilSeconds)}, as of ${updatedAt}`;
  const rows = federates.map(({ federate, host, nextAt, waitsFor, since }) => [
    federate,
    `on ${host}`,
    nextAt === undefined ? "nothing planned" : `next at ${formatSeconds(nextAt)}`,
    waitsFor === undefined ? "" : `waits for ${waitsFor}${since === undefined ? "" : ` since ${since}`}`,
  ]);
  return [head, clock, alignRows(rows)].join("\n");
}

const formatSeconds = (seconds: number) => formatTime(Math.round(seconds * 1e6));
