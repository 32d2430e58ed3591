/** Fabric's programs tell of everything that they load; import this before them. */
process.env.CORE_CHAINCODE_LOGGING_LEVEL ??= "warning";
