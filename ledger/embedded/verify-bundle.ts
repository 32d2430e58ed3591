/**
 * Checks an exported ledger with nothing but Node: `node verify-bundle.mjs [FOLDER] [--key NODE_KEY] [--head HASH]`.
 * It follows the blocks from the first one (hashes, links, signatures of the node and of all who called), recomputes the
 * digest of every round that was settled, and adds up all accounts after every block. It does not run the contract.
 */
import { createHash, createPublicKey, verify, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

interface Transaction {
  readonly proposal: Readonly<Record<"id" | "nonce" | "time" | "creator" | "transientHash" | "signature", string>> & {
    readonly args: readonly string[];
  };
  readonly writes: readonly (readonly [key: string, value: string | null, namespace?: string])[];
  readonly event?: { readonly name: string; readonly payload: string };
}

interface Block {
  readonly height: number;
  readonly previousHash: string;
  readonly transactions: readonly Transaction[];
  readonly genesis?: unknown;
}

interface Keys {
  readonly identities: readonly { readonly role: string; readonly publicKey: string }[];
  readonly signers: readonly string[];
}

type Json = string | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Bid = Readonly<Record<"bidder" | "side" | "price" | "energy" | "nonce" | "signature", string>>;
type Round = { readonly bids: readonly Bid[]; readonly accepted: readonly string[] } & Readonly<Record<string, Json>>;
type Receipt = Readonly<Record<string, string>>;

/** What the reader knows from elsewhere. */
export interface Expected {
  readonly key?: string;
  readonly head?: string;
}

/** Examines a bundle; throws an Error that names the block which is not right. */
export function verifyBundle(folder: string, { key, head }: Expected = {}): string {
  const keys = JSON.parse(readFileSync(join(folder, "keys.json"), "utf8")) as Keys;
  const claimed = JSON.parse(readFileSync(join(folder, "receipts.json"), "utf8")) as readonly Receipt[];
  const lines = readFileSync(join(folder, "blocks.log"), "utf8").split("\n");
  if (lines.pop() !== "") throw new Error(`block ${lines.length + 1}: it is cut off`);
  const publicKeys = new Map(keys.identities.map(one => [one.role, keyOf(one.publicKey)]));
  const node = keys.identities.find(({ role }) => role === keys.signers[0])?.publicKey;
  if (key !== undefined && key !== node) throw new Error("the node's key is not the one that you gave");

  const accounts = new Map<string, bigint>();
  const receipts: Receipt[] = [];
  let [previous, supply] = ["", 0n];
  lines.forEach((line, i) => {
    try {
      const { block, hash } = openLine(line, keys, publicKeys);
      if (block.height !== i + 1 || block.previousHash !== previous)
        throw new Error("it does not follow the one before");
      if (i === 0 && !sameKeys(block.genesis, keys)) throw new Error("keys.json has other keys");
      for (const transaction of block.transactions) {
        checkCaller(transaction, publicKeys);
        receipts.push(...checkRounds(transaction));
        supply = book(transaction, accounts) ?? supply;
      }
      const sum = [...accounts.values()].reduce((total, money) => total + money, 0n);
      if (sum !== supply) throw new Error(`accounts hold ${sum}, and ${supply} was paid in`);
      previous = hash;
    } catch (error) {
      throw new Error(`block ${i + 1}: ${(error as Error).message}`, { cause: error });
    }
  });
  if (head !== undefined && head !== previous) throw new Error(`block ${lines.length}: the last hash is ${previous}`);
  if (canonical(receipts) !== canonical(claimed)) throw new Error("receipts.json has other receipts than the blocks");
  return `${lines.length} blocks, ${receipts.length} receipts, supply ${supply}, head ${previous}`;
}

function openLine(
  line: string,
  keys: Keys,
  publicKeys: ReadonlyMap<string, KeyObject>,
): { block: Block; hash: string } {
  const [body, sealText, ...rest] = line.split("\t");
  if (rest.length !== 1 || rest[0] !== "") throw new Error("it does not have the two parts of a block");
  const seal = JSON.parse(sealText) as { hash: string; signatures: Readonly<Record<string, string>> };
  const hash = createHash("sha256").update(body).digest("hex");
  if (hash !== seal.hash) throw new Error("its content does not have its hash");
  if (JSON.stringify(seal) !== sealText) throw new Error("its seal was respelled");
  if (Object.keys(seal.signatures).length !== keys.signers.length) throw new Error("a stranger signed it");
  for (const role of keys.signers) {
    if (!isSigned(hash, seal.signatures[role], publicKeys.get(role))) throw new Error(`the ${role} has not signed it`);
  }
  return { block: JSON.parse(body) as Block, hash };
}

function checkCaller({ proposal }: Transaction, publicKeys: ReadonlyMap<string, KeyObject>): void {
  const { id, nonce, time, creator, transientHash, args, signature } = proposal;
  const hash = createHash("sha256").update(JSON.stringify([id, nonce, time, creator, transientHash, args.length]));
  for (const argument of args) hash.update(`\n${argument.length}:`).update(argument);
  if (!isSigned(hash.digest("hex"), signature, publicKeys.get(creator)))
    throw new Error(`the ${creator} has not called`);
}

/** Receipts of the rounds that a transaction settled, each with the digest of a round that was handed over. */
function checkRounds({ proposal, event }: Transaction): readonly Receipt[] {
  if (event?.name !== "RoundsSettled") return [];
  const digests = (JSON.parse(proposal.args[2]) as readonly Round[]).map(digestOfRound);
  const { receipts } = JSON.parse(event.payload) as { receipts: readonly Receipt[] };
  for (const { digest, period } of receipts) {
    if (!digests.includes(digest)) throw new Error(`the receipt of period ${period} is of another round`);
  }
  return receipts;
}

/** Brings the accounts up to date; returns the supply if it has changed. */
function book({ writes }: Transaction, accounts: Map<string, bigint>): bigint | undefined {
  let supply: bigint | undefined;
  for (const [key, value, namespace] of writes) {
    if (namespace !== undefined || value === null) continue;
    const [type, name] = key.split("\u0000").slice(1);
    if (type !== "account" && type !== "supply") continue;
    const { available = "0", held = "0", deposited, withdrawn } = JSON.parse(value) as Readonly<Record<string, string>>;
    if (type === "supply") supply = BigInt(deposited) - BigInt(withdrawn);
    else if (BigInt(available) < 0n || BigInt(held) < 0n) throw new Error(`${name} has less than nothing`);
    else accounts.set(name, BigInt(available) + BigInt(held));
  }
  return supply;
}

/** SHA-256 of a round without its signatures, bids sorted by bidder and nonce. */
function digestOfRound({ bids, accepted, values, congestion, ...rest }: Round): string {
  const order = bids.map((_, i) => i).sort((i, j) => compare(bids[i], bids[j]));
  const pick = (list: readonly Json[]) => order.map(i => list[i]);
  const { market, period, closesAt, rule, priceCap, price } = rest;
  const head: Record<string, Json> = { market, period, closesAt, rule, priceCap, price, accepted: pick(accepted) };
  if (values !== undefined) head.values = pick(values as readonly Json[]);
  if (congestion !== undefined) head.congestion = congestion;
  const unsigned = order.map(i => ({ ...bids[i], signature: undefined }) as unknown as Json);
  return createHash("sha256")
    .update(canonical({ bids: unsigned, head }))
    .digest("hex");
}

function compare(one: Bid, other: Bid): number {
  if (one.bidder !== other.bidder) return one.bidder < other.bidder ? -1 : 1;
  return one.nonce.length - other.nonce.length || (one.nonce < other.nonce ? -1 : 1);
}

/** Keys sorted, no spaces. */
function canonical(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonical).join(",")}]`;
  const members = Object.entries(value as Readonly<Record<string, Json | undefined>>).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const known = members.filter((member): member is [string, Json] => member[1] !== undefined);
  return `{${known.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
}

function sameKeys(genesis: unknown, { identities, signers }: Keys): boolean {
  const { identities: first, signers: signing } = genesis as Keys;
  return JSON.stringify([first, signing]) === JSON.stringify([identities, signers]);
}

function isSigned(hash: string, signature: string | undefined, key: KeyObject | undefined): boolean {
  if (key === undefined || signature === undefined || !/^[0-9a-f]{128}$/.test(signature)) return false;
  return verify(null, Buffer.from(hash, "hex"), key, Buffer.from(signature, "hex"));
}

function keyOf(base64: string): KeyObject {
  return createPublicKey({ key: Buffer.from(base64, "base64"), format: "der", type: "spki" });
}

function main(argv: readonly string[]): void {
  const after = (name: string) => (argv.includes(name) ? argv[argv.indexOf(name) + 1] : undefined);
  const [folder = dirname(fileURLToPath(import.meta.url))] = argv.filter(
    (word, i) => !word.startsWith("--") && !argv[i - 1]?.startsWith("--"),
  );
  try {
    console.log(`ok: ${verifyBundle(folder, { key: after("--key"), head: after("--head") })}`);
  } catch (error) {
    console.error(`FAULT: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
