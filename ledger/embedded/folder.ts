import { mkdir, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { LedgerError } from "../errors.js";
import { Store } from "./store.js";

/** What lies where in the folder of a ledger. */
export function placesIn(folder: string) {
  return {
    log: join(folder, "blocks.log"),
    state: join(folder, "state"),
    keys: join(folder, "keys"),
    owner: join(folder, "writer.json"),
  };
}

/**
 * Opens the state for writing, which is the lock of the whole ledger: it goes with its process, however that ends.
 * @throws LedgerError `LEDGER_LOCKED` naming the writer.
 */
export async function lockStore(folder: string): Promise<Store> {
  const { state, owner } = placesIn(folder);
  await mkdir(state, { recursive: true });
  try {
    const store = await Store.open(state);
    const claim = { process: process.pid, host: hostname(), since: new Date().toISOString() };
    await writeFile(owner, `${JSON.stringify(claim)}\n`);
    return store;
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code !== "LEDGER_LOCKED") throw error;
    const message = `Another writer holds this ledger: ${await describeOwner(owner)}.`;
    throw new LedgerError("LEDGER_LOCKED", message, "same", { party: folder });
  }
}

async function describeOwner(path: string): Promise<string> {
  try {
    const { process, host, since } = JSON.parse(await readFile(path, "utf8")) as Readonly<Record<string, string>>;
    return `process ${process} on host ${host} since ${since}`;
  } catch {
    return "a process that has not said its name yet";
  }
}
