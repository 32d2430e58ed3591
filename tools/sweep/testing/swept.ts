import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readText } from "../../../testing/case-runner.js";
import { readableManifest } from "../order.js";

/** Three values of the measured case's period. */
export const PERIODS = ["--set", "federates.source.period=60s..180s:60s"];

/** Cells of a sweep's table without those that need quotes. */
export const tableIn = (folder: string) =>
  readText(folder, "results.csv")
    .trimEnd()
    .split("\n")
    .map(line => line.split(","));

/** When each finished run of a sweep began, by its folder. */
export function startsOf(folder: string): Map<string, unknown> {
  const runs = existsSync(join(folder, "runs")) ? readdirSync(join(folder, "runs")) : [];
  const manifests = runs.map(run => [run, readableManifest(join(folder, "runs", run))] as const);
  return new Map(manifests.filter(([, m]) => m?.state === "done").map(([run, m]) => [run, m?.startedAt]));
}
