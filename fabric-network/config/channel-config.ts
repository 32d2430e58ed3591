import { cryptoFolder, nodeFolder } from "../layout.js";
import {
  addressOf,
  BATCH_TIMEOUT,
  hostOf,
  type Member,
  type OrderingOrganisation,
  type Topology,
} from "../topology.js";
import { toYaml } from "./yaml.js";

/** Profile that `configtxgen` makes the channel's first block from. */
export const CHANNEL_PROFILE = "Gridloom";

/** Milliseconds between two ticks of Raft times ten is an election; the default of 500 ms costs every start five seconds. */
const RAFT = {
  TickInterval: "100ms",
  ElectionTick: 10,
  HeartbeatTick: 1,
  MaxInflightBlocks: 5,
  SnapshotIntervalSize: "16 MB",
};

const meta = (rule: string) => ({ Type: "ImplicitMeta", Rule: rule });
const signedBy = (mspId: string, ...roles: readonly string[]) => ({
  Type: "Signature",
  Rule: `OR(${roles.map(role => `'${mspId}.${role}'`).join(", ")})`,
});
const POLICIES = { Readers: meta("ANY Readers"), Writers: meta("ANY Writers"), Admins: meta("MAJORITY Admins") };

/** The channel: who orders, who endorses, and how many of them have to agree (`configtx.yaml` of Fabric 2.5). */
export function channelConfig(topology: Topology): string {
  const { ordering, members } = topology;
  const endorsement = meta("MAJORITY Endorsement");
  return toYaml({
    Profiles: {
      [CHANNEL_PROFILE]: {
        Policies: POLICIES,
        Capabilities: { V2_0: true },
        Orderer: {
          OrdererType: "etcdraft",
          BatchTimeout: BATCH_TIMEOUT,
          BatchSize: { MaxMessageCount: 100, AbsoluteMaxBytes: "10 MB", PreferredMaxBytes: "2 MB" },
          Organizations: [orderingOrganisation(topology)],
          Policies: { ...POLICIES, BlockValidation: meta("ANY Writers") },
          Capabilities: { V2_0: true },
          EtcdRaft: { Consenters: consenters(topology, ordering), Options: RAFT },
        },
        Application: {
          Organizations: members.map(member => application(topology, member)),
          Policies: { ...POLICIES, LifecycleEndorsement: endorsement, Endorsement: endorsement },
          Capabilities: { V2_5: true },
        },
      },
    },
  });
}

function orderingOrganisation(topology: Topology) {
  const { ordering } = topology;
  const { mspId } = ordering;
  return {
    Name: mspId,
    ID: mspId,
    MSPDir: `${cryptoFolder(ordering)}/msp`,
    OrdererEndpoints: ordering.orderers.map(orderer => addressOf(topology, orderer)),
    Policies: {
      Readers: signedBy(mspId, "member"),
      Writers: signedBy(mspId, "member"),
      Admins: signedBy(mspId, "admin"),
    },
  };
}

function application(topology: Topology, member: Member) {
  const { mspId, peer } = member;
  return {
    Name: mspId,
    ID: mspId,
    MSPDir: `${cryptoFolder(member)}/msp`,
    AnchorPeers: [{ Host: hostOf(topology, peer), Port: peer.ports.service }],
    Policies: {
      Readers: signedBy(mspId, "admin", "peer", "client"),
      Writers: signedBy(mspId, "admin", "client"),
      Admins: signedBy(mspId, "admin"),
      Endorsement: signedBy(mspId, "peer"),
    },
  };
}

function consenters(topology: Topology, { orderers }: OrderingOrganisation) {
  return orderers.map(orderer => {
    const certificate = `${nodeFolder(orderer.name)}/tls/server.crt`;
    return {
      Host: hostOf(topology, orderer),
      Port: orderer.ports.service,
      ClientTLSCert: certificate,
      ServerTLSCert: certificate,
    };
  });
}
