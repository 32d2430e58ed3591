import { LedgerError } from "../errors.js";
import { Dispatcher, type Contract } from "./dispatcher.js";
import { SignaturePool } from "./signature-pool.js";

/** The package of the settlement contract. */
const SETTLEMENT = "gridloom-settlement";

interface ContractModule {
  readonly contracts?: readonly (new () => Contract)[];
  readonly roles?: readonly string[];
}

/** A contract that is ready to be called, and the roles that its table knows. */
export interface LoadedContract {
  readonly dispatcher: Dispatcher;
  readonly roles: readonly string[];
  /** Ends the threads that the contract's checks use. */
  close(): Promise<void>;
}

/**
 * Loads the settlement contract, or the class of another module as a peer would (`export const contracts = [Class]`).
 * @throws LedgerError `LEDGER_FAILED` when there is none.
 */
export async function loadContract(specifier: string = SETTLEMENT): Promise<LoadedContract> {
  if (specifier === SETTLEMENT) return loadSettlement();
  const { contracts, roles = [] } = (await import(specifier)) as ContractModule;
  if (contracts?.[0] === undefined) {
    throw new LedgerError("LEDGER_FAILED", `${specifier} exports no contract: it needs \`contracts = [Class]\`.`);
  }
  return { dispatcher: new Dispatcher(new contracts[0]()), roles, close: () => Promise.resolve() };
}

/** The settlement contract, with the signatures of bids checked in worker threads. */
async function loadSettlement(): Promise<LoadedContract> {
  const { SettlementContract, verifyHere, roles } = await import("gridloom-settlement");
  const pool = new SignaturePool(verifyHere);
  class PooledSettlement extends SettlementContract {
    protected override verifier() {
      return pool.verify;
    }

    /** As the shim's, which would also print the call. */
    override unknownTransaction({
      stub,
    }: Parameters<InstanceType<typeof SettlementContract>["unknownTransaction"]>[0]): Promise<void> {
      const { fcn } = stub.getFunctionAndParameters();
      return Promise.reject(new Error(`You've asked to invoke a function that does not exist: ${fcn}`));
    }
  }
  const contract = new PooledSettlement() as unknown as Contract;
  return { dispatcher: new Dispatcher(contract), roles, close: () => pool.close() };
}
