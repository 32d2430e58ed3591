import { X509Certificate } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { LedgerError } from "../errors.js";
import { PATIENCE, type Patience } from "./channel.js";

/** A Fabric network, and who acts on it. */
export interface FabricOptions {
  /** File with a common connection profile in JSON; the first peer of its client's organisation is the one that is asked. */
  readonly profile: string;
  /**
   * Folder with a folder `ROLE` for each role of the contract: `cert.pem`, `key.pem`, and `mspid` where it belongs to
   * another organisation than the profile's client.
   */
  readonly wallet: string;
  /** `gridloom` unless said. */
  readonly channel?: string;
  /** `settlement` unless said. */
  readonly chaincode?: string;
  readonly patience?: Partial<Patience>;
}

/** Who signs: a certificate and its private key, both PEM. */
export interface Identity {
  readonly mspId: string;
  readonly certificate: string;
  readonly privateKey: string;
}

/** What the two files say. */
export interface Site {
  readonly profile: Profile;
  readonly identities: ReadonlyMap<string, Identity>;
  readonly wallet: string;
  readonly channel: string;
  readonly chaincode: string;
  readonly patience: Patience;
}

/** A peer's address. */
export interface Endpoint {
  /** `host:port`. */
  readonly address: string;
  /** PEM of the authority of its TLS certificate; undefined where it speaks without TLS. */
  readonly tlsAuthority: string | undefined;
  /** Name in its certificate, where it differs from that of the host. */
  readonly hostName: string | undefined;
}

const certificates = z.looseObject({ pem: z.string().optional(), path: z.string().optional() });
const node = z.looseObject({
  url: z.string().regex(/^grpcs?:\/\/[^/]+$/, "is not grpc://HOST:PORT or grpcs://HOST:PORT"),
  tlsCACerts: certificates.optional(),
  grpcOptions: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
const profileSchema = z.looseObject({
  client: z.looseObject({ organization: z.string() }),
  organizations: z.record(z.string(), z.looseObject({ mspid: z.string(), peers: z.array(z.string()).min(1) })),
  peers: z.record(z.string(), node),
  orderers: z.record(z.string(), node).optional(),
  channels: z.record(z.string(), z.unknown()).optional(),
});

/** A common connection profile, as far as it is used here. */
export type Profile = z.infer<typeof profileSchema>;

/** Reads profile and wallet. @throws LedgerError `LEDGER_NETWORK_INVALID` naming the file and what it lacks. */
export async function readSite({ profile: file, wallet, ...options }: FabricOptions): Promise<Site> {
  const profile = parseProfile(file, await readText(file));
  return {
    profile: await withCertificates(profile, file),
    identities: await readWallet(wallet, ownOrganisation(profile).mspid),
    wallet,
    channel: options.channel ?? "gridloom",
    chaincode: options.chaincode ?? "settlement",
    patience: { ...PATIENCE, ...options.patience },
  };
}

/** The peer that the client's own organisation runs and trusts. */
export function ownPeer(profile: Profile): Endpoint {
  const { peers: names } = ownOrganisation(profile);
  const peer = profile.peers[names[0]] as Profile["peers"][string] | undefined;
  if (peer === undefined) throw invalid(`The profile names the peer ${names[0]} and does not describe it.`);
  const [scheme, address] = peer.url.split("://");
  const hostName = peer.grpcOptions?.["ssl-target-name-override"];
  return {
    address,
    tlsAuthority: scheme === "grpcs" ? peer.tlsCACerts?.pem : undefined,
    hostName: hostName === undefined ? undefined : String(hostName),
  };
}

/** The organisation that the profile's client belongs to. */
export function ownOrganisation({ client, organizations }: Profile): Profile["organizations"][string] {
  const own = organizations[client.organization] as Profile["organizations"][string] | undefined;
  if (own !== undefined) return own;
  throw invalid(`The profile does not describe its client's organisation ${client.organization}.`);
}

/**
 * Who acts in a role.
 * @throws LedgerError `LEDGER_NETWORK_INVALID` where the wallet has nobody, `LEDGER_IDENTITY` where the certificate has ended
 */
export function identityFor({ identities, wallet }: Site, role: string): Identity {
  const identity = identities.get(role);
  if (identity === undefined) {
    const known = [...identities.keys()].join(", ") || "none";
    throw invalid(`The wallet ${wallet} has no identity ${role}; it has ${known}. Enrol ${role} first.`);
  }
  const end = new Date(new X509Certificate(identity.certificate).validTo);
  if (end.getTime() < Date.now()) {
    const message = `The certificate of ${role} (${identity.mspId}) ended on ${end.toISOString()}. Enrol again.`;
    throw new LedgerError("LEDGER_IDENTITY", message, "never");
  }
  return identity;
}

/** An error of the network's description. */
export function invalid(message: string): LedgerError {
  return new LedgerError("LEDGER_NETWORK_INVALID", message, "never");
}

async function readWallet(folder: string, ownMspId: string): Promise<ReadonlyMap<string, Identity>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw invalid(`The wallet ${folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const roles = entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
  const identities = roles.sort().map(async role => {
    const read = (file: string) => readText(join(folder, role, file));
    const [certificate, privateKey] = await Promise.all([read("cert.pem"), read("key.pem")]);
    const mspId = await read("mspid").catch(() => ownMspId);
    return [role, { mspId: mspId.trim(), certificate, privateKey }] as const;
  });
  return new Map(await Promise.all(identities));
}

/** Puts the certificates that the profile names as files into it; their paths begin at the profile's folder. */
async function withCertificates(profile: Profile, file: string): Promise<Profile> {
  const filled = structuredClone(profile);
  for (const { tlsCACerts } of [...Object.values(filled.peers), ...Object.values(filled.orderers ?? {})]) {
    if (tlsCACerts?.path === undefined || tlsCACerts.pem !== undefined) continue;
    tlsCACerts.pem = await readText(resolve(dirname(file), tlsCACerts.path));
  }
  return filled;
}

async function readText(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: unknown) => {
    throw invalid(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
}

function parseProfile(file: string, text: string): Profile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(`${file} is not JSON.`);
  }
  const parsed = profileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`);
  throw invalid(`${file} cannot be used. ${faults.join("; ")}.`);
}
