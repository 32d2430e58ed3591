import assert from "node:assert/strict";
import {
  canonical,
  execute,
  refusalIn,
  verifyHere,
  type FunctionName,
  type Page,
  type Refusal,
  type Role,
  type State,
  type Transaction,
  type Verifier,
} from "../rules/index.js";

/** An event as a listener gets it. */
export interface Told {
  readonly event: string;
  readonly payload: string;
}

/**
 * World state in memory with what makes Fabric's hard: a transaction sees only what was committed before, writes nothing when
 * it is refused, and may tell one event. It fails a test whose contract writes a key twice, because the first would be lost.
 */
export class MemoryLedger {
  readonly told: Told[] = [];
  verifier: Verifier = verifyHere;

  /** What the transactions to come bring besides their arguments. */
  transient: ReadonlyMap<string, Uint8Array> = new Map();

  constructor(private readonly committed = new Map<string, string>()) {}

  /** A ledger that goes its own way from here. */
  fork(): MemoryLedger {
    const copy = new MemoryLedger(new Map(this.committed));
    copy.verifier = this.verifier;
    return copy;
  }

  /** Everything on the ledger, as one text. */
  snapshot(): string {
    return canonical(Object.fromEntries([...this.committed].sort(([one], [other]) => compareBytes(one, other))));
  }

  async submit(role: Role | "nobody", name: FunctionName, ...args: readonly (string | object)[]): Promise<string> {
    const writes = new Map<string, string | undefined>();
    const events: Told[] = [];
    const result = await execute(this.transaction(role, { writes, events }), name, args.map(asText));
    assert.ok(events.length <= 1, `${name} tells ${events.length} events; only the last would be heard`);
    assert.equal(events.length === 0, writes.size === 0, `${name} writes ${writes.size} keys, ${events.length} events`);
    for (const [key, value] of writes) {
      if (value === undefined) this.committed.delete(key);
      else this.committed.set(key, value);
    }
    this.told.push(...events);
    return result;
  }

  async query(name: FunctionName, ...args: readonly string[]): Promise<string> {
    const writes = new Map<string, string | undefined>();
    const result = await execute(this.transaction("nobody", { writes, events: [] }), name, args);
    assert.equal(writes.size, 0, `${name} writes`);
    return result;
  }

  /** The code with which a transaction is refused; fails where it is not. */
  async refusal(role: Role | "nobody", name: FunctionName, ...args: readonly (string | object)[]): Promise<Refusal> {
    try {
      await this.submit(role, name, ...args);
    } catch (error) {
      assert.ok(error instanceof Error);
      const code = refusalIn(error.message);
      if (code === undefined) throw error;
      return code;
    }
    return assert.fail(`${name} was accepted: ${canonical(args.map(asText)).slice(0, 2000)}`);
  }

  /** Changes the state behind the contract's back. */
  tamper(change: (committed: Map<string, string>) => void): void {
    change(this.committed);
  }

  private transaction(role: string, { writes, events }: Effects): Transaction {
    return {
      state: this.state(writes),
      caller: { mspId: "Org1MSP", id: `a ${role}`, roles: [role] },
      transient: this.transient,
      verifier: this.verifier,
      emit: (event, payload) => events.push({ event, payload: canonical(payload) }),
    };
  }

  private state(writes: Effects["writes"]): State {
    const write = (key: string, value: string | undefined) => {
      assert.ok(!writes.has(key), `${key} is written twice in one transaction`);
      writes.set(key, value);
      return Promise.resolve();
    };
    const found = (type: string, attributes: readonly string[]) => {
      const prefix = `\u0000${[type, ...attributes].join("\u0000")}\u0000`;
      const keys = [...this.committed.keys()].filter(key => key.startsWith(prefix)).sort(compareBytes);
      return keys.map(key => ({ key, value: this.committed.get(key) ?? "" }));
    };
    return {
      get: key => Promise.resolve(this.committed.get(key)),
      put: write,
      delete: key => write(key, undefined),
      range: async function* (type, attributes) {
        yield* await Promise.resolve(found(type, attributes));
      },
      page: (type, attributes, { limit, bookmark }): Promise<Page> => {
        const rest = found(type, attributes).filter(({ key }) => compareBytes(key, bookmark) >= 0);
        return Promise.resolve({ entries: rest.slice(0, limit), bookmark: rest[limit]?.key ?? "" });
      },
    };
  }
}

interface Effects {
  readonly writes: Map<string, string | undefined>;
  readonly events: Told[];
}

function asText(arg: string | object): string {
  return typeof arg === "string" ? arg : JSON.stringify(arg);
}

function compareBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
