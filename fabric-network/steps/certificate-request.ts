import { createPublicKey, type KeyObject, sign } from "node:crypto";

/** Tags of DER (ITU-T X.690). */
const TAG = { integer: 0x02, bits: 0x03, oid: 0x06, text: 0x0c, sequence: 0x30, set: 0x31, attributes: 0xa0 } as const;
const COMMON_NAME = "550403";
const ECDSA_WITH_SHA256 = "2a8648ce3d040302";

/**
 * A request for a certificate (PKCS #10, RFC 2986) with a common name and nothing else, in PEM.
 * @param key Private key on an elliptic curve; it signs the request.
 */
export function certificateRequest(commonName: string, key: KeyObject): string {
  const name = sequence(der(TAG.set, sequence(oid(COMMON_NAME), der(TAG.text, Buffer.from(commonName)))));
  const publicKey = createPublicKey(key).export({ type: "spki", format: "der" });
  const wanted = sequence(der(TAG.integer, Buffer.of(0)), name, publicKey, der(TAG.attributes));
  const signature = der(TAG.bits, Buffer.of(0), sign("sha256", wanted, key));
  const request = sequence(wanted, sequence(oid(ECDSA_WITH_SHA256)), signature).toString("base64");
  const lines = request.match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE REQUEST-----", ...lines, "-----END CERTIFICATE REQUEST-----", ""].join("\n");
}

const sequence = (...parts: readonly Uint8Array[]) => der(TAG.sequence, ...parts);
const oid = (hex: string) => der(TAG.oid, Buffer.from(hex, "hex"));

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
}

/** Below 128 the length itself, else how many bytes it takes and those bytes. */
function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  if (length < 0x100) return Buffer.of(0x81, length);
  return Buffer.of(0x82, length >> 8, length & 0xff);
}
