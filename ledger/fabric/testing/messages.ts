import { createHash, verify, X509Certificate, type KeyObject } from "node:crypto";
import { common, gateway, google, ledger, msp, peer } from "@hyperledger/fabric-protos";
import { blockHash, dataHash } from "../blocks.js";
import type { ReadWriteSet } from "../../embedded/rwset.js";
import type { ContractEvent, Invocation } from "../../embedded/stub.js";
import { message } from "./protobuf.js";
import { Refused } from "./troubles.js";

const { rwset } = ledger;

/** A proposal as a peer reads it. */
export interface ReadProposal {
  readonly bytes: Uint8Array;
  readonly header: common.Header;
  readonly payload: peer.ChaincodeProposalPayload;
  readonly chaincode: string;
  readonly certificate: X509Certificate;
  readonly invocation: Invocation;
}

/** Reads a signed proposal. @throws Refused as a peer does, where its signature is not that of its creator. */
export function readProposal(signed: peer.SignedProposal): ReadProposal {
  const bytes = signed.getProposalBytes_asU8();
  const proposal = peer.Proposal.deserializeBinary(bytes);
  const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  const signatureHeader = common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8());
  const creator = msp.SerializedIdentity.deserializeBinary(signatureHeader.getCreator_asU8());
  const certificate = new X509Certificate(creator.getIdBytes_asU8());
  checkSignature(bytes, signed.getSignature_asU8(), certificate.publicKey);
  const payload = peer.ChaincodeProposalPayload.deserializeBinary(proposal.getPayload_asU8());
  const spec = peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8()).getChaincodeSpec();
  const args = spec?.getInput()?.getArgsList_asU8() ?? [];
  const transient = new Map<string, Uint8Array>();
  payload.getTransientmapMap().forEach((value: Uint8Array, name: string) => transient.set(name, Buffer.from(value)));
  return {
    ...{ bytes, header, payload, certificate },
    chaincode: spec?.getChaincodeId()?.getName() ?? "",
    invocation: {
      transactionId: channelHeader.getTxId(),
      channel: channelHeader.getChannelId(),
      creator: { mspid: creator.getMspid(), idBytes: Buffer.from(creator.getIdBytes_asU8()) },
      args: args.map(arg => Buffer.from(arg).toString()),
      transient,
      time: (channelHeader.getTimestamp()?.toDate() ?? new Date(0)).toISOString(),
    },
  };
}

/** @throws Refused as a node does. */
export function checkSignature(bytes: Uint8Array, signature: Uint8Array, key: KeyObject): void {
  if (verify("sha256", bytes, key, signature)) return;
  throw new Refused(2, "error validating proposal: access denied: creator's signature over the proposal is not valid");
}

/** What a chaincode answered and did. */
export interface Simulation {
  readonly result: Uint8Array;
  readonly readWriteSet: ReadWriteSet;
  readonly event: ContractEvent | undefined;
}

/** The bytes that an endorser signs. */
export function responsePayload(proposal: ReadProposal, { result, readWriteSet, event }: Simulation): Uint8Array {
  const action = message(peer.ChaincodeAction, {
    response: answer(200, result),
    results: writesOf(proposal.chaincode, readWriteSet).serializeBinary(),
    events: event === undefined ? new Uint8Array() : eventOf(proposal, event).serializeBinary(),
  });
  const proposalHash = createHash("sha256").update(proposal.bytes).digest();
  return message(peer.ProposalResponsePayload, {
    proposalHash,
    extension$: action.serializeBinary(),
  }).serializeBinary();
}

/** An answer of a chaincode or a peer. */
export function answer(status: number, payload: Uint8Array, text = ""): peer.Response {
  return message(peer.Response, { status, payload, message: text });
}

