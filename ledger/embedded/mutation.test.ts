import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openingOf, roundOf, settling, testMarket } from "../testing/settlements.js";
import { withFolder } from "../testing/toy-ledger.js";
import { exportBundle } from "./bundle.js";
import { loadContract } from "./contract.js";
import { placesIn } from "./folder.js";
import { NODE_ROLE, readSigners } from "./identity.js";
import { EmbeddedLedger } from "./ledger.js";
import { Log, type LogFile } from "./log.js";
import { Store } from "./store.js";
import { verifyBundle } from "./verify-bundle.js";
import { verifyFolder, verifyLog } from "./verify.js";

const ROUNDS = 6;
const MUTATIONS = 1000;

/** A deterministic source of numbers in [0, 1) (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** An altered log and the first block that is not what it was; one more than there are, where the last are gone. */
interface Mutation {
  readonly what: string;
  readonly log: Buffer;
  readonly height: number;
}

/** Damages a log in one of the ways that a thief or a faulty disk would. */
function mutate(log: Buffer, foreign: Buffer, random: () => number): Mutation {
  const lines = linesOf(log);
  const below = (count: number) => Math.floor(random() * count);
  const [i, bytes] = [below(lines.length), Buffer.from(log)];
  switch (below(6)) {
    case 0: {
      const at = below(bytes.length);
      bytes[at] ^= 1 << below(8);
      return { what: `bit of byte ${at}`, log: bytes, height: heightAt(lines, at) };
    }
    case 1:
      return { what: `removed ${i + 1}`, log: Buffer.concat(lines.filter((_, k) => k !== i)), height: i + 1 };
    case 2: {
      const k = below(lines.length - 1);
      const swapped = lines.with(k, lines[k + 1]).with(k + 1, lines[k]);
      return { what: `swapped ${k + 1}`, log: Buffer.concat(swapped), height: k + 1 };
    }
    case 3: {
      const length = below(log.length);
      return { what: `cut at ${length}`, log: log.subarray(0, length), height: heightAt(lines, length) };
    }
    case 4: {
      const theirs = linesOf(foreign)[i];
      return { what: `foreign ${i + 1}`, log: Buffer.concat(lines.with(i, theirs)), height: i + 1 };
    }
    default: {
      const at = below(log.length);
      const junk = Buffer.from([below(256), below(256), below(256)]);
      const parts = [log.subarray(0, at), junk, log.subarray(at)];
      return { what: `inserted at ${at}`, log: Buffer.concat(parts), height: heightAt(lines, at) };
    }
  }
}

/** A file in memory, for reading. */
function fileOf(bytes: Buffer): LogFile {
  return {
    stat: () => Promise.resolve({ size: bytes.length }),
    read: (into: Buffer, at: number, length: number, from: number) =>
      Promise.resolve({ bytesRead: bytes.copy(into, at, from, from + length), buffer: into }),
  } as unknown as LogFile;
}

function linesOf(log: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < log.length;) {
    const end = log.indexOf("\n", start) + 1;
    lines.push(log.subarray(start, end));
    start = end;
  }
  return lines;
}

function heightAt(lines: readonly Buffer[], offset: number): number {
  let end = 0;
  return lines.findIndex(line => (end += line.length) > offset) + 1;
}

async function settleSome(folder: string): Promise<void> {
  const ledger = await EmbeddedLedger.open(folder);
  const market = testMarket("feeder", 2);
  for (const command of openingOf(market)) await ledger.submit(command);
  for (let period = 0; period < ROUNDS; period++) await ledger.submit(settling(roundOf(market, period)));
  await ledger.close();
}

describe("an altered log", () => {
  it(`is found by verify with the block's height, ${MUTATIONS} times of ${MUTATIONS}`, function () {
    this.timeout(300_000);
    return withFolder(async folder => {
      const [ours, theirs] = [join(folder, "ours"), join(folder, "theirs")];
      for (const place of [ours, theirs]) await settleSome(place);
      const log = await readFile(join(ours, "blocks.log"));
      const foreign = await readFile(join(theirs, "blocks.log"));
      assert.deepEqual(await verifyFolder(ours), { ok: true, height: ROUNDS + 4, faults: [] });
      const store = await Store.open(placesIn(ours).state);
      const { dispatcher } = await loadContract();
      const nodeKey = (await readSigners(placesIn(ours).keys)).get(NODE_ROLE)?.publicKey;
      const random = numbersFrom(5);
      for (let k = 0; k < MUTATIONS; k++) {
        const mutation = mutate(log, foreign, random);
        const altered = await Log.open("", { file: fileOf(mutation.log) });
        const { ok, faults } = await verifyLog({ log: altered, dispatcher, store, nodeKey });
        assert.equal(ok, false, mutation.what);
        assert.equal(faults[0].height, mutation.height, `${mutation.what}: ${faults[0].problem}`);
      }
      await store.close();
      console.log(`      ${MUTATIONS} alterations, all found at their height`);
    });
  });

  it("is found when it is another ledger's, as long as one of keys and state is not", () =>
    withFolder(async folder => {
      const [ours, theirs] = [join(folder, "ours"), join(folder, "theirs")];
      for (const place of [ours, theirs]) await settleSome(place);
      await cp(join(theirs, "blocks.log"), join(ours, "blocks.log"));
      assert.match((await verifyFolder(ours)).faults[0].problem, /another node/);
      await cp(join(theirs, "keys"), join(ours, "keys"), { recursive: true });
      assert.match((await verifyFolder(ours)).faults[0].problem, /the state has another block/);
      await rm(join(ours, "state"), { recursive: true });
      await mkdir(join(ours, "state"));
      assert.equal((await verifyFolder(ours)).ok, true, "nothing is left that could tell");
    }));
});

describe("an exported bundle", () => {
  it("verifies with the script alone, and no altered one does", function () {
    this.timeout(120_000);
    return withFolder(async folder => {
      const [ours, out] = [join(folder, "ours"), join(folder, "bundle")];
      await settleSome(ours);
      const bundle = await exportBundle(ours, out);
      assert.equal(bundle.receipts, ROUNDS);
      const known = { key: bundle.nodeKey, head: bundle.hash };
      assert.match(verifyBundle(out, known), new RegExp(`${bundle.height} blocks, ${ROUNDS} receipts, supply 2`));
      const script = [join(out, "verify-bundle.mjs"), "--key", bundle.nodeKey, "--head", bundle.hash];
      assert.match(execFileSync(process.execPath, script, { cwd: folder, encoding: "utf8" }), /^ok: /);
      const random = numbersFrom(7);
      const log = await readFile(join(out, "blocks.log"));
      for (let k = 0; k < 200; k++) {
        const mutation = mutate(log, log, random);
        if (mutation.log.equals(log)) continue;
        await writeFile(join(out, "blocks.log"), mutation.log);
        assert.throws(() => verifyBundle(out, known), Error, mutation.what);
      }
      await writeFile(join(out, "blocks.log"), log);
      const receipts = await readFile(join(out, "receipts.json"), "utf8");
      await writeFile(join(out, "receipts.json"), receipts.replace(/"price": "9/, '"price": "8'));
      assert.throws(() => verifyBundle(out, known), /other receipts/);
    });
  });
});
