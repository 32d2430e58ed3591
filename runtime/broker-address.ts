import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BROKER_FILE, CosimError, type BrokerAddress } from "../broker/wire/index.js";

/**
 * How to reach the broker of a run.
 * @throws CosimError `COSIM_BROKER_LOST` when the run folder names none, because the run has ended or not begun.
 */
export async function readBrokerAddress(runFolder: string): Promise<BrokerAddress> {
  const path = join(runFolder, BROKER_FILE);
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new CosimError("COSIM_BROKER_LOST", `${path} names no broker; the run has ended or runs in one process.`, {
      cause,
    });
  }
  if (isAddress(content)) return content;
  throw new CosimError(
    "COSIM_BROKER_LOST",
    `${path} does not say how to reach a broker; it was not written by gridloom.`,
  );
}

function isAddress(content: unknown): content is BrokerAddress {
  if (typeof content !== "object" || content === null) return false;
  const { endpoint, pid, token, publicKey } = content as Record<string, unknown>;
  const hasKey = publicKey === undefined || typeof publicKey === "string";
  return typeof endpoint === "string" && typeof pid === "number" && typeof token === "string" && hasKey;
}
