import { join } from "node:path";
import { readCase } from "../../cases/check.js";
import { applyRecord } from "../../cases/recording.js";
import type { Case } from "../../cases/schema.js";
import { loadFederate } from "../../federates/registry.js";
import { runHostProcess } from "../../runtime/host-process.js";
import { readImage, writeImage } from "./checkpoints.js";
import { folderEffects } from "./effects.js";

/** What the launcher tells a host's process, as JSON in its only argument. */
export interface HostOrder {
  /** The run folder, which holds `case.json` and `broker.json`. */
  readonly run: string;
  readonly caseFolder: string;
  readonly host: string;
  readonly federates: readonly string[];
  /** Where settlements go. */
  readonly ledger?: string;
  readonly network?: string;
  /** Ticks of the checkpoint to go on from. */
  readonly checkpointTime?: number;
}

/** Wall-clock milliseconds that a host has to end by itself after its launcher is gone. */
const ORPHAN_MS = 3000;

/** Ends this process when the launcher's end of the pipe is gone: no host outlives its launcher. */
function endWithLauncher(): void {
  const end = () => setTimeout(() => process.exit(1), ORPHAN_MS).unref();
  process.stdin.on("end", end).on("error", end).resume();
  process.stdin.unref();
}

async function main({ run, caseFolder, host, federates, ledger, network, checkpointTime }: HostOrder): Promise<void> {
  await runHostProcess({
    shape: applyRecord(readCase(join(run, "case.json")).value as Case),
    folder: caseFolder,
    load: loadFederate,
    effects: folderEffects(run, { ledger, network }),
    runFolder: run,
    host,
    federates,
    image: checkpointTime === undefined ? undefined : readImage(run, checkpointTime),
    saveImage: (time, bytes) => {
      writeImage(run, { time, host }, bytes);
      return Promise.resolve();
    },
  });
}

process.on("SIGINT", () => undefined);
endWithLauncher();
try {
  await main(JSON.parse(process.argv[2]) as HostOrder);
  process.exitCode = 0;
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
