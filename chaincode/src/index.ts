/** Version of the contract, part of every receipt. */
export const CONTRACT_VERSION = "0.1.0";
