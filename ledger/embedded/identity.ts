import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A party that the ledger knows: its role, its organisation and its Ed25519 public key (base64 of SPKI). */
export interface Identity {
  readonly role: string;
  readonly mspid: string;
  readonly publicKey: string;
}

/** A party that can sign. */
export interface Signer extends Identity {
  readonly privateKey: KeyObject;
}

/** The role that signs blocks. */
export const NODE_ROLE = "node";

/** Organisation of those who settle disputes and count energy; all others belong to the market's. */
const SECOND_ORGANISATION: readonly string[] = ["arbiter", "meter"];

/** Makes a new key for a role; keys of a ledger never come from a case's seed. */
export function newSigner(role: string): Signer {
  return signerOf(role, generateKeyPairSync("ed25519").privateKey);
}

/** Writes keys that only their owner may read. */
export async function writeSigners(folder: string, signers: readonly Signer[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { role, privateKey } of signers) {
    const pem = privateKey.export({ format: "pem", type: "pkcs8" });
    await writeFile(join(folder, `${role}.key`), pem, { mode: 0o600 });
  }
}

/** The keys of a folder by role; none where there is no folder. */
export async function readSigners(folder: string): Promise<ReadonlyMap<string, Signer>> {
  const files = await readdir(folder).catch(() => []);
  const signers = new Map<string, Signer>();
  for (const file of files.filter(name => name.endsWith(".key")).sort()) {
    const role = file.slice(0, -".key".length);
    signers.set(role, signerOf(role, createPrivateKey(await readFile(join(folder, file)))));
  }
  return signers;
}

/** What others may know of a signer. */
export function identityOf({ role, mspid, publicKey }: Signer): Identity {
  return { role, mspid, publicKey };
}

/** Ed25519 signature of a hash in hex. */
export function signHash(hash: string, { privateKey }: Signer): string {
  return sign(null, Buffer.from(hash, "hex"), privateKey).toString("hex");
}

/** True for the one spelling of the signature of a hash. */
export function isSignatureOf(hash: string, signature: string, publicKey: KeyObject): boolean {
  return (
    /^[0-9a-f]{128}$/.test(signature) &&
    verify(null, Buffer.from(hash, "hex"), publicKey, Buffer.from(signature, "hex"))
  );
}

/** The key of an identity, ready to check signatures. */
export function publicKeyOf({ publicKey }: Identity): KeyObject {
  return createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
}

/** SHA-256 in hex. */
export function hashOf(text: string | Buffer): string {
  return createHash("sha256").update(text).digest("hex");
}

function signerOf(role: string, privateKey: KeyObject): Signer {
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  const mspid = SECOND_ORGANISATION.includes(role) ? "Org2MSP" : "Org1MSP";
  return { role, mspid, publicKey: spki.toString("base64"), privateKey };
}
