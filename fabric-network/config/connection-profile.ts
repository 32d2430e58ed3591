import { tlsRoot } from "../layout.js";
import { CHANNEL, type Member, organisations, type Topology } from "../topology.js";

/**
 * A member's view of the network in the format of the older SDKs (`version: 1.0.0`); addresses are those of this machine.
 * @param read Text of a file of the state folder: the roots of trust stand in the profile itself.
 */
export function connectionProfile(topology: Topology, member: Member, read: (path: string) => string): object {
  const trust = (organisation: Member | Topology["ordering"], name: string) => ({
    tlsCACerts: { pem: read(tlsRoot(organisation)) },
    grpcOptions: { "ssl-target-name-override": name, "hostnameOverride": name },
  });
  const { ordering, members } = topology;
  const peers = members.map(other => [
    other.peer.name,
    { url: `grpcs://127.0.0.1:${other.peer.ports.service}`, ...trust(other, other.peer.name) },
  ]);
  const orderers = ordering.orderers.map(({ name, ports }) => [
    name,
    { url: `grpcs://127.0.0.1:${ports.service}`, ...trust(ordering, name) },
  ]);
  const authorities = organisations(topology).map(other => [
    other.authority.name,
    {
      url: `https://127.0.0.1:${other.authority.ports.service}`,
      caName: other.authority.name,
      tlsCACerts: { pem: [read(tlsRoot(other))] },
      httpOptions: { verify: true },
    },
  ]);
  return {
    name: topology.project,
    version: "1.0.0",
    client: { organization: member.name, connection: { timeout: { peer: { endorser: "30" } } } },
    channels: {
      [CHANNEL]: {
        orderers: ordering.orderers.map(({ name }) => name),
        peers: Object.fromEntries(members.map(({ peer }) => [peer.name, {}])),
      },
    },
    organizations: Object.fromEntries(
      members.map(({ name, mspId, peer, authority }) => [
        name,
        { mspid: mspId, peers: [peer.name], certificateAuthorities: [authority.name] },
      ]),
    ),
    peers: Object.fromEntries(peers),
    orderers: Object.fromEntries(orderers),
    certificateAuthorities: Object.fromEntries(authorities),
  };
}
