import type { CommitListener, Network } from "fabric-network";
import { peer } from "@hyperledger/fabric-protos";
import { LedgerError } from "../errors.js";
import { chaincodeActionOf, hasEffect } from "./blocks.js";
import type { Endorsed, Outcome, Patience } from "./channel.js";
import { readFault } from "./faults.js";
import { attempt, type Endorsement, type Handler, type IdentityContext, type Response } from "./network-proposal.js";

/** What a transaction needs on its way from the endorsers to the orderers. */
export interface Route {
  readonly network: Network;
  readonly endorsement: Endorsement;
  readonly identity: IdentityContext;
  readonly handler: Handler;
  readonly patience: Patience;
}

/** A transaction that fabric-network's client has put together from the peers' answers; its bytes stay the same. */
export class NetworkTransaction implements Endorsed {
  readonly transactionId: string;
  readonly result: string;
  readonly hasEffect: boolean;
  readonly #route: Route;
  readonly #commit: ReturnType<Endorsement["newCommit"]>;
  #outcome: Promise<Outcome> | undefined;

  constructor(route: Route, answer: Response) {
    this.#route = route;
    this.transactionId = route.endorsement.getTransactionId();
    this.result = answer.response.payload.toString();
    this.hasEffect = hasEffect(chaincodeActionOf(answer.payload));
    this.#commit = route.endorsement.newCommit();
    this.#commit.build(route.identity);
    this.#commit.sign(route.identity);
  }

  async order(): Promise<void> {
    const { network, handler, patience } = this.#route;
    const { started, outcome } = this.#listen();
    this.#outcome = outcome;
    outcome.catch(() => undefined);
    await attempt("order", () => started);
    const targets = handler === undefined ? { targets: network.getChannel().getCommitters() } : { handler };
    const request = { ...targets, requestTimeout: patience.orderMs };
    const { status } = (await attempt("order", () => this.#commit.send(request), patience.orderMs * 2)) as {
      status: string;
    };
    if (status !== "SUCCESS") throw readFault({ step: "order", text: `the orderer answered ${status}` });
  }

  outcome(): Promise<Outcome> {
    return this.#outcome ?? Promise.reject(new LedgerError("LEDGER_FAILED", "The transaction was not ordered yet."));
  }

  /** Listens for the transaction's block at the own organisation's peers. */
  #listen(): { readonly started: Promise<unknown>; readonly outcome: Promise<Outcome> } {
    const { network, patience } = this.#route;
    const peers = network.getChannel().getEndorsers(network.getGateway().getIdentity().mspId);
    let tell: CommitListener = () => undefined;
    let timer: NodeJS.Timeout | undefined;
    const outcome = new Promise<Outcome>((resolve, reject) => {
      const fail = (text: string) => {
        reject(readFault({ step: "commit", text }));
      };
      tell = (error, event) => {
        if (event === undefined) fail(String(error));
        else resolve({ block: BigInt(event.getBlockEvent().blockNumber.toString()), verdict: verdictOf(event.status) });
      };
      timer = setTimeout(fail, patience.commitMs, `no block has the transaction within ${patience.commitMs / 1000} s`);
    });
    const ended = outcome.finally(() => {
      clearTimeout(timer);
      forget(network, tell);
    });
    return { started: network.addCommitListener(tell, peers, this.transactionId), outcome: ended };
  }
}

/** The SDK throws where it has dropped the listener itself, together with a connection that broke. */
function forget(network: Network, listener: CommitListener): void {
  try {
    network.removeCommitListener(listener);
  } catch {
    return;
  }
}

/** The number of a verdict that the SDK gives by name. */
function verdictOf(status: string): number {
  return peer.TxValidationCode[status as keyof typeof peer.TxValidationCode];
}
