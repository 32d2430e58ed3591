import type { Receipt } from "gridloom-settlement";
import { copyFile, mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Head } from "../port.js";
import { Chain, corrupt } from "./chain.js";
import { eventsIn } from "./events.js";
import { placesIn } from "./folder.js";
import { Log } from "./log.js";
import { publicLine } from "./record.js";

/** What an exported ledger holds. */
export interface Bundle extends Head {
  readonly receipts: number;
  /** The node's public key (base64 of SPKI): give it to the reader on another way than the bundle. */
  readonly nodeKey: string;
}

/**
 * Writes what a third party needs to check a ledger by itself: its blocks without private parts, the public keys, all
 * receipts, and the script that checks them with nothing but Node.
 * @throws LedgerError `LEDGER_CORRUPT` naming the block that is not right.
 */
export async function exportBundle(folder: string, out: string): Promise<Bundle> {
  await mkdir(out, { recursive: true });
  const log = await Log.open(placesIn(folder).log);
  const blocks = await open(join(out, "blocks.log"), "w");
  const chain = new Chain();
  const receipts: Receipt[] = [];
  try {
    for await (const line of log.lines()) {
      if (line.torn) break;
      try {
        for (const { name, payload } of eventsIn(chain.follow(line))) receipts.push(...receiptsIn(name, payload));
      } catch (error) {
        throw corrupt(folder, chain.head.height + 1, (error as Error).message);
      }
      await blocks.write(Buffer.concat([publicLine(line.bytes), Buffer.from("\n")]));
    }
  } finally {
    await blocks.close();
    await log.close();
  }
  const { identities, signers } = chain.genesis;
  await writeJson(join(out, "keys.json"), { identities, signers });
  await writeJson(join(out, "receipts.json"), receipts);
  await copyFile(new URL("./verify-bundle.js", import.meta.url), join(out, "verify-bundle.mjs"));
  const nodeKey = identities.find(({ role }) => role === signers[0])?.publicKey ?? "";
  return { ...chain.head, receipts: receipts.length, nodeKey };
}

function receiptsIn(name: string, payload: string): readonly Receipt[] {
  return name === "RoundsSettled" ? (JSON.parse(payload) as { receipts: readonly Receipt[] }).receipts : [];
}

function writeJson(path: string, value: unknown): Promise<void> {
  return writeFile(path, `${JSON.stringify(value, undefined, 1)}\n`);
}
