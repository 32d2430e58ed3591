import { createPrivateKey, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import * as grpc from "@grpc/grpc-js";
import { connect, hash, signers } from "@hyperledger/fabric-gateway";
import { retry } from "../retry.js";
import type { Role } from "../steps/identities.js";
import type { Summary } from "../summary.js";

const DEADLINE_MS = 5000;

/** A client of a running network that registers participants: the contract's cheapest lasting change. */
export interface Client {
  /** Registers a participant with a key of its own; tried again until it is committed, and done once only. */
  register(participant: string): Promise<void>;
  /** True when the ledger knows a participant. */
  knows(participant: string): Promise<boolean>;
  close(): void;
}

/** Connects to the gateway of the network's first organisation. */
export function openClient({ organisations, identities, channel, chaincode }: Summary): Client {
  const [{ gateway: address, gatewayName, tlsRoot }] = organisations;
  const trust = grpc.credentials.createSsl(readFileSync(tlsRoot));
  const client = new grpc.Client(address, trust, {
    "grpc.ssl_target_name_override": gatewayName,
    "grpc.initial_reconnect_backoff_ms": 100,
    "grpc.max_reconnect_backoff_ms": 500,
  });
  const deadline = () => ({ deadline: Date.now() + DEADLINE_MS });
  const as = (role: Role) =>
    connect({
      client,
      identity: { mspId: identities[role].mspId, credentials: readFileSync(identities[role].certificate) },
      signer: signers.newPrivateKeySigner(createPrivateKey(readFileSync(identities[role].key))),
      hash: hash.sha256,
      ...{
        evaluateOptions: deadline,
        endorseOptions: deadline,
        submitOptions: deadline,
        commitStatusOptions: deadline,
      },
    });
  const registrar = as("registrar");
  const contract = registrar.getNetwork(channel).getContract(chaincode.name);
  const knows = (participant: string) =>
    contract.evaluateTransaction("Participant", "", participant).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Error && /NOT_FOUND|UNKNOWN/.test(JSON.stringify(error))) return false;
        throw error;
      },
    );
  return {
    knows,
    async register(participant) {
      const registration = { participant, publicKey: randomBytes(32).toString("base64"), validUntil: "" };
      await retry({ what: `the registration of ${participant}`, forSeconds: 90, restMs: 100 }, async () => {
        if (await knows(participant)) return;
        await contract.submitTransaction("RegisterParticipants", "", JSON.stringify([registration]));
      });
    },
    close() {
      registrar.close();
      client.close();
    },
  };
}
