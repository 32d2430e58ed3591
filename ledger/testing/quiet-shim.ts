/** Fabric's programs tell of everything that they load; import this before them. */
process.env.CORE_CHAINCODE_LOGGING_LEVEL ??= "warning";

/**
 * fabric-shim brings an older copy of these messages, and both copies register themselves in one global table: the newer one
 * works only where it was loaded first. Only tests load both into one process.
 */
await import("@hyperledger/fabric-protos").catch(() => undefined);
