import { LedgerError } from "../errors.js";
import type { Command, Committed, Head, LedgerEvent, LedgerPort, Verification } from "../port.js";
import { Chain, corrupt, versionedWrites } from "./chain.js";
import { loadContract, type LoadedContract } from "./contract.js";
import { eventsIn, heightOf } from "./events.js";
import { execute } from "./execution.js";
import { placesIn } from "./folder.js";
import { newSigner } from "./identity.js";
import { Log } from "./log.js";
import type { EmbeddedOptions } from "./options.js";
import { propose, transientTexts } from "./proposal.js";
import { memoryState } from "./state.js";
import { verifyFolder } from "./verify.js";

/** How often a reader looks whether the writer has added blocks, ms. */
const LOOK_MILLIS = 200;

/**
 * Opens a ledger for queries, also while another process writes it: it follows the log, takes no lock, needs no keys and
 * writes nothing. Commands are refused.
 */
export async function openReader(folder: string, options: EmbeddedOptions = {}): Promise<LedgerPort> {
  const contract = await loadContract(options.contract);
  const log = await Log.open(placesIn(folder).log).catch((error: unknown) => {
    throw new LedgerError("LEDGER_FAILED", `There is no ledger in ${folder}: ${(error as Error).message}.`);
  });
  return new LedgerReader(folder, { log, contract, options });
}

class LedgerReader implements LedgerPort {
  readonly #chain = new Chain();
  readonly #state = memoryState();
  readonly #events: LedgerEvent[] = [];
  readonly #signer = newSigner("reader");
  #offset = 0;
  #closed = false;
  #reading: Promise<void> = Promise.resolve();

  constructor(
    readonly folder: string,
    readonly parts: { readonly log: Log; readonly contract: LoadedContract; readonly options: EmbeddedOptions },
  ) {}

  submit({ function: name }: Command): Promise<Committed> {
    const message = `${name} would write, and the ledger was opened for reading.`;
    return Promise.reject(new LedgerError("LEDGER_FORBIDDEN", message));
  }

  async query(command: Command): Promise<string> {
    await this.#catchUp();
    const { channel, identities } = this.#chain.genesis;
    const creator = identities.find(({ role }) => role === command.as) ?? this.#signer;
    const proposal = propose(command, this.#signer, new Date().toISOString());
    const request = { proposal, transient: transientTexts(command), creator, channel };
    return (await execute(this.parts.contract.dispatcher, request, this.#state)).result;
  }

  async *events(from = ""): AsyncIterable<LedgerEvent> {
    await this.#catchUp();
    const after = heightOf(from, this.#chain.head.height);
    for (let next = this.#events.findIndex(({ position }) => Number(position) > after); !this.#closed;) {
      if (next < 0) next = this.#events.length;
      for (; next < this.#events.length; next++) yield this.#events[next];
      await new Promise(resolve => setTimeout(resolve, LOOK_MILLIS));
      await this.#catchUp();
    }
  }

  verify(): Promise<Verification> {
    return verifyFolder(this.folder, this.parts.options);
  }

  async head(): Promise<Head> {
    await this.#catchUp();
    return this.#chain.head;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#reading.catch(() => undefined);
    await this.parts.log.close();
    await this.parts.contract.close();
  }

  #catchUp(): Promise<void> {
    this.#reading = this.#reading.then(() => (this.#closed ? undefined : this.#readOn()));
    return this.#reading;
  }

  /** A last line without its end is a block that is being written. */
  async #readOn(): Promise<void> {
    for await (const line of this.parts.log.lines(this.#offset)) {
      if (line.torn) return;
      try {
        const record = this.#chain.follow(line);
        for (const [write, version] of versionedWrites(record)) this.#state.write([write], version);
        this.#events.push(...eventsIn(record));
      } catch (error) {
        throw corrupt(this.folder, this.#chain.head.height + 1, (error as Error).message);
      }
      this.#offset = line.offset + line.length;
    }
  }
}
