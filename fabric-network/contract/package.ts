import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { NetworkError } from "../errors.js";
import { CHAINCODE } from "../topology.js";
import { archive } from "./archive.js";

/** The contract that is deployed: its version names its code. */
export interface Contract {
  /** Folder with `package.json` and the built code. */
  readonly folder: string;
  /** Version of the package and the first digits of its code's digest, as in `0.1.0-5f3a…`. */
  readonly version: string;
}

/** How a peer reaches its contract: TLS on both sides. */
export interface Connection {
  readonly address: string;
  readonly rootCertificate: string;
  readonly clientCertificate: string;
  readonly clientKey: string;
}

/** What a peer installs; the id is what `peer lifecycle chaincode calculatepackageid` would say. */
export interface Package {
  readonly id: string;
  readonly bytes: Buffer;
}

const DIGITS = 12;

/** Reads a built contract; the digest is the one that the contract itself reports. */
export function readContract(folder: string): Contract {
  const load = createRequire(join(folder, "package.json"));
  const { version, main } = load("./package.json") as { readonly version: string; readonly main: string };
  const file = join(folder, dirname(main), "code-digest.js");
  if (!existsSync(file)) throw new NetworkError(`The contract in ${folder} is not built: run \`npm run build\`.`, 2);
  const { codeDigest } = load(file) as { codeDigest(): string };
  return { folder, version: `${version}-${codeDigest().slice(0, DIGITS)}` };
}

/** Packs a contract that runs as a service. A package holds no code, so its label names the code's version. */
export function packContract(version: string, connection: Connection): Package {
  const label = `${CHAINCODE}_${version}`;
  const service = {
    address: connection.address,
    dial_timeout: "10s",
    tls_required: true,
    root_cert: connection.rootCertificate,
    client_auth_required: true,
    client_cert: connection.clientCertificate,
    client_key: connection.clientKey,
  };
  const bytes = archive({
    "metadata.json": JSON.stringify({ type: "ccaas", label }),
    "code.tar.gz": archive({ "connection.json": JSON.stringify(service) }),
  });
  return { id: `${label}:${createHash("sha256").update(bytes).digest("hex")}`, bytes };
}
