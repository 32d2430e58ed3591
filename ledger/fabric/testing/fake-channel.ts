import { createPrivateKey, sign, X509Certificate, type KeyObject } from "node:crypto";
import { common, msp, peer } from "@hyperledger/fabric-protos";
import { ClientIdentity } from "fabric-shim";
import { loadContract } from "../../embedded/contract.js";
import type { Dispatcher } from "../../embedded/dispatcher.js";
import { validate, type ReadWriteSet } from "../../embedded/rwset.js";
import { memoryState, type Overlay } from "../../embedded/state.js";
import { Stub } from "../../embedded/stub.js";
import { asLedgerError } from "../../errors.js";
import type { Certified, TestAuthority } from "./certificates.js";
import { answer, blockOf, checkSignature, readProposal, responsePayload, transactionIdOf } from "./messages.js";
import type { ReadProposal } from "./messages.js";
import { message } from "./protobuf.js";
import { Refused } from "./troubles.js";

const BATCH_MS = 10;
const VERDICTS = peer.TxValidationCode;

/** An answer with an endorser's signature, if the contract was content. */
export interface Endorsing {
  readonly response: peer.Response;
  /** Bytes that were signed; empty where nothing was. */
  readonly payload: Uint8Array;
  readonly endorsement: peer.Endorsement | undefined;
}

/**
 * The ledger behind the fake nodes: runs the contract over the embedded ledger's stub, cuts blocks, and commits them with
 * Fabric's checks of what was read. It knows one peer's state; endorsement policies and private data stay out.
 */
export class FakeChannel {
  readonly blocks: common.Block[] = [];
  readonly #state: Overlay = memoryState();
  readonly #endorsed = new Map<string, ReadWriteSet>();
  readonly #places = new Map<string, { readonly block: number; readonly verdict: number }>();
  readonly #listeners = new Set<() => void>();
  #pending: common.Envelope[] = [];
  #committing: Promise<void> = Promise.resolve();

  private constructor(
    readonly name: string,
    readonly authorities: ReadonlyMap<string, TestAuthority>,
    readonly dispatcher: Dispatcher,
  ) {
    this.blocks.push(blockOf(undefined, [], []));
  }

  /** @param contract Module of the contract. */
  static async open(
    name: string,
    authorities: ReadonlyMap<string, TestAuthority>,
    contract?: string,
  ): Promise<FakeChannel> {
    return new FakeChannel(name, authorities, (await loadContract(contract)).dispatcher);
  }

