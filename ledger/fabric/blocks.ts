import { createHash } from "node:crypto";
import { common, ledger, peer } from "@hyperledger/fabric-protos";
import { asLedgerError, LedgerError } from "../errors.js";
import type { Head, LedgerEvent, LedgerFault } from "../port.js";
import type { FabricChannel, Outcome } from "./channel.js";
import { VALID } from "./faults.js";

/** A transaction as a block holds it. */
interface BlockTransaction {
  readonly id: string;
  readonly verdict: number;
  readonly envelope: common.Envelope;
}

/** True when a chaincode would change the state, public or private, or told the world something. */
export function hasEffect(action: peer.ChaincodeAction): boolean {
  if (action.getEvents_asU8().length > 0) return true;
  const sets = ledger.rwset.TxReadWriteSet.deserializeBinary(action.getResults_asU8()).getNsRwsetList();
  return sets.some(set => {
    const written = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8());
    const privately = set
      .getCollectionHashedRwsetList()
      .map(hashed => ledger.rwset.kvrwset.HashedRWSet.deserializeBinary(hashed.getHashedRwset_asU8()));
    return written.getWritesList().length + written.getMetadataWritesList().length > 0 || privately.some(hasWrites);
  });
}

function hasWrites(hashed: ledger.rwset.kvrwset.HashedRWSet): boolean {
  return hashed.getHashedWritesList().length + hashed.getMetadataWritesList().length > 0;
}

/** What a chaincode told the world in a block's valid transactions. */
export function eventsOf(block: common.Block, chaincode: string): LedgerEvent[] {
  const position = String(numberOf(block));
  return transactionsOf(block)
    .filter(({ verdict }) => verdict === VALID)
    .flatMap(({ envelope }) => actionsOf(envelope))
    .map(action => peer.ChaincodeEvent.deserializeBinary(action.getEvents_asU8()))
    .filter(event => event.getChaincodeId() === chaincode && event.getEventName() !== "")
    .map(event => ({ position, name: event.getEventName(), payload: Buffer.from(event.getPayload_asU8()).toString() }));
}

/** How a transaction ended; undefined while no block of the asked peer holds it. */
export async function findOutcome(channel: FabricChannel, transactionId: string): Promise<Outcome | undefined> {
  try {
    const block = common.Block.deserializeBinary(await channel.ask("GetBlockByTxID", transactionId));
    const found = transactionsOf(block).find(({ id }) => id === transactionId);
    return found && { block: numberOf(block), verdict: found.verdict };
  } catch (error) {
    if (/no such transaction|not found/i.test(asLedgerError(error).message)) return undefined;
    throw error;
  }
}

/** The newest block of the asked peer. */
export async function headOf(channel: FabricChannel): Promise<Head> {
  const info = common.BlockchainInfo.deserializeBinary(await channel.ask("GetChainInfo"));
  return { height: info.getHeight(), hash: Buffer.from(info.getCurrentblockhash_asU8()).toString("hex") };
}

/** A block of the asked peer. */
export async function blockAt(channel: FabricChannel, number: bigint): Promise<common.Block> {
  return common.Block.deserializeBinary(await channel.ask("GetBlockByNumber", String(number)));
}

/** Compares what blocks say of themselves and of each other with what they hold. Takes them in order, from the first. */
export class ChainCheck {
  #height = 0;
  #previousHash = "";
  readonly faults: LedgerFault[] = [];

  get height(): number {
    return this.#height;
  }

  /** Hash of the newest block that was seen, in hex. */
  get hash(): string {
    return this.#previousHash;
  }

  add(block: common.Block): void {
    const expected = this.#height++;
    const header = headerOf(block);
    const say = (problem: string) => this.faults.push({ height: expected + 1, problem });
    if (header.getNumber() !== expected) say(`The block calls itself number ${header.getNumber()}, not ${expected}.`);
    const previous = Buffer.from(header.getPreviousHash_asU8()).toString("hex");
    if (previous !== this.#previousHash) say("The block names another block before it than the one that is there.");
    if (!dataHash(block).equals(header.getDataHash_asU8()))
      say("The transactions are not those that the header names.");
    this.#previousHash = blockHash(header).toString("hex");
  }
}

/** SHA-256 of a block's transactions, as its header has it. */
export function dataHash(block: common.Block): Buffer {
  const hash = createHash("sha256");
  for (const envelope of block.getData()?.getDataList_asU8() ?? []) hash.update(envelope);
  return hash.digest();
}

/** SHA-256 of a header in ASN.1 (Fabric 2.5, `protoutil.BlockHeaderHash`): number, hash before, hash of the data. */
export function blockHash(header: common.BlockHeader): Buffer {
  const number = element(0x02, integerBytes(BigInt(header.getNumber())));
  const previous = element(0x04, header.getPreviousHash_asU8());
  const data = element(0x04, header.getDataHash_asU8());
  return createHash("sha256")
    .update(element(0x30, Buffer.concat([number, previous, data])))
    .digest();
}

/** An element of DER; none here is longer than 127 bytes. */
function element(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
}

/** The shortest two's complement of a number that is not negative. */
function integerBytes(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  return bytes[0] < 0x80 ? bytes : Buffer.concat([Buffer.from([0]), bytes]);
}

/** @throws LedgerError for a block without a header, which no peer sends. */
function headerOf(block: common.Block): common.BlockHeader {
  const header = block.getHeader();
  if (header === undefined) throw new LedgerError("LEDGER_CORRUPT", "The peer sent a block without a header.");
  return header;
}

function numberOf(block: common.Block): bigint {
  return BigInt(headerOf(block).getNumber());
}

function transactionsOf(block: common.Block): BlockTransaction[] {
  const verdicts = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER];
  return (block.getData()?.getDataList_asU8() ?? []).map((bytes, i) => {
    const envelope = common.Envelope.deserializeBinary(bytes);
    return { id: channelHeaderOf(envelope).getTxId(), verdict: verdicts?.[i] ?? VALID, envelope };
  });
}

function channelHeaderOf(envelope: common.Envelope): common.ChannelHeader {
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  return common.ChannelHeader.deserializeBinary(payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array());
}

/** What an envelope's chaincodes did; nothing for a transaction that only configures the channel. */
export function actionsOf(envelope: common.Envelope): peer.ChaincodeAction[] {
  if (channelHeaderOf(envelope).getType() !== common.HeaderType.ENDORSER_TRANSACTION) return [];
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const transaction = peer.Transaction.deserializeBinary(payload.getData_asU8());
  return transaction.getActionsList().map(item => {
    const action = peer.ChaincodeActionPayload.deserializeBinary(item.getPayload_asU8()).getAction();
    return chaincodeActionOf(action?.getProposalResponsePayload_asU8() ?? new Uint8Array());
  });
}

/** What the chaincode did, from the bytes that endorsers sign. */
export function chaincodeActionOf(responsePayload: Uint8Array): peer.ChaincodeAction {
  const response = peer.ProposalResponsePayload.deserializeBinary(responsePayload);
  return peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
}
