import { createHash, randomBytes, type KeyObject } from "node:crypto";
import type { Command } from "../port.js";
import type { SignedProposal } from "./block.js";
import { hashOf, isSignatureOf, signHash, type Signer } from "./identity.js";

/** Data that a transaction brings and no block keeps, as texts: base64 by name. */
export type TransientTexts = Readonly<Record<string, string>>;

/** Writes a command down and signs it in its role's name; the nonce makes two equal commands two proposals. */
export function propose(command: Command, signer: Signer, time: string): SignedProposal {
  const nonce = randomBytes(24).toString("hex");
  const unsigned = {
    id: hashOf(`${nonce}${signer.publicKey}`),
    nonce,
    time,
    creator: signer.role,
    args: [command.function, ...command.args],
    transientHash: transientHashOf(transientTexts(command)),
  };
  return { ...unsigned, signature: signHash(digestOf(unsigned), signer) };
}

/**
 * Whether a proposal is what its creator signed.
 * @throws Error naming what is wrong.
 */
export function checkProposal(proposal: SignedProposal, transient: TransientTexts, key: KeyObject): void {
  if (!isSignatureOf(digestOf(proposal), proposal.signature, key)) {
    throw new Error(`proposal ${proposal.id} does not carry the signature of the ${proposal.creator}`);
  }
  if (transientHashOf(transient) !== proposal.transientHash) {
    throw new Error(`the transient data of proposal ${proposal.id} are not those that were signed`);
  }
}

/** A command's transient data as texts, names in order. */
export function transientTexts({ transient = {} }: Command): TransientTexts {
  const names = Object.keys(transient).sort();
  return Object.fromEntries(names.map(name => [name, Buffer.from(transient[name]).toString("base64")]));
}

/** Transient data as a contract reads them. */
export function transientBytes(texts: TransientTexts): ReadonlyMap<string, Uint8Array> {
  return new Map(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text, "base64")]));
}

function transientHashOf(texts: TransientTexts): string {
  return Object.keys(texts).length === 0 ? "" : hashOf(JSON.stringify(texts));
}

/** Lengths stand before the arguments, which may be megabytes, so that nothing needs to be escaped. */
function digestOf({ id, nonce, time, creator, args, transientHash }: Omit<SignedProposal, "signature">): string {
  const hash = createHash("sha256").update(JSON.stringify([id, nonce, time, creator, transientHash, args.length]));
  for (const argument of args) hash.update(`\n${argument.length}:`).update(argument);
  return hash.digest("hex");
}
