import "./quiet-shim.js";
import { Contract, type Context } from "fabric-contract-api";

/** A contract that does nothing but try out the state; for tests of ledgers. */
export class Toy extends Contract {
  constructor() {
    super("toy");
  }

  async put({ stub }: Context, key: string, value: string): Promise<string> {
    await stub.putState(key, Buffer.from(value));
    return (await stub.getState(key)).toString();
  }

  async get({ stub }: Context, key: string): Promise<string> {
    return (await stub.getState(key)).toString();
  }

  async remove({ stub }: Context, key: string): Promise<void> {
    await stub.deleteState(key);
  }

  /** Adds to a counter; conflicts when somebody else has added meanwhile. */
  async add({ stub }: Context, key: string, amount: string): Promise<string> {
    const sum = String(BigInt((await stub.getState(key)).toString() || "0") + BigInt(amount));
    await stub.putState(key, Buffer.from(sum));
    stub.setEvent("Adding", Buffer.from(key));
    stub.setEvent("Added", Buffer.from(`${key}=${sum}`));
    return sum;
  }

  async list({ stub }: Context, start: string, end: string): Promise<string> {
    const keys: string[] = [];
    for await (const { key } of stub.getStateByRange(start, end)) keys.push(key);
    return JSON.stringify(keys);
  }

  async listParts({ stub }: Context, type: string, attribute: string): Promise<string> {
    const keys: string[] = [];
    const attributes = attribute === "" ? [] : [attribute];
    for await (const { key } of stub.getStateByPartialCompositeKey(type, attributes)) {
      keys.push(stub.splitCompositeKey(key).attributes.join("/"));
    }
    return JSON.stringify(keys);
  }

  async putPart({ stub }: Context, type: string, attribute: string, value: string): Promise<void> {
    await stub.putState(stub.createCompositeKey(type, [attribute]), Buffer.from(value));
  }

  /** Counts a range and writes the count, so that a new key in the range is a phantom. */
  async count({ stub }: Context, start: string, end: string): Promise<string> {
    const keys: string[] = [];
    for await (const { key } of stub.getStateByRange(start, end)) keys.push(key);
    await stub.putState("~count", Buffer.from(String(keys.length)));
    return String(keys.length);
  }

  async page({ stub }: Context, size: string, bookmark: string): Promise<string> {
    const { iterator, metadata } = await stub.getStateByRangeWithPagination("", "", Number(size), bookmark);
    const keys: string[] = [];
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) keys.push(next.value.key);
    return JSON.stringify({ keys, bookmark: metadata.bookmark });
  }

  async pageAndPut(context: Context): Promise<void> {
    await this.page(context, "2", "");
    await context.stub.putState("after", Buffer.from("page"));
  }

  async hide({ stub }: Context, key: string): Promise<void> {
    const value = stub.getTransient().get("value");
    if (value === undefined) throw new Error("BAD_INPUT: The value is missing.");
    await stub.putPrivateData("secrets", key, value);
  }

  async reveal({ stub }: Context, key: string): Promise<string> {
    const value = await stub.getPrivateData("secrets", key);
    const hash = await stub.getPrivateDataHash("secrets", key);
    return JSON.stringify([Buffer.from(value).toString(), Buffer.from(hash).toString("hex")]);
  }

  async whoami({ clientIdentity }: Context): Promise<string> {
    return Promise.resolve(clientIdentity.getAttributeValue("gridloom.role") ?? "");
  }

  async putBytes({ stub }: Context, key: string, hex: string): Promise<void> {
    await stub.putState(key, Buffer.from(hex, "hex"));
  }

  async refuse(_context: Context, sentence: string): Promise<void> {
    return Promise.reject(new Error(sentence));
  }

  async nothing(): Promise<void> {
    return Promise.resolve();
  }

  /** Not declared, so nobody can call it. */
  async undeclared(): Promise<string> {
    return Promise.resolve("called");
  }
}

const PARAMETERS: Readonly<Record<string, number>> = {
  ...{ put: 2, get: 1, remove: 1, add: 2, list: 2, listParts: 2, putPart: 3, count: 2, page: 2, pageAndPut: 0 },
  ...{ hide: 1, reveal: 1, whoami: 0, putBytes: 2, refuse: 1, nothing: 0 },
};

const { defineMetadata } = Reflect as unknown as {
  defineMetadata(key: string, value: unknown, target: object): void;
};

/** What the decorators would have noted. */
defineMetadata(
  "fabric:transactions",
  Object.entries(PARAMETERS).map(([name, count]) => ({
    name,
    tag: ["SUBMIT"],
    parameters: Array.from({ length: count }, (_, i) => ({ name: `text${i}`, schema: { type: "string" } })),
  })),
  Toy.prototype,
);

export const contracts = [Toy];
export const roles = ["operator", "reader"];
