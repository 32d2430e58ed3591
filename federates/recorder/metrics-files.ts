import { closeSync, openSync, readdirSync, readSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { CosimError } from "../../broker/wire/index.js";

const CHUNK = 65536;

/**
 * Makes the complete `<class>_<case>_metrics.json` of every journal in a run folder and returns their names.
 * Memory stays bounded; a line that a killed run left unfinished is dropped. May be called at any time.
 * @throws CosimError `COSIM_RUN_FOLDER` when the folder cannot be read or written.
 */
export function assembleMetrics(folder: string): string[] {
  try {
    const journals = readdirSync(folder)
      .filter(name => name.endsWith("_metrics.jsonl"))
      .sort();
    return journals.map(journal => assembleFile(folder, journal));
  } catch (cause) {
    throw new CosimError(
      "COSIM_RUN_FOLDER",
      `The metrics of ${folder} cannot be put together: ${(cause as Error).message}.`,
      {
        cause,
      },
    );
  }
}

/** Writes beside the target and renames, so that a reader never finds half a file. */
function assembleFile(folder: string, journal: string): string {
  const name = journal.replace(/\.jsonl$/, ".json");
  const part = join(folder, `${name}.part`);
  const file = openSync(part, "w");
  try {
    let isFirst = true;
    for (const line of linesOf(join(folder, journal))) {
      writeSync(file, `${isFirst ? "{" : ",\n"}${line.slice(1, -1)}`);
      isFirst = false;
    }
    writeSync(file, isFirst ? "{}\n" : "}\n");
  } finally {
    closeSync(file);
  }
  renameSync(part, join(folder, name));
  return name;
}

/** The finished lines of a text file, read in pieces. */
export function* linesOf(path: string): Generator<string> {
  const file = openSync(path, "r");
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    let rest: Buffer = Buffer.alloc(0);
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      rest = Buffer.concat([rest, chunk.subarray(0, read)]);
      let start = 0;
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
        yield rest.toString("utf8", start, end);
        start = end + 1;
      }
      rest = rest.subarray(start);
    }
  } finally {
    closeSync(file);
  }
}
