import { runHostProcess } from "../runtime/host-process.js";
import { loadKind, patternCase, type Pattern, type Size } from "./zmq-federations.js";

/** What the benchmark tells one of its processes, as JSON in its only argument. */
export interface ChildOrder {
  readonly pattern: Pattern;
  readonly size: Size;
  readonly runFolder: string;
  readonly host: string;
  readonly federates: readonly string[];
}

const { pattern, size, runFolder, host, federates } = JSON.parse(process.argv[2]) as ChildOrder;
const effects = {
  openFile: () => {
    throw new Error("nothing is written here");
  },
  log: (_federate: string, _level: string, message: string, details?: object) => {
    process.send?.({ message, ...details });
  },
};
await runHostProcess({
  shape: patternCase(pattern, size),
  folder: ".",
  load: loadKind,
  effects,
  runFolder,
  host,
  federates,
});
process.disconnect?.();
