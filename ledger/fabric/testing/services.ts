import * as grpc from "@grpc/grpc-js";
import { common, gateway, orderer, peer } from "@hyperledger/fabric-protos";
import type { Step } from "../faults.js";
import type { Certified } from "./certificates.js";
import type { FakeChannel } from "./fake-channel.js";
import { envelopeOf, errorDetails, filteredBlockOf, readProposal } from "./messages.js";
import { message } from "./protobuf.js";
import { Refused, type Troubles } from "./troubles.js";

/** A node of the fake network. */
export interface FakeNode {
  readonly channel: FakeChannel;
  readonly mspId: string;
  readonly endorser: Certified;
  readonly troubles: Troubles;
}

type Unary<Q, A> = grpc.handleUnaryCall<Q, A>;

/** The gateway service of a peer, as fabric-gateway's client calls it. */
export function gatewayService(node: FakeNode): grpc.UntypedServiceImplementation {
  const { channel, mspId, endorser } = node;
  const endorse = async (request: gateway.EndorseRequest) => {
    const signed = required(request.getProposedTransaction());
    const { response, payload, endorsement } = await channel.endorse(signed, mspId, endorser);
    if (endorsement === undefined) throw chaincodeError(response, "failed to endorse transaction");
    return message(gateway.EndorseResponse, {
      preparedTransaction: envelopeOf(readProposal(signed), payload, [endorsement]),
    });
  };
  const evaluate = async (request: gateway.EvaluateRequest) => {
    const { response } = await channel.endorse(required(request.getProposedTransaction()), mspId, endorser);
    if (response.getStatus() !== 200) throw chaincodeError(response, "evaluate call to endorser returned error");
    return message(gateway.EvaluateResponse, { result: response });
  };
  const submit = (request: gateway.SubmitRequest) => {
    channel.order(required(request.getPreparedTransaction()));
    return Promise.resolve(new gateway.SubmitResponse());
  };
  const commitStatus = async (request: gateway.SignedCommitStatusRequest) => {
    const id = gateway.CommitStatusRequest.deserializeBinary(request.getRequest_asU8()).getTransactionId();
    for (let place = channel.placeOf(id); ; place = channel.placeOf(id)) {
      if (place !== undefined) {
        return message(gateway.CommitStatusResponse, { result: place.verdict as 0, blockNumber: place.block });
      }
      await channel.news();
    }
  };
  return {
    endorse: unary(node, "endorse", endorse),
    evaluate: unary(node, "evaluate", evaluate),
    submit: unary(node, "order", submit),
    commitStatus: unary(node, "commit", commitStatus),
  };
}

/** The endorser service of a peer, as fabric-network's client calls it; queries and proposals look the same to it. */
export function endorserService(node: FakeNode): grpc.UntypedServiceImplementation {
  const { channel, mspId, endorser } = node;
  const process = async (signed: peer.SignedProposal) => {
    const { response, payload, endorsement } = await channel.endorse(signed, mspId, endorser);
    return message(peer.ProposalResponse, { version: 1, response, payload, endorsement });
  };
  const isQuestion = (signed: peer.SignedProposal) => readProposal(signed).chaincode === "qscc";
  return {
    processProposal: ((call, done) => {
      unary(node, isQuestion(call.request) ? "evaluate" : "endorse", process)(call, done);
    }) satisfies Unary<peer.SignedProposal, peer.ProposalResponse>,
  };
}

/** The deliver service of a peer: whole blocks, or outcomes only. */
export function deliverService({ channel }: FakeNode): grpc.UntypedServiceImplementation {
  const send = (filtered: boolean) => (stream: grpc.ServerDuplexStream<common.Envelope, peer.DeliverResponse>) => {
    stream.on(
      "data",
      (envelope: common.Envelope) => void deliver(channel, stream, { from: startOf(envelope, channel), filtered }),
    );
    stream.on("end", () => {
      stream.end();
    });
  };
  return { deliver: send(false), deliverFiltered: send(true), deliverWithPrivateData: send(false) };
}

/** The broadcast service of an orderer. */
export function broadcastService({ channel, troubles }: FakeNode): grpc.UntypedServiceImplementation {
  const order = (envelope: common.Envelope) => {
    channel.order(envelope);
    return Promise.resolve(common.Status.SUCCESS);
  };
  return {
    broadcast: (stream: grpc.ServerDuplexStream<common.Envelope, orderer.BroadcastResponse>) => {
      stream.on("data", (envelope: common.Envelope) => {
        troubles
          .meet("order", () => order(envelope))
          .catch(() => common.Status.SERVICE_UNAVAILABLE)
          .then(
            status => stream.write(message(orderer.BroadcastResponse, { status })),
            () => undefined,
          );
      });
      stream.on("end", () => {
        stream.end();
      });
    },
    deliver: () => undefined,
  };
}

function unary<Q, A>({ troubles, mspId }: FakeNode, step: Step, act: (request: Q) => Promise<A>): Unary<Q, A> {
  return (call, done) => {
    troubles
      .meet(step, () => act(call.request))
      .then(
        answer => {
          done(null, answer);
        },
        (error: unknown) => {
          done(serviceError(error, mspId));
        },
      );
  };
}

function serviceError(error: unknown, mspId: string): Partial<grpc.StatusObject> {
  if (!(error instanceof Refused)) return { code: grpc.status.INTERNAL, details: String(error) };
  const metadata = new grpc.Metadata();
  if (error.detail !== undefined) metadata.set("grpc-status-details-bin", errorDetails(error, mspId));
  return { code: error.status, details: error.message, metadata };
}

function chaincodeError(response: peer.Response, summary: string): Refused {
  const text = `chaincode response ${response.getStatus()}, ${response.getMessage()}`;
  return new Refused(grpc.status.ABORTED, `${summary}, see attached details for more info`, text);
}

interface Delivery {
  readonly from: number;
  readonly filtered: boolean;
}

async function deliver(
  channel: FakeChannel,
  stream: grpc.ServerDuplexStream<common.Envelope, peer.DeliverResponse>,
  { from, filtered }: Delivery,
): Promise<void> {
  for (let next = from; !stream.cancelled; next++) {
    while (next >= channel.blocks.length) await channel.news();
    const block = channel.blocks[next];
    const content = filtered ? { filteredBlock: filteredBlockOf(block, channel.name) } : { block };
    stream.write(message(peer.DeliverResponse, content));
  }
}

function startOf(envelope: common.Envelope, channel: FakeChannel): number {
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const start = orderer.SeekInfo.deserializeBinary(payload.getData_asU8()).getStart();
  if (start?.hasSpecified() === true) return start.getSpecified()?.getNumber() ?? 0;
  return start?.hasOldest() === true ? 0 : channel.blocks.length - 1;
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Refused(grpc.status.INVALID_ARGUMENT, "a transaction is required");
  return value;
}
