import { readFile, writeFile } from "node:fs/promises";
import { curveKeyPair } from "zeromq";
import { CosimError } from "../wire/index.js";

/** CURVE keys of a broker, 40 characters of Z85 each. */
export interface KeyPair {
  readonly publicKey: string;
  readonly secretKey: string;
}

const Z85 = /^[0-9a-zA-Z.\-:+=^!/*?&<>()[\]{}@%$#]{40}$/;

/** Makes keys and writes them to a new file that only its owner may read. */
export async function generateKeys(path: string): Promise<KeyPair> {
  const keys = curveKeyPair();
  await writeFile(path, `${JSON.stringify(keys)}\n`, { mode: 0o600, flag: "wx" });
  return keys;
}

/**
 * Keys from a file `{"publicKey": …, "secretKey": …}`.
 * @throws CosimError `COSIM_LISTEN_NEEDS_KEYS` when there are none.
 */
export async function readKeys(path: string): Promise<KeyPair> {
  const keys = await readFile(path, "utf8").then(
    text => JSON.parse(text) as unknown,
    () => undefined,
  );
  if (isKeyPair(keys)) return keys;
  const message = `${path} holds no CURVE keys; write {"publicKey": "…", "secretKey": "…"} of 40 characters each.`;
  throw new CosimError("COSIM_LISTEN_NEEDS_KEYS", message);
}

function isKeyPair(keys: unknown): keys is KeyPair {
  if (typeof keys !== "object" || keys === null) return false;
  const { publicKey, secretKey } = keys as Record<string, unknown>;
  return [publicKey, secretKey].every(key => typeof key === "string" && Z85.test(key));
}
