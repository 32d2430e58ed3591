import { SettlementContract } from "./contract.js";

export * from "./rules/index.js";
export { SettlementContract };

/** What `fabric-chaincode-node` loads. */
export const contracts = [SettlementContract];
