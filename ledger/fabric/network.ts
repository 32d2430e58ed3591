import "./quiet-sdk.js";
import fabricNetwork, { type Gateway, type Network } from "fabric-network";
import type { common } from "@hyperledger/fabric-protos";
import { asLedgerError } from "../errors.js";
import type { Command } from "../port.js";
import { blockAt } from "./blocks.js";
import type { Endorsed, FabricChannel } from "./channel.js";
import { FabricLedger } from "./fabric-ledger.js";
import { readFault } from "./faults.js";
import { NetworkTransaction } from "./network-transaction.js";
import { accepted, attempt, build, type Handler, type IdentityContext } from "./network-proposal.js";
import { identityFor, ownOrganisation, readSite, type FabricOptions, type Site } from "./site.js";

/** What the SDK's contracts can do besides what their type says. */
interface DiscoveringContract {
  getDiscoveryHandler(): Promise<Handler>;
}

/** A connection in the name of one identity. */
interface Connection {
  readonly gateway: Gateway;
  readonly network: Network;
  readonly identity: IdentityContext;
}

/** Who asks for blocks and outcomes. */
const READER = "operator";

/**
 * Opens a Fabric network with the older SDK, fabric-network 2.2: the client itself asks the peers of all organisations,
 * compares their answers and talks to the orderers. A profile without `channels` leaves it to the peers to tell who they are.
 */
export async function openNetwork(options: FabricOptions): Promise<FabricLedger> {
  const site = await readSite(options);
  return new FabricLedger(new NetworkChannel(site), site.chaincode, site.patience);
}

class NetworkChannel implements FabricChannel {
  readonly #site: Site;
  readonly #connections = new Map<string, Promise<Connection>>();

  constructor(site: Site) {
    this.#site = site;
  }

  get name(): string {
    return this.#site.channel;
  }

  async endorse(command: Command): Promise<Endorsed> {
    const { network, identity } = await this.#connection(command.as ?? READER);
    const channel = network.getChannel();
    const endorsement = channel.newEndorsement(this.#site.chaincode);
    build(endorsement, identity, command);
    const handler = await attempt("endorse", () => this.#discovery(network));
    const targets = handler === undefined ? { targets: channel.getEndorsers() } : { handler };
    const { endorseMs } = this.#site.patience;
    const timeout = { requestTimeout: endorseMs };
    const responses = await attempt("endorse", () => endorsement.send({ ...targets, ...timeout }), endorseMs * 2);
    const [first, ...others] = accepted(responses, "endorse");
    if (others.some(({ payload }) => !payload.equals(first.payload))) {
      throw readFault({ step: "endorse", text: "ProposalResponsePayloads do not match" });
    }
    return new NetworkTransaction({ network, endorsement, identity, handler, patience: this.#site.patience }, first);
  }

  async evaluate(command: Command): Promise<string> {
    return (await this.#query(this.#site.chaincode, command)).toString();
  }

  ask(question: string, ...argument: readonly string[]): Promise<Uint8Array> {
    return this.#query("qscc", { function: question, args: [this.name, ...argument] });
  }

  async *blocks(from: bigint, signal: AbortSignal): AsyncIterable<common.Block> {
    const { network } = await this.#connection(READER);
    const bell = new Bell();
    const listener = () => Promise.resolve(bell.ring());
    const stop = () => {
      bell.ring();
    };
    signal.addEventListener("abort", stop, { once: true });
    await attempt("evaluate", () => network.addBlockListener(listener, { type: "filtered" }));
    try {
      for (let next = from; !signal.aborted;) {
        const block = await this.#blockIfThere(next);
        if (block === undefined) await bell.heard();
        else {
          yield block;
          next++;
        }
      }
    } finally {
      network.removeBlockListener(listener);
      signal.removeEventListener("abort", stop);
    }
  }

  close(): void {
    for (const connection of this.#connections.values()) {
      connection.then(
        ({ gateway }) => {
          gateway.disconnect();
        },
        () => undefined,
      );
    }
  }

  async #blockIfThere(number: bigint): Promise<common.Block | undefined> {
    try {
      return await blockAt(this, number);
    } catch (error) {
      if (/no such block|not found|cannot be found|higher than/i.test(asLedgerError(error).message)) return undefined;
      throw error;
    }
  }

  async #query(chaincode: string, command: Command): Promise<Buffer> {
    const { network, identity } = await this.#connection(command.as ?? READER);
    const channel = network.getChannel();
    const query = channel.newQuery(chaincode);
    build(query, identity, command);
    const targets = channel.getEndorsers(ownOrganisation(this.#site.profile).mspid).slice(0, 1);
    const request = { targets, requestTimeout: this.#site.patience.endorseMs };
    await Promise.all(targets.map(target => target.checkConnection()));
    const responses = await attempt("evaluate", () => query.send(request));
    return accepted(responses, "evaluate")[0].response.payload;
  }

  /** The peers' own account of who must endorse; undefined where the profile says it. */
  #discovery(network: Network): Promise<Handler> {
    const contract = network.getContract(this.#site.chaincode) as unknown as DiscoveringContract;
    return contract.getDiscoveryHandler();
  }

  #connection(role: string): Promise<Connection> {
    let connection = this.#connections.get(role);
    if (connection === undefined) {
      connection = attempt("evaluate", () => connect(this.#site, role));
      this.#connections.set(role, connection);
      connection.catch(() => this.#connections.delete(role));
    }
    return connection;
  }
}

async function connect(site: Site, role: string): Promise<Connection> {
  const { mspId, certificate, privateKey } = identityFor(site, role);
  const gateway = new fabricNetwork.Gateway();
  await gateway.connect(site.profile, {
    identity: { type: "X.509", mspId, credentials: { certificate, privateKey } } as fabricNetwork.X509Identity,
    discovery: { enabled: site.profile.channels === undefined, asLocalhost: isLocal(site) },
  });
  const network = await gateway.getNetwork(site.channel);
  if (gateway.identityContext === undefined) throw new Error("the SDK did not take the identity");
  return { gateway, network, identity: gateway.identityContext };
}

/** Whether the peers, which know each other by names, are reached on this machine. */
function isLocal({ profile }: Site): boolean {
  return Object.values(profile.peers).every(({ url }) => /^grpcs?:\/\/(?:localhost|127\.)/.test(url));
}

/** Wakes a single waiter; a ring that nobody waits for is heard by the next. */
class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  async heard(): Promise<void> {
    if (!this.#rung) await new Promise<void>(resolve => (this.#wake = resolve));
    this.#rung = false;
  }
}
