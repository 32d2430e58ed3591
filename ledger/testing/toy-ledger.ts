import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EmbeddedLedger } from "../embedded/ledger.js";
import type { EmbeddedOptions } from "../embedded/options.js";
import type { Command } from "../port.js";

/** Module of the toy contract, as `openEmbedded` takes it. */
export const TOY = new URL("./toy-contract.js", import.meta.url).href;

/** Opens a ledger with the toy contract. */
export function openToy(folder: string, options: EmbeddedOptions = {}): Promise<EmbeddedLedger> {
  return EmbeddedLedger.open(folder, { contract: TOY, ...options });
}

/** A call of the toy contract. */
export function call(name: string, ...args: string[]): Command {
  return { function: name, args };
}

/** Runs with a folder of its own, which is gone afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "gridloom-ledger-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
