import { LedgerError } from "../errors.js";
import { Dispatcher, type Contract } from "./dispatcher.js";

/** The package of the settlement contract. */
export const SETTLEMENT = "gridloom-settlement";

interface ContractModule {
  readonly contracts?: readonly (new () => Contract)[];
  readonly roles?: readonly string[];
}

/** A contract that is ready to be called, and the roles that its table knows. */
export interface LoadedContract {
  readonly dispatcher: Dispatcher;
  readonly roles: readonly string[];
}

/**
 * Loads the contract class of a package or module, as a peer does (`export const contracts = [Class]`).
 * @throws LedgerError `LEDGER_FAILED` when there is none.
 */
export async function loadContract(specifier: string = SETTLEMENT): Promise<LoadedContract> {
  const module = (await import(specifier)) as ContractModule & { readonly default?: ContractModule };
  const { contracts, roles = [] } = module.contracts === undefined ? (module.default ?? module) : module;
  if (contracts?.[0] === undefined) {
    throw new LedgerError("LEDGER_FAILED", `${specifier} exports no contract: it needs \`contracts = [Class]\`.`);
  }
  return { dispatcher: new Dispatcher(new contracts[0]()), roles };
}
