/** Fabric's programs tell of every decorator as they load; say nothing below a warning unless somebody asks. */
process.env.CORE_CHAINCODE_LOGGING_LEVEL ??= "warning";
