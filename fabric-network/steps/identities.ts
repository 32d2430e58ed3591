import { generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type FabricCAServices from "fabric-ca-client";
import { NetworkError } from "../errors.js";
import { identityFolder, tlsRoot } from "../layout.js";
import type { Member, Topology } from "../topology.js";
import { certificateRequest } from "./certificate-request.js";
import { writeState } from "./material.js";

/** Attribute of a certificate by which the contract knows what its holder may do. */
export const ROLE_ATTRIBUTE = "gridloom.role";

/** Client identities by role, and the organisation that vouches for each: whoever decides disputes is not the market's operator. */
export const ROLES = {
  operator: "operator",
  registrar: "operator",
  treasury: "operator",
  meter: "operator",
  participant: "prosumers",
  arbiter: "prosumers",
} as const satisfies Readonly<Record<string, string>>;

export type Role = keyof typeof ROLES;

/** A certificate authority as its clients see it. */
export interface AuthorityAddress {
  readonly url: string;
  readonly name: string;
  /** Certificate, in PEM, that vouches for the authority's TLS certificate. */
  readonly tlsRoot: string;
  readonly mspId: string;
}

/** A certificate and its key, both in PEM. */
export interface Credentials {
  readonly certificate: string;
  readonly key: string;
}

/** What a registrar does with Fabric CA. */
export interface Registrar {
  /** Registers a client with attributes and enrols it at once; its password is used up. */
  enrol(id: string, attributes: Readonly<Record<string, string>>): Promise<Credentials>;
  /** Takes an identity's certificates back; gives the authority's list of revoked certificates, in PEM. */
  revoke(id: string): Promise<string>;
}

/** Signs in at an authority as its registrar `admin`. */
export async function openRegistrar(authority: AuthorityAddress, secret: string): Promise<Registrar> {
  const { Services, User } = await loadClient();
  const trust = { trustedRoots: [authority.tlsRoot] as string[] & Buffer[], verify: true };
  const services = new Services(authority.url, trust, authority.name);
  const own = await enrol(services, "admin", secret);
  const admin = User.createUser("admin", "", authority.mspId, own.certificate, own.key);
  return {
    async enrol(id, attributes) {
      const attrs = Object.entries(attributes).map(([name, value]) => ({ name, value, ecert: true }));
      const client = { enrollmentID: id, role: "client", affiliation: "", maxEnrollments: 1, attrs };
      return enrol(services, id, await services.register(client, admin));
    },
    async revoke(id) {
      await services.revoke({ enrollmentID: id, reason: "keycompromise" }, admin);
      const list = (await services.generateCRL({}, admin)) as string;
      return Buffer.from(list, "base64").toString("utf8");
    },
  };
}

/** The key and the request are made here: the client's own cryptography in JavaScript takes a hundred times as long. */
async function enrol(services: FabricCAServices, id: string, secret: string): Promise<Credentials> {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const csr = certificateRequest(id, privateKey);
  const { certificate } = await services.enroll({ enrollmentID: id, enrollmentSecret: secret, csr });
  return { certificate, key: privateKey.export({ type: "pkcs8", format: "pem" }) as string };
}

async function loadClient() {
  try {
    const [{ default: Services }, { User }] = await Promise.all([import("fabric-ca-client"), import("fabric-common")]);
    return { Services, User };
  } catch {
    throw new NetworkError("The package fabric-ca-client is missing, which enrols clients: run `npm ci` again.", 3);
  }
}

/** Enrols an identity for each role that has none yet: `cert.pem` and `key.pem` in the role's folder. */
export async function enrolRoles(root: string, topology: Topology, secret: string): Promise<void> {
  const missing = (Object.keys(ROLES) as Role[]).filter(
    role => !existsSync(join(root, identityFolder(role), "cert.pem")),
  );
  await Promise.all(
    topology.members.map(async member => {
      const own = missing.filter(role => ROLES[role] === member.name);
      if (own.length === 0) return;
      const registrar = await openRegistrar(authorityOf(root, member), secret);
      await Promise.all(own.map(role => enrolRole(root, role, registrar)));
    }),
  );
}

async function enrolRole(root: string, role: Role, registrar: Registrar): Promise<void> {
  const { certificate, key } = await registrar.enrol(`${role}-${Date.now()}`, { [ROLE_ATTRIBUTE]: role });
  writeState(root, `${identityFolder(role)}/key.pem`, key, 0o600);
  writeState(root, `${identityFolder(role)}/cert.pem`, certificate);
}

/** Where a member's authority listens, seen from this machine. */
export function authorityOf(root: string, member: Member): AuthorityAddress {
  const { authority, mspId } = member;
  return {
    url: `https://127.0.0.1:${authority.ports.service}`,
    name: authority.name,
    tlsRoot: readFileSync(join(root, tlsRoot(member)), "utf8"),
    mspId,
  };
}
