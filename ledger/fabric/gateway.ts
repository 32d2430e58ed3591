import { createPrivateKey } from "node:crypto";
import { Client, credentials, type ServiceError } from "@grpc/grpc-js";
import { connect, GatewayError, hash, signers, type Contract, type Gateway } from "@hyperledger/fabric-gateway";
import { gateway as protos, type common } from "@hyperledger/fabric-protos";
import { LedgerError } from "../errors.js";
import type { Command } from "../port.js";
import { actionsOf, hasEffect } from "./blocks.js";
import type { Endorsed, FabricChannel, Patience } from "./channel.js";
import { FabricLedger } from "./fabric-ledger.js";
import { readFault, type Step } from "./faults.js";
import { identityFor, ownPeer, readSite, type FabricOptions, type Site } from "./site.js";

const CONNECTION = {
  "grpc.keepalive_time_ms": 30_000,
  "grpc.initial_reconnect_backoff_ms": 100,
  "grpc.max_reconnect_backoff_ms": 1000,
};

/** Who asks for blocks and outcomes. */
const READER = "operator";

/** Opens a Fabric network through the gateway service of the own organisation's peer, which finds all others. */
export async function openGateway(options: FabricOptions): Promise<FabricLedger> {
  const site = await readSite(options);
  return new FabricLedger(new GatewayChannel(site), site.chaincode, site.patience);
}

class GatewayChannel implements FabricChannel {
  readonly #site: Site;
  readonly #client: Client;
  readonly #gateways = new Map<string, Gateway>();

  constructor(site: Site) {
    this.#site = site;
    this.#client = connectTo(site);
  }

  get name(): string {
    return this.#site.channel;
  }

  async endorse(command: Command): Promise<Endorsed> {
    const contract = this.#contract(command.as ?? READER);
    const proposal = contract.newProposal(command.function, argumentsOf(command));
    const transaction = await attempt("endorse", () => proposal.endorse());
    const envelope = protos.PreparedTransaction.deserializeBinary(transaction.getBytes()).getEnvelope();
    let submitted: Awaited<ReturnType<typeof transaction.submit>> | undefined;
    return {
      transactionId: transaction.getTransactionId(),
      result: text(transaction.getResult()),
      hasEffect: envelope !== undefined && actionsOf(envelope).some(hasEffect),
      order: async () => {
        submitted = await attempt("order", () => transaction.submit());
      },
      outcome: async () => {
        if (submitted === undefined) throw new LedgerError("LEDGER_FAILED", "The transaction was not ordered yet.");
        const { blockNumber, code } = await attempt("commit", submitted.getStatus.bind(submitted));
        return { block: blockNumber, verdict: code };
      },
    };
  }

  async evaluate(command: Command): Promise<string> {
    const contract = this.#contract(command.as ?? READER);
    return text(await attempt("evaluate", () => contract.evaluate(command.function, argumentsOf(command))));
  }

  async ask(question: string, ...argument: readonly string[]): Promise<Uint8Array> {
    const qscc = this.#gateway(READER).getNetwork(this.name).getContract("qscc");
    return attempt("evaluate", () => qscc.evaluateTransaction(question, this.name, ...argument));
  }

  async *blocks(from: bigint, signal: AbortSignal): AsyncIterable<common.Block> {
    const network = this.#gateway(READER).getNetwork(this.name);
    const blocks = await attempt("evaluate", () => network.getBlockEvents({ startBlock: from }));
    const stop = () => {
      blocks.close();
    };
    signal.addEventListener("abort", stop, { once: true });
    try {
      yield* blocks;
    } catch (error) {
      if (!signal.aborted) throw faultOf("evaluate", error);
    } finally {
      signal.removeEventListener("abort", stop);
      stop();
    }
  }

  close(): void {
    for (const gateway of this.#gateways.values()) gateway.close();
    this.#client.close();
  }

  #contract(role: string): Contract {
    return this.#gateway(role).getNetwork(this.name).getContract(this.#site.chaincode);
  }

  #gateway(role: string): Gateway {
    const identity = identityFor(this.#site, role);
    let gateway = this.#gateways.get(role);
    if (gateway === undefined) {
      gateway = connect({
        client: this.#client,
        identity: { mspId: identity.mspId, credentials: Buffer.from(identity.certificate) },
        signer: signers.newPrivateKeySigner(createPrivateKey(identity.privateKey)),
        hash: hash.sha256,
        ...deadlines(this.#site.patience),
      });
      this.#gateways.set(role, gateway);
    }
    return gateway;
  }
}

function connectTo({ profile }: Site): Client {
  const { address, tlsAuthority, hostName } = ownPeer(profile);
  const secure =
    tlsAuthority === undefined ? credentials.createInsecure() : credentials.createSsl(Buffer.from(tlsAuthority));
  const override = hostName === undefined ? {} : { "grpc.ssl_target_name_override": hostName };
  return new Client(address, secure, { ...CONNECTION, ...override });
}

function deadlines({ endorseMs, orderMs, commitMs }: Patience) {
  const within = (ms: number) => () => ({ deadline: Date.now() + ms });
  return {
    evaluateOptions: within(endorseMs),
    endorseOptions: within(endorseMs),
    submitOptions: within(orderMs),
    commitStatusOptions: within(commitMs),
  };
}

function argumentsOf({ args, transient }: Command) {
  return { arguments: [...args], transientData: transient && { ...transient } };
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

async function attempt<T>(step: Step, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw faultOf(step, error);
  }
}

function faultOf(step: Step, error: unknown): LedgerError {
  if (!(error instanceof GatewayError)) return readFault({ step, text: String(error) });
  const said = error.details.map(({ mspId, address, message }) => `${message} (${mspId} ${address})`);
  // The peers' own words end with a refusal of the contract, which must stay free of what others say.
  const refused = error.details.find(({ message }) => message.startsWith("chaincode response"));
  if (refused !== undefined) return readFault({ step, status: error.code, text: refused.message });
  const summary = (error.cause as ServiceError | undefined)?.details ?? error.message;
  return readFault({ step, status: error.code, text: [summary, ...said].join("; ") });
}
