import { alternativeNames, type Topology } from "../topology.js";
import { toYaml } from "./yaml.js";

/** What `cryptogen` is asked for: an identity and a TLS certificate for each node of each organisation. */
export function cryptoConfig({ ordering, members }: Topology): string {
  const spec = ({ name }: { readonly name: string }) => ({
    Hostname: name.slice(0, name.indexOf(".")),
    SANS: alternativeNames(name),
  });
  return toYaml({
    OrdererOrgs: [
      {
        Name: ordering.name,
        Domain: ordering.domain,
        EnableNodeOUs: true,
        Specs: [...ordering.orderers, ordering.authority].map(spec),
      },
    ],
    PeerOrgs: members.map(({ name, domain, peer, chaincode, authority }) => ({
      Name: name,
      Domain: domain,
      EnableNodeOUs: true,
      Specs: [peer, chaincode, authority].map(spec),
      Users: { Count: 0 },
    })),
  });
}