/** The transaction that a gateway puts together from endorsements; its client signs it. */
export function envelopeOf(
  { header, payload }: ReadProposal,
  proposalResponsePayload: Uint8Array,
  endorsementsList: peer.Endorsement[],
): common.Envelope {
  const withoutTransient = message(peer.ChaincodeProposalPayload, { input: payload.getInput_asU8() });
  const action = message(peer.ChaincodeActionPayload, {
    chaincodeProposalPayload: withoutTransient.serializeBinary(),
    action: message(peer.ChaincodeEndorsedAction, { proposalResponsePayload, endorsementsList }),
  });
  const item = message(peer.TransactionAction, {
    header: header.getSignatureHeader_asU8(),
    payload: action.serializeBinary(),
  });
  const data = message(peer.Transaction, { actionsList: [item] }).serializeBinary();
  return message(common.Envelope, { payload: message(common.Payload, { header, data }).serializeBinary() });
}

/** A block after another one. */
export function blockOf(
  previous: common.Block | undefined,
  envelopes: readonly common.Envelope[],
  verdicts: readonly number[],
): common.Block {
  const before = previous?.getHeader();
  const block = message(common.Block, {
    data: message(common.BlockData, { dataList: envelopes.map(envelope => envelope.serializeBinary()) }),
    metadata: message(common.BlockMetadata, {
      metadataList: [new Uint8Array(), new Uint8Array(), Uint8Array.from(verdicts)],
    }),
  });
  const header = message(common.BlockHeader, {
    number: before === undefined ? 0 : before.getNumber() + 1,
    previousHash: before === undefined ? new Uint8Array() : blockHash(before),
    dataHash: dataHash(block),
  });
  block.setHeader(header);
  return block;
}

/** What listeners who need no more than outcomes get of a block. */
export function filteredBlockOf(block: common.Block, channelId: string): peer.FilteredBlock {
  const verdicts = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER];
  const envelopes = block.getData()?.getDataList_asU8() ?? [];
  const filteredTransactionsList = envelopes.map((bytes, i) =>
    message(peer.FilteredTransaction, {
      txid: transactionIdOf(common.Envelope.deserializeBinary(bytes)),
      type: common.HeaderType.ENDORSER_TRANSACTION,
      txValidationCode: (verdicts?.[i] ?? 0) as 0,
    }),
  );
  return message(peer.FilteredBlock, {
    channelId,
    number: block.getHeader()?.getNumber() ?? 0,
    filteredTransactionsList,
  });
}

/** Id of an envelope's transaction. */
export function transactionIdOf(envelope: common.Envelope): string {
  const header = common.Payload.deserializeBinary(envelope.getPayload_asU8()).getHeader();
  return common.ChannelHeader.deserializeBinary(header?.getChannelHeader_asU8() ?? new Uint8Array()).getTxId();
}

/** The details that a gateway attaches to an error, as the header `grpc-status-details-bin` has them. */
export function errorDetails({ status, message: text, detail = "" }: Refused, mspId: string): Buffer {
  const said = message(gateway.ErrorDetail, { address: "peer0:7051", mspId, message: detail });
  const whole = message(google.rpc.Status, { code: status, message: text });
  const any = whole.addDetails();
  any.setTypeUrl("type.googleapis.com/gateway.ErrorDetail");
  any.setValue(said.serializeBinary());
  return Buffer.from(whole.serializeBinary());
}

function eventOf({ chaincode, invocation }: ReadProposal, { name, payload }: ContractEvent): peer.ChaincodeEvent {
  const { transactionId: txId } = invocation;
  return message(peer.ChaincodeEvent, { chaincodeId: chaincode, txId, eventName: name, payload });
}

/** Writes only: what was read stays with the fake peer, which checks it when the block is committed. */
function writesOf(namespace: string, { writes }: ReadWriteSet): ledger.rwset.TxReadWriteSet {
  const writesList = writes.map(({ key, value }) =>
    message(rwset.kvrwset.KVWrite, { key, isDelete: value === undefined, value: value ?? new Uint8Array() }),
  );
  const set = message(rwset.kvrwset.KVRWSet, { writesList }).serializeBinary();
  return message(rwset.TxReadWriteSet, { nsRwsetList: [message(rwset.NsReadWriteSet, { namespace, rwset: set })] });
}
