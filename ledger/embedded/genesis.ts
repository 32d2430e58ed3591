import type { Block, Genesis } from "./block.js";
import { identityOf, newSigner, NODE_ROLE, readSigners, writeSigners, type Signer } from "./identity.js";
import { encodeRecord } from "./record.js";

/** Everybody for whom the ledger signs, by role; keys that are missing are made and kept. */
export async function signersFor(keys: string, roles: readonly string[]): Promise<ReadonlyMap<string, Signer>> {
  const present = await readSigners(keys);
  const made = roles.filter(role => !present.has(role)).map(newSigner);
  if (made.length > 0) await writeSigners(keys, made);
  return new Map([...present, ...made.map(signer => [signer.role, signer] as const)]);
}

/** The first block, which says whose keys are valid, as a line of the log. */
export function genesisRecord(
  signers: ReadonlyMap<string, Signer>,
  { channel, cosigners, time }: { channel: string; cosigners: readonly string[]; time: string },
): { block: Block; hash: string; line: Buffer } {
  const signing = [NODE_ROLE, ...cosigners];
  const genesis: Genesis = { channel, identities: [...signers.values()].map(identityOf), signers: signing };
  const block = { height: 1, previousHash: "", time, genesis, transactions: [], privateHash: "" };
  const sealers = [...signers.values()].filter(({ role }) => signing.includes(role));
  return { block, ...encodeRecord(block, {}, sealers) };
}
