/** Name of the file in a run folder that says how to reach its broker. */
export const BROKER_FILE = "broker.json";

/** How to reach a broker, as `broker.json` says; the token is a secret, so only the owner may read the file. */
export interface BrokerAddress {
  readonly endpoint: string;
  readonly pid: number;
  /** What a join and a query must carry. */
  readonly token: string;
  /** CURVE key of the broker, when it listens beyond loopback. */
  readonly publicKey?: string;
}
