import { refuse } from "./errors.js";
import { keys } from "./keys.js";
import type { Account, JournalEntry } from "./participant.js";
import type { State } from "./state.js";
import { save } from "./storage.js";

/** An account while a transaction changes it. */
interface OpenAccount {
  available: bigint;
  held: bigint;
  nonce: bigint;
  entries: bigint;
}

/**
 * The accounts that a transaction touches: each read once and written once, because a transaction does not read what it wrote.
 * Nothing falls below zero.
 */
export class Accounts {
  private readonly open = new Map<string, OpenAccount>();
  private readonly journal: { readonly key: string; readonly entry: JournalEntry }[] = [];

  constructor(private readonly state: State) {}

  /** Reads accounts before they are used. */
  async load(participants: Iterable<string>): Promise<void> {
    const missing = [...new Set(participants)].filter(name => !this.open.has(name));
    const found = await Promise.all(missing.map(name => this.state.get(keys.account(name))));
    missing.forEach((name, i) => {
      this.open.set(name, openAccount(found[i] ?? refuse("UNKNOWN", `there is no participant ${name}.`)));
    });
  }

  available(participant: string): bigint {
    return this.of(participant).available;
  }

  /** Adds to what a participant may use; `why` completes "X has … of … for". */
  credit(participant: string, amount: bigint, why: string): void {
    const account = this.of(participant);
    if (account.available + amount < 0n)
      refuse("FUNDS", `${participant} has ${account.available} of ${-amount} pico for ${why}.`);
    account.available += amount;
  }

  /** Moves what may be used to what is held; back where negative. */
  hold(participant: string, amount: bigint, why: string): void {
    this.credit(participant, -amount, why);
    const account = this.of(participant);
    if (account.held + amount < 0n)
      refuse("CORRUPT", `${participant} has ${account.held} held, ${-amount} are released.`);
    account.held += amount;
  }

  /** Uses up nonces: all of them new and above those before, in any order. */
  spend(participant: string, nonces: readonly bigint[]): void {
    const account = this.of(participant);
    const before = account.nonce;
    const seen = new Set<bigint>();
    for (const nonce of nonces) {
      if (nonce <= before || seen.has(nonce))
        refuse(
          "NONCE",
          `${participant} uses the nonce ${nonce} again; its bids are beyond ${before}, each with its own.`,
        );
      seen.add(nonce);
      if (nonce > account.nonce) account.nonce = nonce;
    }
  }

  /** Adds to what may be used, and to the account's journal. */
  enter(participant: string, entry: JournalEntry): void {
    this.credit(participant, BigInt(entry.amount), `the ${entry.kind} ${entry.reference}`);
    const account = this.of(participant);
    this.journal.push({ key: keys.journal(participant, account.entries), entry });
    account.entries += 1n;
  }

  /** Writes everything back. */
  async write(): Promise<void> {
    for (const [name, { available, held, nonce, entries }] of this.open)
      await this.state.put(keys.account(name), accountJson({ available, held, nonce, entries }));
    for (const { key, entry } of this.journal) await save(this.state, key, entry);
  }

  private of(participant: string): OpenAccount {
    return this.open.get(participant) ?? refuse("UNKNOWN", `there is no participant ${participant}.`);
  }
}

/** Reads what `accountJson` wrote, by its quotation marks: three times as fast as JSON. */
function openAccount(text: string): OpenAccount {
  const [, , , available, , , , entries, , , , held, , , , nonce] = text.split('"');
  return { available: BigInt(available), entries: BigInt(entries), held: BigInt(held), nonce: BigInt(nonce) };
}

/** `canonical` of an account, written out because rounds have thousands. */
function accountJson({ available, held, nonce, entries }: OpenAccount): string {
  return `{"available":"${available}","entries":"${entries}","held":"${held}","nonce":"${nonce}"}`;
}

/** An account that was never used. */
export const emptyAccount: Account = { available: "0", held: "0", nonce: "0", entries: "0" };
