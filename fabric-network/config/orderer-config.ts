import { bindTo, type Orderer, type Topology } from "../topology.js";
import { toYaml } from "./yaml.js";

/** An orderer's `orderer.yaml` (Fabric 2.5); paths are relative to the node's folder, which serves a process and a container alike. */
export function ordererConfig(topology: Topology, { ports }: Orderer): string {
  const address = bindTo(topology);
  const [certificate, key, roots] = ["tls/server.crt", "tls/server.key", ["tls/ca.crt"]] as const;
  return toYaml({
    General: {
      ListenAddress: address,
      ListenPort: ports.service,
      LocalMSPID: topology.ordering.mspId,
      LocalMSPDir: "msp",
      BootstrapMethod: "none",
      TLS: { Enabled: true, PrivateKey: key, Certificate: certificate, RootCAs: roots },
      Cluster: { ClientCertificate: certificate, ClientPrivateKey: key, RootCAs: roots },
      Keepalive: { ServerMinInterval: "10s", ServerInterval: "7200s", ServerTimeout: "20s" },
      BCCSP: { Default: "SW", SW: { Hash: "SHA2", Security: 256 } },
    },
    FileLedger: { Location: "data/ledger" },
    Consensus: { WALDir: "data/etcdraft/wal", SnapDir: "data/etcdraft/snapshot" },
    ChannelParticipation: { Enabled: true, MaxRequestBodySize: "1 MB" },
    Admin: {
      ListenAddress: `${address}:${ports.admin}`,
      TLS: {
        Enabled: true,
        Certificate: certificate,
        PrivateKey: key,
        RootCAs: roots,
        ClientAuthRequired: true,
        ClientRootCAs: roots,
      },
    },
    Operations: { ListenAddress: `${address}:${ports.operations}` },
    Metrics: { Provider: "prometheus" },
  });
}
