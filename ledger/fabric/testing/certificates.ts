import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";

/** A certificate with its private key, both PEM. */
export interface Certified {
  readonly certificate: string;
  readonly privateKey: string;
}

/** What a certificate says about its owner. */
export interface Subject {
  readonly name: string;
  /** Attributes as Fabric CA writes them into certificates. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Host name of a server. */
  readonly host?: string;
  readonly validTo?: Date;
}

const OID = {
  commonName: [0x55, 0x04, 0x03],
  basicConstraints: [0x55, 0x1d, 0x13],
  subjectAlternativeName: [0x55, 0x1d, 0x11],
  /** 1.2.3.4.5.6.7.8.1, where Fabric CA puts attributes. */
  attributes: [0x2a, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x01],
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
};

const DAY_MS = 86_400_000;

/** Issues certificates with P-256 keys, as an organisation's certificate authority does; for tests. */
export class TestAuthority {
  readonly own: Certified;
  readonly #key: KeyObject;
  #serial = 1;

  constructor(readonly name: string) {
    const { privateKey } = newKeys();
    this.#key = privateKey;
    this.own = { certificate: this.#certificate({ name }, privateKey, true), privateKey: pemOf(privateKey) };
  }

  issue(subject: Subject): Certified {
    const { privateKey } = newKeys();
    return { certificate: this.#certificate(subject, privateKey, false), privateKey: pemOf(privateKey) };
  }

  /** X.509 version 3 (RFC 5280). */
  #certificate(subject: Subject, key: KeyObject, isAuthority: boolean): string {
    const algorithm = sequence(objectId(OID.ecdsaWithSha256));
    const { validTo = new Date(Date.now() + 30 * DAY_MS) } = subject;
    const body = sequence(
      element(0xa0, integer(2)),
      integer(this.#serial++),
      algorithm,
      distinguishedName(this.name),
      sequence(generalizedTime(new Date(Date.now() - 60 * DAY_MS)), generalizedTime(validTo)),
      distinguishedName(subject.name),
      createPublicKey(key).export({ format: "der", type: "spki" }),
      element(0xa3, sequence(...extensions(subject, isAuthority))),
    );
    const signature = sign("sha256", body, this.#key);
    return pem("CERTIFICATE", sequence(body, algorithm, bitString(signature)));
  }
}

function newKeys() {
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}

function extensions({ attributes, host }: Subject, isAuthority: boolean): Buffer[] {
  const basic = sequence(...(isAuthority ? [element(0x01, Buffer.from([0xff]))] : []));
  const list = [extension(OID.basicConstraints, basic)];
  if (host !== undefined) list.push(extension(OID.subjectAlternativeName, sequence(element(0x82, Buffer.from(host)))));
  if (attributes !== undefined) {
    list.push(extension(OID.attributes, Buffer.from(JSON.stringify({ attrs: attributes }))));
  }
  return list;
}

function extension(id: readonly number[], content: Buffer): Buffer {
  return sequence(objectId(id), element(0x04, content));
}

function distinguishedName(commonName: string): Buffer {
  return sequence(element(0x31, sequence(objectId(OID.commonName), element(0x0c, Buffer.from(commonName)))));
}

function generalizedTime(time: Date): Buffer {
  return element(0x18, Buffer.from(`${time.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts));
}

function objectId(bytes: readonly number[]): Buffer {
  return element(0x06, Buffer.from(bytes));
}

function integer(value: number): Buffer {
  return element(0x02, Buffer.from([value]));
}

function bitString(bytes: Buffer): Buffer {
  return element(0x03, Buffer.concat([Buffer.from([0]), bytes]));
}

function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  if (length < 0x100) return Buffer.concat([Buffer.from([tag, 0x81, length]), content]);
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), content]);
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

function pemOf(key: KeyObject): string {
  return key.export({ format: "pem", type: "pkcs8" }).toString();
}
