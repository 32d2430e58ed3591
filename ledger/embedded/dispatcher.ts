import { refusal } from "../errors.js";
import type { Identity } from "./identity.js";
import type { Stub } from "./stub.js";

/** A contract class of fabric-contract-api, as far as a dispatcher needs it. */
export interface Contract {
  getName(): string;
  createContext(): ContractContext;
  beforeTransaction(context: ContractContext): Promise<void>;
  aroundTransaction(context: ContractContext, name: string, parameters: readonly string[]): Promise<unknown>;
  afterTransaction(context: ContractContext, result: unknown): Promise<void>;
  unknownTransaction(context: ContractContext): Promise<void>;
}

/** What a contract's functions get first. */
export interface ContractContext {
  stub?: unknown;
  clientIdentity?: unknown;
  logging?: unknown;
  setChaincodeStub(stub: unknown): void;
  setClientIdentity(identity: unknown): void;
}

/** The caller, with the methods of the shim's ClientIdentity. */
export interface Caller {
  getMSPID(): string;
  getID(): string;
  getIDBytes(): Uint8Array;
  getAttributeValue(name: string): string | null;
  assertAttributeValue(name: string, value: string): boolean;
}

/** A transaction as the decorators of fabric-contract-api describe it. */
interface TransactionMetadata {
  readonly name: string;
  readonly parameters?: readonly { readonly name: string; readonly schema?: { readonly type?: string } }[];
}

/**
 * Calls a contract's functions as fabric-shim's `ChaincodeFromContract` does: only what is decorated, as many arguments
 * as declared, hooks before, around and after. All parameters must be texts; other types are refused at the start,
 * because their conversion loses digits (`Number("9007199254740993")`).
 */
export class Dispatcher {
  readonly #contract: Contract;
  readonly #parameters: ReadonlyMap<string, number>;

  constructor(contract: Contract) {
    this.#contract = contract;
    this.#parameters = new Map(transactionsOf(contract).map(transaction => [transaction.name, countOf(transaction)]));
  }

  /** Names of the functions that can be called. */
  get functions(): string[] {
    return [...this.#parameters.keys()].sort();
  }

  /**
   * Carries out the call that the stub holds.
   * @returns what the contract answered, as the text that the wire would carry
   * @throws LedgerError with the contract's code when it refuses.
   */
  async invoke(stub: Stub, caller: Caller): Promise<string> {
    try {
      return await this.#invoke(stub, caller);
    } catch (error) {
      throw refusal(error instanceof Error ? error.message : String(error));
    }
  }

  async #invoke(stub: Stub, caller: Caller): Promise<string> {
    const { fcn, params } = stub.getFunctionAndParameters();
    const name = this.#functionIn(fcn);
    const contract = this.#contract;
    const context = contract.createContext();
    context.setChaincodeStub(stub);
    context.setClientIdentity(caller);
    const count = this.#parameters.get(name);
    if (count === undefined) {
      await contract.unknownTransaction(context);
      return "";
    }
    if (params.length !== count) {
      throw new Error(`Expected ${count} parameters, but ${params.length} have been supplied`);
    }
    await contract.beforeTransaction(context);
    const result = await contract.aroundTransaction(context, name, params);
    await contract.afterTransaction(context, result);
    return wireText(result);
  }

  /** `settlement:Settle` and `Settle` name the same function. */
  #functionIn(called: string): string {
    const [, contract, name] = /^(?:([^:]*):)?(.*)$/.exec(called) ?? [];
    if (contract && contract !== this.#contract.getName()) throw new Error(`Contract name is not known: ${contract}`);
    return name;
  }
}

/** The shim's ClientIdentity for an identity of our own, whose attributes need no certificate. */
export function callerOf({ role, mspid, publicKey }: Identity): Caller {
  const attributes: Readonly<Record<string, string>> = {
    "gridloom.role": role,
    "hf.EnrollmentID": role,
    "hf.Type": "client",
  };
  const valueOf = (name: string) => (Object.hasOwn(attributes, name) ? attributes[name] : null);
  return {
    getMSPID: () => mspid,
    getID: () => `ed25519::${role}::${publicKey}`,
    getIDBytes: () => Buffer.from(publicKey),
    getAttributeValue: valueOf,
    assertAttributeValue: (name, value) => valueOf(name) === value,
  };
}

function transactionsOf(contract: Contract): readonly TransactionMetadata[] {
  const { getMetadata } = Reflect as unknown as { getMetadata(key: string, target: object): unknown };
  return (getMetadata("fabric:transactions", contract) ?? []) as readonly TransactionMetadata[];
}

function countOf({ name, parameters = [] }: TransactionMetadata): number {
  const other = parameters.find(({ schema }) => schema?.type !== "string");
  if (other !== undefined) throw new TypeError(`${name} declares ${other.name} as something else than a text.`);
  return parameters.length;
}

/** What the shim's JSON serializer sends for a result. */
function wireText(result: unknown): string {
  if (result === undefined || result === null) return "";
  return typeof result === "string" ? result : JSON.stringify(result);
}
