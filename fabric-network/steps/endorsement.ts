import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NetworkError } from "../errors.js";
import { identityFolder, tlsRoot } from "../layout.js";
import { retry } from "../retry.js";
import { CHAINCODE, CHANNEL, type Topology } from "../topology.js";

const PATIENCE = { what: "the endorsement by both organisations", forSeconds: 60, restMs: 50 };
const ANSWER_MS = 5000;

/**
 * Asks for an endorsement of a cheap call by every organisation, until it comes: then discovery, peers and contracts work together.
 * Nothing is submitted. @returns What the contract says about itself.
 */
export async function waitForEndorsement(root: string, topology: Topology): Promise<string> {
  const { grpc, gateway } = await loadClient();
  const [first, ...others] = topology.members;
  const read = (path: string) => readFileSync(join(root, path));
  const client = new grpc.Client(
    `127.0.0.1:${first.peer.ports.service}`,
    grpc.credentials.createSsl(read(tlsRoot(first))),
    { "grpc.ssl_target_name_override": first.peer.name },
  );
  const identity = identityFolder("operator");
  const connection = gateway.connect({
    client,
    identity: { mspId: first.mspId, credentials: read(`${identity}/cert.pem`) },
    signer: gateway.signers.newPrivateKeySigner(createPrivateKey(read(`${identity}/key.pem`))),
    hash: gateway.hash.sha256,
    endorseOptions: () => ({ deadline: Date.now() + ANSWER_MS }),
  });
  try {
    const contract = connection.getNetwork(CHANNEL).getContract(CHAINCODE);
    const endorsingOrganizations = [first, ...others].map(({ mspId }) => mspId);
    return await retry(PATIENCE, async () => {
      const transaction = await contract.newProposal("Version", { endorsingOrganizations }).endorse();
      return Buffer.from(transaction.getResult()).toString("utf8");
    });
  } finally {
    connection.close();
    client.close();
  }
}

async function loadClient() {
  try {
    const [grpc, gateway] = await Promise.all([import("@grpc/grpc-js"), import("@hyperledger/fabric-gateway")]);
    return { grpc, gateway };
  } catch {
    throw new NetworkError("The package @hyperledger/fabric-gateway is missing: run `npm ci` again.", 3);
  }
}
