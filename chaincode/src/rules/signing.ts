import { createPrivateKey, createPublicKey, hkdfSync, sign, verify, type KeyObject } from "node:crypto";
import { canonical, type Json } from "./canonical.js";
import type { Bid } from "./round.js";

/** DER around the 32 bytes of an Ed25519 key (RFC 8410). */
const privatePrefix = Buffer.from("302e020100300506032b657004220420", "hex");
const publicPrefix = Buffer.from("302a300506032b6570032100", "hex");

/** A participant's key pair: the private key for signing, the public one as base64 of its 32 bytes. */
export interface ParticipantKeys {
  readonly privateKey: KeyObject;
  readonly publicKey: string;
}

/** The keys of a participant of a simulated run, the same on every machine. Keys of nodes and authorities are never made so. */
export function participantKeys(seed: string, name: string): ParticipantKeys {
  const secret = Buffer.from(hkdfSync("sha256", seed, "gridloom participant", name, 32));
  const privateKey = createPrivateKey({ key: Buffer.concat([privatePrefix, secret]), format: "der", type: "pkcs8" });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return { privateKey, publicKey: spki.subarray(publicPrefix.length).toString("base64") };
}

/** Ed25519 signature of a text, base64; the same text and key always give the same. */
export function signText(text: string, privateKey: KeyObject): string {
  return sign(null, Buffer.from(text), privateKey).toString("base64");
}

/** What a bidder signs, canonical and written out because rounds have thousands of bids. Market and period are part of it, so that a bid is worth nothing in another round. */
export function bidText(market: string, period: string, { bidder, side, price, energy, nonce }: Bid): string {
  return `{"bidder":${JSON.stringify(bidder)},"energy":"${energy}","kind":"bid","market":${JSON.stringify(market)},"nonce":"${nonce}","period":"${period}","price":"${price}","side":"${side}"}`;
}

/** What a participant signs besides bids; `kind` keeps a signature of one kind from serving as another. */
export function statementText(
  kind: "dispute" | "rating" | "seal",
  statement: Readonly<Record<string, string>>,
): string {
  return canonical({ ...statement, kind } satisfies Json);
}

/** A signature to check. */
export interface SignatureCheck {
  readonly publicKey: string;
  readonly text: string;
  readonly signature: string;
}

/** Checks signatures, all together; one that is malformed is false. A ledger may bring one that uses worker threads. */
export type Verifier = (checks: readonly SignatureCheck[]) => Promise<readonly boolean[]>;

/** Checks signatures in this thread, about 0.1 ms each. */
export const verifyHere: Verifier = checks => Promise.resolve(checks.map(checkSignature));

/** True for the signature of the text by the key. */
export function checkSignature({ publicKey, text, signature }: SignatureCheck): boolean {
  const bytes = Buffer.from(signature, "base64");
  if (bytes.length !== 64 || bytes.toString("base64") !== signature) return false;
  const key = importedKey(publicKey);
  return key !== undefined && verify(null, Buffer.from(text), key, bytes);
}

/** Keys as Node wants them; importing one costs as much as half a check. */
const imported = new Map<string, KeyObject>();
const mostImported = 20_000;

function importedKey(publicKey: string): KeyObject | undefined {
  const known = imported.get(publicKey);
  if (known !== undefined) return known;
  if (!isPublicKey(publicKey)) return undefined;
  const der = Buffer.concat([publicPrefix, Buffer.from(publicKey, "base64")]);
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  if (imported.size >= mostImported) imported.clear();
  imported.set(publicKey, key);
  return key;
}

/** True for the one base64 text of 32 bytes. */
export function isPublicKey(text: string): boolean {
  const bytes = Buffer.from(text, "base64");
  return bytes.length === 32 && bytes.toString("base64") === text;
}
