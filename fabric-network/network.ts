import { existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { launchPlan } from "./config/launch-plan.js";
import { readContract } from "./contract/package.js";
import { NetworkError } from "./errors.js";
import { dockerHost, findImages } from "./host/docker-host.js";
import type { Host } from "./host/host.js";
import { nativeHost } from "./host/native-host.js";
import { findPrograms, type Programs, withAuthority } from "./host/programs.js";
import { LAYOUT } from "./layout.js";
import { locked } from "./lock.js";
import { PROJECT } from "./project.js";
import { newSetup, type StoredSetup, storedSetup, type Wishes } from "./setup.js";
import { blockHeight, joinChannel } from "./steps/channel.js";
import { writeConfiguration } from "./steps/configuration.js";
import { deploy } from "./steps/deploy.js";
import { waitForEndorsement } from "./steps/endorsement.js";
import { waitForHealth } from "./steps/health.js";
import { enrolRoles } from "./steps/identities.js";
import { makeMaterial, writeState } from "./steps/material.js";
import { type Summary, summarise } from "./summary.js";
import { layOut, type Topology } from "./topology.js";

/** How a network is started. */
export interface StartOptions extends Wishes {
  /** Folder that holds all that the network makes. */
  readonly state: string;
  /** Folder of the built contract; the project's own by default. */
  readonly contract?: string;
  /** Told what is going on. */
  readonly say?: (text: string) => void;
}

const NOTHING_HERE =
  "There is neither Docker with the images of Hyperledger Fabric nor its programs: settle on the embedded ledger (`--ledger embedded`), " +
  "or unpack the release archive of Fabric 2.5 and name its folder bin in FABRIC_BIN.";

/** Brings the network up, or up again with its data kept; resolves when both organisations endorse. Doing it twice changes nothing. */
export function startNetwork(options: StartOptions): Promise<Summary> {
  const root = resolve(options.state);
  return locked(root, () => start(root, options));
}

async function start(
  root: string,
  { contract: folder, say = () => undefined, ...wishes }: StartOptions,
): Promise<Summary> {
  const began = performance.now();
  const seconds: Record<string, number> = {};
  const done = (step: string) => {
    seconds[step] = Number(((performance.now() - began) / 1000).toFixed(2));
    say(`${step} (${seconds[step]} s)`);
  };
  const contract = readContract(folder ?? join(PROJECT, "chaincode"));
  const { setup, found } = await prepare(root, wishes, say);
  const topology = layOut(setup);
  let packageIds: Readonly<Record<string, string>> = {};
  const host = openHost(root, topology, { found, contract: contract.folder, packageIds: () => packageIds });
  say(`programs: ${host.programs}`);
  await makeMaterial(root, topology, host);
  packageIds = writeConfiguration(topology, { root, contract, modules: MODULES, secret: setup.secret });
  done("material");
  await host.up();
  done("started");
  await waitForHealth(root, topology, host);
  done("healthy");
  const enrolment = enrolRoles(root, topology, setup.secret);
  const [sequence] = await Promise.all([
    joinChannel(topology, host).then(() => {
      done("joined");
      return deploy(topology, host, { version: contract.version, packageIds });
    }),
    enrolment,
  ]);
  done("deployed");
  const says = await waitForEndorsement(root, topology);
  done("endorsed");
  const height = await blockHeight(topology, topology.members[0], host);
  const { version } = contract;
  const summary = await summarise(topology, { root, host, height, version, sequence, says, packageIds, seconds });
  writeState(root, LAYOUT.summary, `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

/** Ends all nodes; their data stay for the next start. */
export async function stopNetwork(state: string): Promise<void> {
  const root = resolve(state);
  if (existsSync(join(root, LAYOUT.setup))) await locked(root, () => reopen(root).down());
}

/** Ends all nodes and removes what the network made, and nothing else. */
export async function resetNetwork(state: string): Promise<void> {
  const root = resolve(state);
  if (!existsSync(join(root, LAYOUT.setup))) return;
  await locked(root, async () => {
    await reopen(root).down();
    for (const path of MADE) rmSync(join(root, path), { recursive: true, force: true });
  });
}

/** Ends one node at once, as a power cut would. */
export async function killNode(state: string, name: string): Promise<void> {
  await reopen(resolve(state)).kill(name);
}

/** Process ids of the nodes that run. */
export function runningNodes(state: string): Promise<ReadonlyMap<string, number>> {
  return reopen(resolve(state)).running();
}

/** All that a start writes into the state folder; the setup goes last, so that a broken reset can be repeated. */
const MADE = [
  ...["crypto", "nodes", "packages", LAYOUT.identities, LAYOUT.cryptoConfig, LAYOUT.channelConfig, LAYOUT.genesis],
  ...[
    `${LAYOUT.genesis}.part`,
    LAYOUT.compose,
    LAYOUT.summary,
    "connection-operator.json",
    "connection-prosumers.json",
  ],
  LAYOUT.setup,
];

const require = createRequire(import.meta.url);
const SHIM = require.resolve("fabric-shim/cli.js");
const MODULES = dirname(dirname(SHIM));

type Found = Programs | string;

/** Finds the programs for the mode that is stored, asked for, or possible. */
async function prepare(
  root: string,
  wishes: Wishes,
  say: (text: string) => void,
): Promise<{ setup: StoredSetup; found: Found }> {
  const stored = storedSetup(root, wishes);
  const mode = stored?.mode ?? wishes.mode;
  const images = mode === "native" ? undefined : await findImages(say);
  if (images !== undefined) {
    return { setup: stored ?? (await newSetup(root, "docker", wishes.profile ?? "dev")), found: images };
  }
  if (mode === "docker") throw new NetworkError(NOTHING_HERE, 3);
  const programs = findPrograms();
  if ("missing" in programs) throw new NetworkError(`${NOTHING_HERE} Not found: ${programs.missing.join(", ")}.`, 3);
  const found = await withAuthority(programs, say);
  return { setup: stored ?? (await newSetup(root, "native", wishes.profile ?? "dev")), found };
}

interface Means {
  readonly found: Found;
  readonly contract: string;
  readonly packageIds: () => Readonly<Record<string, string>>;
}

function openHost(root: string, topology: Topology, { found, contract, packageIds }: Means): Host {
  if (typeof found === "string") return dockerHost(root, topology, found);
  return nativeHost(root, found, () => launchPlan(topology, { root, contract, shim: SHIM, packageIds: packageIds() }));
}

/** The nodes of a network that was started before; its programs need not be found again to end them. */
function reopen(root: string): Host {
  const setup = storedSetup(root, { mode: "auto" });
  if (setup === undefined) throw new NetworkError(`${root} holds no network. Run start.sh first.`, 2);
  const found: Found = setup.mode === "docker" ? "" : { source: "", path: name => name };
  return openHost(root, layOut(setup), { found, contract: root, packageIds: () => ({}) });
}