  /** Carries a proposal out and signs the answer as an endorser. */
  async endorse(signed: peer.SignedProposal, mspid: string, endorser: Certified): Promise<Endorsing> {
    const proposal = readProposal(signed);
    this.#admit(proposal);
    if (proposal.chaincode === "qscc")
      return { ...this.#ask(proposal), payload: new Uint8Array(), endorsement: undefined };
    const stub = new Stub(proposal.invocation, this.#state);
    try {
      const result = Buffer.from(await this.dispatcher.invoke(stub, new ClientIdentity(stub as never) as never));
      const { readWriteSet, event } = stub;
      const payload = responsePayload(proposal, { result, readWriteSet, event });
      this.#endorsed.set(proposal.invocation.transactionId, readWriteSet);
      return { response: answer(200, result), payload, endorsement: endorsementOf(payload, mspid, endorser) };
    } catch (error) {
      return {
        response: answer(500, new Uint8Array(), textOf(error)),
        payload: new Uint8Array(),
        endorsement: undefined,
      };
    }
  }

  /** Takes a signed transaction into the next block. */
  order(envelope: common.Envelope): void {
    const payload = envelope.getPayload_asU8();
    checkSignature(payload, envelope.getSignature_asU8(), creatorKeyOf(payload));
    if (this.#pending.push(envelope) > 1) return;
    setTimeout(() => {
      const batch = this.#pending;
      this.#pending = [];
      this.#committing = this.#committing.then(() => this.#commit(batch));
    }, BATCH_MS);
  }

  /** Where a transaction stands; undefined while it is in no block. */
  placeOf(transactionId: string): { readonly block: number; readonly verdict: number } | undefined {
    return this.#places.get(transactionId);
  }

  /** Waits for the next block. */
  news(): Promise<void> {
    return new Promise(resolve => this.#listeners.add(resolve));
  }

  async #commit(envelopes: readonly common.Envelope[]): Promise<void> {
    const number = this.blocks.length;
    const verdicts: number[] = [];
    for (const [index, envelope] of envelopes.entries()) {
      verdicts.push(await this.#apply(transactionIdOf(envelope), { height: number, index }));
    }
    this.blocks.push(blockOf(this.blocks.at(-1), envelopes, verdicts));
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }

  async #apply(id: string, version: { readonly height: number; readonly index: number }): Promise<number> {
    if (this.#places.has(id)) return VERDICTS.DUPLICATE_TXID;
    const readWriteSet = this.#endorsed.get(id);
    const verdict =
      readWriteSet === undefined ? "ENDORSEMENT_POLICY_FAILURE" : await validate(readWriteSet, this.#state);
    if (readWriteSet !== undefined && verdict === "VALID") this.#state.write(readWriteSet.writes, version);
    this.#places.set(id, { block: version.height, verdict: VERDICTS[verdict] });
    return VERDICTS[verdict];
  }

  /** @throws Refused for a creator whom no authority of the channel vouches for, or whose certificate has ended. */
  #admit({ certificate, invocation: { creator, channel } }: ReadProposal): void {
    const authority = this.authorities.get(creator.mspid);
    const root = authority && new X509Certificate(authority.own.certificate);
    if (root === undefined || !certificate.verify(root.publicKey)) {
      throw new Refused(
        2,
        `error validating proposal: access denied: channel [${channel}] creator org unknown, creator is malformed`,
      );
    }
    if (new Date(certificate.validTo) < new Date()) {
      throw new Refused(2, "error validating proposal: proposal client identity expired");
    }
  }

  /** The peer's query chaincode. */
  #ask({ invocation: { args } }: ReadProposal): { readonly response: peer.Response } {
    const [question, , argument] = args;
    switch (question) {
      case "GetChainInfo":
        return { response: answer(200, this.#chainInfo().serializeBinary()) };
      case "GetBlockByNumber": {
        const block = this.blocks.at(Number(argument));
        if (block !== undefined) return { response: answer(200, block.serializeBinary()) };
        const text = `Failed to get block number ${argument}, error no such block number [${argument}] in index`;
        return { response: answer(500, new Uint8Array(), text) };
      }
      case "GetBlockByTxID": {
        const place = this.#places.get(argument);
        if (place !== undefined) return { response: answer(200, this.blocks[place.block].serializeBinary()) };
        const text = `Failed to get block for txID ${argument}, error no such transaction ID [${argument}] in index`;
        return { response: answer(500, new Uint8Array(), text) };
      }
      default:
        return { response: answer(500, new Uint8Array(), `Requested function ${question} not found.`) };
    }
  }

  #chainInfo(): common.BlockchainInfo {
    const block = this.blocks.at(-1);
    const next = blockOf(block, [], []).getHeader();
    return message(common.BlockchainInfo, {
      height: this.blocks.length,
      currentblockhash: next?.getPreviousHash_asU8() ?? new Uint8Array(),
      previousblockhash: block?.getHeader()?.getPreviousHash_asU8() ?? new Uint8Array(),
    });
  }
}

function endorsementOf(payload: Uint8Array, mspid: string, { certificate, privateKey }: Certified): peer.Endorsement {
  const endorser = message(msp.SerializedIdentity, { mspid, idBytes: Buffer.from(certificate) }).serializeBinary();
  const signature = sign("sha256", Buffer.concat([payload, endorser]), createPrivateKey(privateKey));
  return message(peer.Endorsement, { endorser, signature });
}

function creatorKeyOf(payload: Uint8Array): KeyObject {
  const header = common.Payload.deserializeBinary(payload).getHeader();
  const signed = common.SignatureHeader.deserializeBinary(header?.getSignatureHeader_asU8() ?? new Uint8Array());
  const creator = msp.SerializedIdentity.deserializeBinary(signed.getCreator_asU8());
  return new X509Certificate(creator.getIdBytes_asU8()).publicKey;
}

/** What the contract said, its code included. */
function textOf(error: unknown): string {
  const { code, message: text } = asLedgerError(error);
  return code === "LEDGER_REFUSED" ? text : `${code.slice("LEDGER_".length)}: ${text}`;
}
