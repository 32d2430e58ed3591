export { exportBundle } from "./bundle.js";
export { openEmbedded } from "./host.js";
export { EmbeddedLedger } from "./ledger.js";
export type { EmbeddedOptions } from "./options.js";
export { openReader } from "./reader.js";
export { verifyFolder } from "./verify.js";
