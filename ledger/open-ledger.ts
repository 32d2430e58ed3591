import { LedgerError } from "./errors.js";
import type { FabricOptions } from "./fabric/site.js";
import type { LedgerPort } from "./port.js";

/** The ledgers that a user can name. */
export const LEDGER_DRIVERS = ["embedded", "gateway", "fabric-network"] as const;
export type LedgerDriver = (typeof LEDGER_DRIVERS)[number];

/** Where a ledger is. */
export interface LedgerOptions {
  /** Folder of an embedded ledger. */
  readonly folder?: string;
  /** A network for the other drivers. */
  readonly network?: FabricOptions;
}

/** Packages that a driver needs and an installation may lack, with the versions that it was written for. */
const PACKAGES: Readonly<Record<string, string>> = {
  "@grpc/grpc-js": "1.14.7",
  "@hyperledger/fabric-gateway": "1.11.0",
  "@hyperledger/fabric-protos": "0.3.7",
  "fabric-network": "2.2.20",
};

/**
 * Opens a ledger.
 * @throws LedgerError `LEDGER_PACKAGE_MISSING` where the driver's packages are not installed, `LEDGER_NETWORK_INVALID` for a
 * network that is not described, and what the driver itself raises
 */
export async function openLedger(driver: LedgerDriver, options: LedgerOptions): Promise<LedgerPort> {
  switch (driver) {
    case "embedded":
      return (await import("./embedded/index.js")).openEmbedded(required(driver, "folder", options.folder));
    case "gateway": {
      const network = required(driver, "network", options.network);
      return (await load(driver, () => import("./fabric/gateway.js"))).openGateway(network);
    }
    case "fabric-network": {
      const network = required(driver, "network", options.network);
      return (await load(driver, () => import("./fabric/network.js"))).openNetwork(network);
    }
  }
}

/** Loads a driver. @throws LedgerError `LEDGER_PACKAGE_MISSING` naming the package that is not there. */
export async function load<T>(driver: LedgerDriver, importDriver: () => Promise<T>): Promise<T> {
  try {
    return await importDriver();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = Object.keys(PACKAGES).find(name => message.includes(`'${name}'`));
    const isMissing = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
    if (!isMissing || missing === undefined) throw error;
    const install = `npm install ${missing}@${PACKAGES[missing]}`;
    throw new LedgerError(
      "LEDGER_PACKAGE_MISSING",
      `The package ${missing} is missing, which the ledger ${driver} needs: ${install}.`,
    );
  }
}

function required<T>(driver: LedgerDriver, name: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new LedgerError("LEDGER_NETWORK_INVALID", `The ledger ${driver} needs to be told its ${name}.`);
}
