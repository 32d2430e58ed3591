import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readContract } from "../contract/package.js";
import { killNode, resetNetwork, runningNodes, startNetwork, type StartOptions, stopNetwork } from "../network.js";
import { PROJECT } from "../project.js";
import type { Summary } from "../summary.js";
import type { Mode, Profile } from "../topology.js";
import { type Client, openClient } from "./client.js";

/** A running network under test. */
export interface Subject {
  readonly state: string;
  readonly summary: Summary;
  readonly client: Client;
  /** Starts it again. */
  again(options?: Partial<StartOptions>): Promise<Summary>;
}

/** Starts a network in a folder of its own before the tests, and takes everything away after them. */
export function withNetwork(mode: Mode, profile: Profile, skips: () => Promise<string | undefined>): () => Subject {
  let subject: Subject;
  let state: string;
  before(async function () {
    const reason = await skips();
    if (reason !== undefined) {
      console.log(`      skipped: the ${mode} network (${profile}): ${reason}`);
      return this.skip();
    }
    state = mkdtempSync(join(tmpdir(), "fabric-network-"));
    const again = (options: Partial<StartOptions> = {}) => startNetwork({ state, mode, profile, ...options });
    const summary = await again();
    console.log(`      ${mode}, ${profile}, ${summary.programs}: ${JSON.stringify(summary.seconds)}`);
    subject = { state, summary, client: openClient(summary), again };
  });
  after(async () => {
    if (state === undefined) return;
    subject?.client.close();
    await resetNetwork(state);
    rmSync(state, { recursive: true });
  });
  return () => subject;
}

/** What every network keeps to, wherever its programs run. */
export function behavesAsNetwork(subject: () => Subject): void {
  it("runs the contract of this project on both organisations", () => {
    const { summary } = subject();
    assert.match(summary.release, /2\.5/);
    assert.equal(summary.chaincode.version, readContract(join(PROJECT, "chaincode")).version);
    assert.ok(summary.chaincode.version.endsWith(codeOf(summary)));
    assert.deepEqual(
      summary.organisations.map(({ mspId }) => mspId),
      ["OperatorMSP", "ProsumersMSP"],
    );
  });

  it("shows its keys to their owner only", () => {
    const { state } = subject();
    const keys = filesBelow(state).filter(holdsKey);
    assert.ok(keys.length > 20, `${keys.length} keys`);
    for (const file of keys) assert.equal(statSync(file).mode & 0o077, 0, file);
  });

  it("is as it was when it is started again", async () => {
    const { state, summary, again } = subject();
    const before = await runningNodes(state);
    assert.equal(before.size, summary.nodes.length);
    const second = await again();
    assert.deepEqual(await runningNodes(state), before);
    assert.equal(second.height, summary.height);
    assert.deepEqual(second.identities, summary.identities);
  });

  it("loses nothing when a node is killed, whichever, nor when all are", async function () {
    this.timeout(600_000);
    const { state, summary, client, again } = subject();
    const names = summary.nodes.map(({ name }) => name);
    const killed = [...names.map(name => [name]), names];
    const slowest = { seconds: 0, name: "" };
    for (const [index, nodes] of killed.entries()) {
      await client.register(`before-${index}`);
      await Promise.all(nodes.map(name => killNode(state, name)));
      const began = performance.now();
      await again();
      await client.register(`after-${index}`);
      const seconds = (performance.now() - began) / 1000;
      if (seconds > slowest.seconds)
        Object.assign(slowest, { seconds, name: nodes.length > 1 ? "all nodes" : nodes[0] });
    }
    console.log(`      slowest return, of ${slowest.name}: ${slowest.seconds.toFixed(1)} s to the next commit`);
    for (const [index] of killed.entries()) {
      for (const when of ["before", "after"]) assert.ok(await client.knows(`${when}-${index}`), `${when}-${index}`);
    }
  });

  it("stops and goes on with its data", async () => {
    const { state, client, again } = subject();
    const { height } = await again();
    await stopNetwork(state);
    assert.equal((await runningNodes(state)).size, 0);
    assert.equal((await again()).height, height);
    assert.ok(await client.knows("before-0"));
  });

  it("takes a new version of the contract over as the next sequence", async () => {
    const { state, client, again } = subject();
    const contract = mkdtempSync(join(tmpdir(), "contract-"));
    try {
      cpSync(join(PROJECT, "chaincode"), contract, { recursive: true });
      symlinkSync(join(PROJECT, "node_modules"), join(contract, "node_modules"));
      writeFileSync(join(contract, "dist", "more.js"), "// one more file\n");
      const second = await again({ contract });
      assert.equal(second.chaincode.sequence, 2);
      assert.ok(second.chaincode.version.endsWith(codeOf(second)));
      assert.ok(await client.knows("before-0"));
    } finally {
      await stopNetwork(state);
      rmSync(contract, { recursive: true });
    }
    assert.equal((await again()).chaincode.sequence, 3);
  });

  it("is reset without a trace, save what is not its own", async () => {
    const { state } = subject();
    writeFileSync(join(state, "notes.txt"), "mine");
    await resetNetwork(state);
    assert.deepEqual(readdirSync(state), ["notes.txt"]);
    assert.equal(existsSync(join(state, "lock")), false);
  });
}

/** First digits of the digest of its code that the contract reports. */
function codeOf({ chaincode: { says } }: Summary): string {
  return (JSON.parse(says) as { readonly code: string }).code.slice(0, 12);
}

const LARGEST_KEY_FILE = 100_000;

function holdsKey(file: string): boolean {
  return (
    statSync(file).size < LARGEST_KEY_FILE && /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(readFileSync(file, "latin1"))
  );
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}
