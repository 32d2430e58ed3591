import { addressOf, bindTo, CHANNEL, hostOf, type Member, type Topology } from "../topology.js";
import { toYaml } from "./yaml.js";

/** Folder of the three scripts by which a peer accepts a contract that runs as a service. */
export const BUILDER = "builder";

/**
 * A peer's `core.yaml` (Fabric 2.5), complete, so that neither a sample nor the environment adds to it.
 * @param folder The node's folder as the peer sees it; only the snapshots insist on an absolute path.
 */
export function peerConfig(topology: Topology, member: Member, folder: string): string {
  const { peer, mspId } = member;
  const bind = bindTo(topology);
  return toYaml({
    peer: {
      id: peer.name,
      networkId: CHANNEL,
      listenAddress: `${bind}:${peer.ports.service}`,
      address: addressOf(topology, peer),
      chaincodeListenAddress: `${bind}:${peer.ports.chaincode}`,
      chaincodeAddress: `${hostOf(topology, peer)}:${peer.ports.chaincode}`,
      localMspId: mspId,
      localMspType: "bccsp",
      mspConfigPath: "msp",
      fileSystemPath: "data",
      tls: {
        enabled: true,
        clientAuthRequired: false,
        cert: { file: "tls/server.crt" },
        key: { file: "tls/server.key" },
        rootcert: { file: "tls/ca.crt" },
      },
      ...SERVICES,
      gossip: gossip(addressOf(topology, peer)),
    },
    vm: { endpoint: "" },
    chaincode: {
      mode: "net",
      installTimeout: "30s",
      startuptimeout: "30s",
      executetimeout: "30s",
      keepalive: 0,
      externalBuilders: [{ name: "gridloom", path: BUILDER }],
      system: { _lifecycle: "enable", cscc: "enable", lscc: "enable", qscc: "enable" },
      logging: { level: "info", shim: "warning" },
    },
    ledger: { ...STORES, snapshots: { rootDir: `${folder}/data/snapshots` } },
    operations: { listenAddress: `${bind}:${peer.ports.operations}`, tls: { enabled: false } },
    metrics: { provider: "prometheus" },
  });
}

const SERVICES = {
  gateway: { enabled: true, endorsementTimeout: "30s", broadcastTimeout: "30s", dialTimeout: "30s" },
  keepalive: {
    minInterval: "10s",
    client: { interval: "60s", timeout: "20s" },
    deliveryClient: { interval: "60s", timeout: "20s" },
  },
  authentication: { timewindow: "15m" },
  BCCSP: { Default: "SW", SW: { Hash: "SHA2", Security: 256 } },
  client: { connTimeout: "3s" },
  deliveryclient: {
    blockGossipEnabled: true,
    reconnectTotalTimeThreshold: "3600s",
    connTimeout: "3s",
    reConnectBackoffThreshold: "5s",
  },
  handlers: {
    authFilters: [{ name: "DefaultAuth" }, { name: "ExpirationCheck" }],
    decorators: [{ name: "DefaultDecorator" }],
    endorsers: { escc: { name: "DefaultEndorsement" } },
    validators: { vscc: { name: "DefaultValidation" } },
  },
  discovery: { enabled: true, authCacheEnabled: true, authCacheMaxSize: 1000, authCachePurgeRetentionRatio: 0.75 },
  limits: { concurrency: { endorserService: 2500, deliverService: 2500, gatewayService: 500 } },
};

const STORES = {
  state: { stateDatabase: "goleveldb", totalQueryLimit: 100_000 },
  history: { enableHistoryDatabase: true },
  pvtdataStore: {
    collElgProcMaxDbBatchSize: 5000,
    collElgProcDbBatchesInterval: 1000,
    deprioritizedDataReconcilerInterval: "60m",
  },
};

/** Gossip in seconds instead of the defaults' tens of seconds, so that organisations find each other quickly. */
function gossip(address: string) {
  return {
    bootstrap: address,
    endpoint: address,
    externalEndpoint: address,
    useLeaderElection: false,
    orgLeader: true,
    reconnectInterval: "2s",
    publishStateInfoInterval: "1s",
    requestStateInfoInterval: "1s",
    aliveTimeInterval: "1s",
    aliveExpirationTimeout: "10s",
    state: { enabled: false },
    pvtData: {
      pullRetryThreshold: "60s",
      transientstoreMaxBlockRetention: 1000,
      pushAckTimeout: "3s",
      btlPullMargin: 10,
      reconcileBatchSize: 10,
      reconcileSleepInterval: "1m",
      reconciliationEnabled: true,
      implicitCollectionDisseminationPolicy: { requiredPeerCount: 0, maxPeerCount: 1 },
    },
  };
}

const script = (body: string) => `#!/bin/sh\nset -eu\numask 077\n${body}\n`;

/** The three scripts: is it a service, take its address over, hand it to the peer (external builders, Fabric 2.5). */
export const BUILDER_SCRIPTS: Readonly<Record<"detect" | "build" | "release", string>> = {
  detect: script(`grep -q '"type" *: *"ccaas"' "$2/metadata.json"`),
  build: script(`cp "$1/connection.json" "$3/"`),
  release: script(`mkdir -p "$2/chaincode/server"\ncp "$1/connection.json" "$2/chaincode/server/"`),
};
