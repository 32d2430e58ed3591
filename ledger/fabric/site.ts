import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { LedgerError } from "../errors.js";
import { PATIENCE, type Patience } from "./channel.js";

/** A Fabric network, and who acts on it. */
export interface FabricOptions {
  /** File that describes the network, as `fabric-network/start.sh` prints and leaves it (`summary.json`). */
  readonly description: string;
  readonly patience?: Partial<Patience>;
}

/** Who signs: a certificate and its private key, both PEM. */
export interface Identity {
  readonly mspId: string;
  readonly certificate: string;
  readonly privateKey: string;
}

/** What the description says, and the files that it names. */
export interface Site {
  readonly description: string;
  /** Of the first organisation, whose peer is the one that is asked. */
  readonly profile: Profile;
  readonly identities: ReadonlyMap<string, Identity>;
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

const descriptionSchema = z.looseObject({
  channel: z.string(),
  chaincode: z.looseObject({ name: z.string() }),
  organisations: z.array(z.looseObject({ connectionProfile: z.string() })).min(1),
  identities: z.record(z.string(), z.looseObject({ mspId: z.string(), certificate: z.string(), key: z.string() })),
});
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

/** Reads a description. @throws LedgerError `LEDGER_NETWORK_INVALID` naming the file and what it lacks. */
export async function readSite({ description, patience }: FabricOptions): Promise<Site> {
  const read = parse(descriptionSchema, description, await readText(description));
  const pathOf = (path: string) => resolve(dirname(description), path);
  const profileFile = pathOf(read.organisations[0].connectionProfile);
  const profile = parse(profileSchema, profileFile, await readText(profileFile));
  const filled = await withCertificates(profile, profileFile);
  const identities = Object.entries(read.identities).map(async ([role, { mspId, certificate, key }]) => {
    const [pem, privateKey] = await Promise.all([readText(pathOf(certificate)), readText(pathOf(key))]);
    return [role, { mspId, certificate: pem, privateKey }] as const;
  });
  return {
    description,
    profile: filled,
    identities: new Map(await Promise.all(identities)),
    channel: read.channel,
    chaincode: read.chaincode.name,
    patience: { ...PATIENCE, ...patience },
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
 * @throws LedgerError `LEDGER_NETWORK_INVALID` where the description has nobody, `LEDGER_IDENTITY` where the certificate has ended
 */
export function identityFor({ identities, description }: Site, role: string): Identity {
  const identity = identities.get(role);
  if (identity === undefined) {
    const known = [...identities.keys()].join(", ") || "none";
    throw invalid(`There is no identity for ${role} in ${description}; it has ${known}. Enrol ${role} first.`);
  }
  const end = new Date(new X509Certificate(identity.certificate).validTo);
  if (end.getTime() < Date.now()) {
    const message = `The certificate of ${role} (${identity.mspId}) ended on ${end.toISOString()} and is not accepted any more. Enrol again.`;
    throw new LedgerError("LEDGER_IDENTITY", message, "never");
  }
  return identity;
}

/** An error of the network's description. */
export function invalid(message: string): LedgerError {
  return new LedgerError("LEDGER_NETWORK_INVALID", message, "never");
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

function parse<T>(schema: z.ZodType<T>, file: string, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(`${file} is not JSON.`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`);
  throw invalid(`${file} cannot be used. ${faults.join("; ")}.`);
}
