import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod/mini";
import { BROKER_FILE, CosimError, type BrokerAddress } from "../broker/wire/index.js";

const schema = z.object({
  endpoint: z.string(),
  pid: z.number(),
  token: z.string(),
  publicKey: z.optional(z.string()),
});

/**
 * How to reach the broker of a run.
 * @throws CosimError `COSIM_BROKER_LOST` when the run folder names none, because the run has ended or not begun.
 */
export async function readBrokerAddress(runFolder: string): Promise<BrokerAddress> {
  const path = join(runFolder, BROKER_FILE);
  try {
    return schema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    throw new CosimError("COSIM_BROKER_LOST", `${path} names no broker; the run has ended or runs in one process.`, {
      cause,
    });
  }
}
