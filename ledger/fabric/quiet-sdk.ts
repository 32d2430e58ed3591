/** The older SDK writes to the console unless it is told otherwise before it is loaded; all that it says comes as an error too. */
process.env.HFC_LOGGING ??= "{}";

export {};
