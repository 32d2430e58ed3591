export { startBroker, type Broker, type BrokerOptions } from "./broker.js";
export { generateKeys, readKeys, type KeyPair } from "./keys.js";
export type { HostPlan, Peer } from "./peer.js";
export { Session, type Cuts, type SessionOptions } from "./session.js";
export type { FederateStatus, HostStatus, RunState, Status } from "./status.js";
