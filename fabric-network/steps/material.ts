import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { channelConfig, CHANNEL_PROFILE } from "../config/channel-config.js";
import { cryptoConfig } from "../config/crypto-config.js";
import type { Host } from "../host/host.js";
import { cryptoFolder, LAYOUT, nodeFolder } from "../layout.js";
import { CHANNEL, type Member, organisations, type OrderingOrganisation, type Topology } from "../topology.js";

const SECRET = /_sk$|\.key$|^key\.pem$/;

/** Writes a file of the state folder; what holds a secret is for its owner alone. */
export function writeState(root: string, path: string, content: string | Uint8Array, mode = 0o644): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, content, { mode });
  chmodSync(file, mode);
}

/**
 * Makes keys, certificates and the channel's first block, unless they are there; that block comes last, so that a start
 * that was broken off begins anew.
 */
export async function makeMaterial(root: string, topology: Topology, host: Host): Promise<void> {
  if (existsSync(join(root, LAYOUT.genesis))) return;
  for (const folder of ["crypto", "nodes", LAYOUT.identities])
    rmSync(join(root, folder), { recursive: true, force: true });
  writeState(root, LAYOUT.cryptoConfig, cryptoConfig(topology));
  writeState(root, LAYOUT.channelConfig, channelConfig(topology));
  await host.tool("cryptogen", ["generate", `--config=${LAYOUT.cryptoConfig}`, "--output=crypto"]);
  for (const organisation of organisations(topology)) handOut(root, organisation);
  guard(root);
  const block = `${LAYOUT.genesis}.part`;
  const channel = ["-profile", CHANNEL_PROFILE, "-channelID", CHANNEL, "-outputBlock", block];
  await host.tool("configtxgen", channel, { FABRIC_CFG_PATH: host.root, FABRIC_LOGGING_SPEC: "error" });
  renameSync(join(root, block), join(root, LAYOUT.genesis));
}

/** Gives each node its keys and keeps no second copy. Authorities and contracts need TLS only: their peer identities go. */
function handOut(root: string, organisation: OrderingOrganisation | Member): void {
  const folder = join(root, cryptoFolder(organisation));
  const isOrdering = "orderers" in organisation;
  const made = join(folder, isOrdering ? "orderers" : "peers");
  const members = isOrdering ? organisation.orderers : [organisation.peer];
  const withIdentity = new Set(members.map(({ name }) => name));
  for (const name of readdirSync(made)) {
    const home = join(root, nodeFolder(name));
    mkdirSync(home, { recursive: true, mode: 0o700 });
    renameSync(join(made, name, "tls"), join(home, "tls"));
    if (withIdentity.has(name)) renameSync(join(made, name, "msp"), join(home, "msp"));
  }
  rmSync(made, { recursive: true });
  const authority = join(root, nodeFolder(organisation.authority.name), "ca");
  renameSync(join(folder, "ca"), authority);
  renameSync(join(authority, `ca.${organisation.domain}-cert.pem`), join(authority, "cert.pem"));
  renameSync(join(authority, "priv_sk"), join(authority, "key.pem"));
}

/** Makes every key readable by its owner only, and every folder too. */
function guard(folder: string): void {
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) guard(path);
    else if (SECRET.test(entry.name)) chmodSync(path, 0o600);
  }
}
