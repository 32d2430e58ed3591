import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { gateway, orderer, peer } from "@hyperledger/fabric-protos";
import { TestAuthority, type Certified } from "./certificates.js";
import { FakeChannel } from "./fake-channel.js";
import { broadcastService, deliverService, endorserService, gatewayService, type FakeNode } from "./services.js";
import { Troubles } from "./troubles.js";

const ROLES = ["operator", "registrar", "treasury", "participant", "meter", "arbiter"] as const;
const [OPERATOR, PROSUMERS] = ["OperatorMSP", "ProsumersMSP"];
const HOST = "localhost";

/** How the fake network differs from the usual one. */
export interface FakeOptions {
  /** Module of the contract; the settlement contract unless said. */
  readonly contract?: string;
  /** End of the operator's certificate. */
  readonly operatorUntil?: Date;
  /** True for identities that another authority has issued, as after a reset of the network. */
  readonly foreign?: boolean;
}

/**
 * A network of two peers and an orderer in this process: real connections, TLS, certificates and messages, with a ledger in
 * memory behind them. It answers as real nodes were seen to answer and is no proof of how they do.
 */
export class FakeNetwork {
  private constructor(
    readonly folder: string,
    readonly channel: FakeChannel,
    readonly troubles: Troubles,
    readonly servers: readonly grpc.Server[],
  ) {}

  /** Describes the network to a driver. */
  get description(): string {
    return join(this.folder, "summary.json");
  }

  static async start(options: FakeOptions = {}): Promise<FakeNetwork> {
    const authorities = new Map([OPERATOR, PROSUMERS].map(msp => [msp, new TestAuthority(`ca.${msp}`)]));
    const channel = await FakeChannel.open("gridloom", authorities, options.contract);
    const troubles = new Troubles();
    const tls = new TestAuthority("tlsca");
    const servers: grpc.Server[] = [];
    const serve = async (mspId: string, add: (server: grpc.Server, node: FakeNode) => void) => {
      const endorser = authorityOf(authorities, mspId).issue({ name: `node.${mspId}` });
      const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
      add(server, { channel, mspId, endorser, troubles });
      servers.push(server);
      return `grpcs://${HOST}:${await listen(server, tls.issue({ name: HOST, host: HOST }))}`;
    };
    const nodes = {
      operator: await serve(OPERATOR, (server, node) => {
        server.addService(gateway.GatewayService, gatewayService(node));
        addPeer(server, node);
      }),
      prosumers: await serve(PROSUMERS, (server, node) => {
        addPeer(server, { ...node, troubles: new Troubles() });
      }),
      orderer: await serve(OPERATOR, (server, node) => {
        server.addService(orderer.AtomicBroadcastService, broadcastService(node));
      }),
    };
    const folder = await mkdtemp(join(tmpdir(), "gridloom-fabric-"));
    const issuers =
      options.foreign === true
        ? new Map([...authorities.keys()].map(msp => [msp, new TestAuthority("other")]))
        : authorities;
    await writeIdentities(folder, issuers, options.operatorUntil);
    await writeJson(folder, "profile.json", profileOf(nodes, tls.own.certificate));
    await writeJson(folder, "summary.json", descriptionOf());
    return new FakeNetwork(folder, channel, troubles, servers);
  }

  async stop(): Promise<void> {
    for (const server of this.servers) server.forceShutdown();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function addPeer(server: grpc.Server, node: FakeNode): void {
  server.addService(peer.EndorserService, endorserService(node));
  server.addService(peer.DeliverService, deliverService(node));
}

function listen(server: grpc.Server, { certificate, privateKey }: Certified): Promise<number> {
  const pair = { cert_chain: Buffer.from(certificate), private_key: Buffer.from(privateKey) };
  return new Promise((resolve, reject) => {
    server.bindAsync(`${HOST}:0`, grpc.ServerCredentials.createSsl(null, [pair]), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

function profileOf(nodes: Readonly<Record<"operator" | "prosumers" | "orderer", string>>, pem: string): object {
  const at = (url: string) => ({ url, tlsCACerts: { pem } });
  return {
    name: "fake",
    version: "1.0.0",
    client: { organization: "operator" },
    channels: { gridloom: { orderers: ["orderer"], peers: { "peer.operator": {}, "peer.prosumers": {} } } },
    organizations: {
      operator: { mspid: OPERATOR, peers: ["peer.operator"] },
      prosumers: { mspid: PROSUMERS, peers: ["peer.prosumers"] },
    },
    peers: { "peer.operator": at(nodes.operator), "peer.prosumers": at(nodes.prosumers) },
    orderers: { orderer: at(nodes.orderer) },
  };
}

function descriptionOf(): object {
  const identities = ROLES.map(role => [
    role,
    { mspId: mspOf(role), certificate: `${role}/cert.pem`, key: `${role}/key.pem` },
  ]);
  return {
    channel: "gridloom",
    chaincode: { name: "settlement" },
    organisations: [{ connectionProfile: "profile.json" }],
    identities: Object.fromEntries(identities) as object,
  };
}

async function writeIdentities(
  folder: string,
  authorities: ReadonlyMap<string, TestAuthority>,
  operatorUntil?: Date,
): Promise<void> {
  for (const role of ROLES) {
    const validTo = role === "operator" ? operatorUntil : undefined;
    const subject = { name: role, attributes: { "gridloom.role": role }, validTo };
    const { certificate, privateKey } = authorityOf(authorities, mspOf(role)).issue(subject);
    await mkdir(join(folder, role));
    await writeFile(join(folder, role, "cert.pem"), certificate);
    await writeFile(join(folder, role, "key.pem"), privateKey, { mode: 0o600 });
  }
}

function mspOf(role: string): string {
  return role === "participant" || role === "arbiter" ? PROSUMERS : OPERATOR;
}

function authorityOf(authorities: ReadonlyMap<string, TestAuthority>, mspId: string): TestAuthority {
  const authority = authorities.get(mspId);
  if (authority === undefined) throw new Error(`no authority for ${mspId}`);
  return authority;
}

async function writeJson(folder: string, name: string, value: object): Promise<void> {
  await writeFile(join(folder, name), JSON.stringify(value, null, 2));
}
