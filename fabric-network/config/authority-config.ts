import { toYaml } from "./yaml.js";

/** A certificate authority: who it is, where it listens, and which keys it starts with. */
export interface AuthoritySettings {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly bind: string;
  readonly ports: { readonly service: number; readonly operations: number };
  /** Password of the registrar `admin`; the file that holds it is private. */
  readonly secret: string;
  /** True when the organisation's keys lie in `ca/` and its TLS certificate in `tls/`; otherwise the authority makes its own. */
  readonly hasKeys: boolean;
}

/** `fabric-ca-server-config.yaml` of Fabric CA 1.5, with its registry in SQLite beside it. */
export function authorityConfig({ name, hosts, bind, ports, secret, hasKeys }: AuthoritySettings): string {
  return toYaml({
    port: ports.service,
    address: bind,
    tls: { enabled: true, ...(hasKeys ? { certfile: "tls/server.crt", keyfile: "tls/server.key" } : {}) },
    ca: { name, ...(hasKeys ? { certfile: "ca/cert.pem", keyfile: "ca/key.pem" } : {}) },
    crlsizelimit: 512_000,
    crl: { expiry: "24h" },
    registry: {
      maxenrollments: -1,
      identities: [{ name: "admin", pass: secret, type: "client", affiliation: "", attrs: REGISTRAR }],
    },
    db: { type: "sqlite3", datasource: "fabric-ca-server.db" },
    affiliations: {},
    csr: { cn: name, keyrequest: { algo: "ecdsa", size: 256 }, hosts, ca: { expiry: "131400h", pathlength: 0 } },
    signing: {
      default: { usage: ["digital signature"], expiry: YEAR },
      profiles: { tls: { usage: TLS_USAGE, expiry: YEAR } },
    },
    bccsp: { default: "SW", sw: { hash: "SHA2", security: 256, filekeystore: { keystore: "msp/keystore" } } },
    operations: { listenAddress: `${bind}:${ports.operations}`, tls: { enabled: false } },
    metrics: { provider: "disabled" },
  });
}

const YEAR = "8760h";
const TLS_USAGE = ["signing", "key encipherment", "server auth", "client auth", "key agreement"];

const REGISTRAR = {
  "hf.Registrar.Roles": "*",
  "hf.Registrar.DelegateRoles": "*",
  "hf.Registrar.Attributes": "*",
  "hf.Revoker": true,
  "hf.GenCRL": true,
  "hf.AffiliationMgr": true,
};
