import { Accounts } from "./accounts.js";
import { canonical } from "./canonical.js";
import { refuse } from "./errors.js";
import { readCounter, readJson, readList, readMembers, readName, readNatural } from "./input.js";
import { keys } from "./keys.js";
import { nextPeriod } from "./markets.js";
import { checkDistinct } from "./participants.js";
import type { Transfer } from "./participant.js";
import type { State } from "./state.js";
import { load, save } from "./storage.js";
import type { Transaction } from "./transaction.js";

/** All money there is, 1e-12 currency: only `Deposit` and `Withdraw` change it. */
export interface Supply {
  readonly deposited: string;
  readonly withdrawn: string;
}

const noSupply: Supply = { deposited: "0", withdrawn: "0" };

export function deposit(transaction: Transaction, args: readonly string[]): Promise<string> {
  return transfer(transaction, args, "deposit");
}

export function withdraw(transaction: Transaction, args: readonly string[]): Promise<string> {
  return transfer(transaction, args, "withdrawal");
}

/** Each external reference counts once: the same transfer again changes nothing, another one under it is refused. */
async function transfer(
  { state, emit }: Transaction,
  args: readonly string[],
  kind: "deposit" | "withdrawal",
): Promise<string> {
  const transfers = readList(readJson(args[0], "transfers"), "transfers", 20_000).map(readTransfer);
  checkDistinct(transfers.map(({ reference }) => reference));
  const accounts = new Accounts(state);
  await accounts.load(transfers.map(({ participant }) => participant));
  let total = 0n;
  for (const { participant, amount, reference } of transfers) {
    const text = canonical({ kind, participant, amount });
    const before = await state.get(keys.reference(reference));
    if (before === text) continue;
    if (before !== undefined) refuse("CONFLICT", `the reference ${reference} stands for ${before} already.`);
    await state.put(keys.reference(reference), text);
    accounts.enter(participant, { kind, amount: kind === "deposit" ? amount : String(-BigInt(amount)), reference });
    total += BigInt(amount);
  }
  const before = await readSupply(state);
  if (total === 0n) return canonical(before);
  const after = addTo(before, kind, total);
  await accounts.write();
  await save(state, keys.supply(), after);
  emit("SupplyChanged", after);
  return canonical(after);
}

export async function readSupply(state: State): Promise<Supply> {
  return (await load<Supply>(state, keys.supply())) ?? noSupply;
}

function addTo({ deposited, withdrawn }: Supply, kind: "deposit" | "withdrawal", amount: bigint): Supply {
  if (kind === "deposit") return { deposited: String(BigInt(deposited) + amount), withdrawn };
  return { deposited, withdrawn: String(BigInt(withdrawn) + amount) };
}

function readTransfer(value: unknown): Transfer {
  const transfer = readMembers(value, "a transfer", ["participant", "amount", "reference"]);
  const participant = readName(transfer.participant, "the participant of a transfer");
  const amount = readNatural(transfer.amount, `the amount for ${participant}`);
  if (amount === "0") refuse("BAD_INPUT", `the amount for ${participant} is 0.`);
  return { participant, amount, reference: readName(transfer.reference, `the reference for ${participant}`) };
}

/** Sets money aside for a round that is not settled yet; whatever the round does not need comes back when it settles. */
export async function hold({ state, emit }: Transaction, args: readonly string[]): Promise<string> {
  const { market, period } = await readOpenRound(state, { market: args[0], period: args[1] });
  const amounts = readList(readJson(args[2], "amounts"), "amounts", 20_000).map(readAmount);
  checkDistinct(amounts.map(({ participant }) => participant));
  const accounts = new Accounts(state);
  await accounts.load(amounts.map(({ participant }) => participant));
  const held: string[] = [];
  for (const { participant, amount } of amounts) {
    const key = keys.hold(market, period, participant);
    const before = await state.get(key);
    if (before === amount) continue;
    if (before !== undefined)
      refuse("CONFLICT", `${before} pico of ${participant} are held for round ${period} of ${market} already.`);
    accounts.hold(participant, BigInt(amount), `a hold for round ${period} of ${market}`);
    await state.put(key, amount);
    held.push(participant);
  }
  if (held.length > 0) {
    await accounts.write();
    emit("Held", { market, period, participants: held });
  }
  return canonical(held);
}

/** Gives back what was held for a round that is not settled yet. */
export async function release({ state, emit }: Transaction, args: readonly string[]): Promise<string> {
  const { market, period } = await readOpenRound(state, { market: args[0], period: args[1] });
  const names = readList(readJson(args[2], "participants"), "participants", 20_000).map(name =>
    readName(name, "a name"),
  );
  checkDistinct(names);
  if ((await state.get(keys.gate(market, period))) !== undefined)
    refuse("SEAL", `the seals of round ${period} of ${market} are closed; what is held stays until it settles.`);
  const accounts = new Accounts(state);
  await accounts.load(names);
  const released: string[] = [];
  for (const participant of names) {
    const key = keys.hold(market, period, participant);
    const held = await state.get(key);
    if (held === undefined) continue;
    accounts.hold(participant, -BigInt(held), `a release of round ${period} of ${market}`);
    await state.delete(key);
    released.push(participant);
  }
  if (released.length > 0) {
    await accounts.write();
    emit("Released", { market, period, participants: released });
  }
  return canonical(released);
}

/** Market and period of a round that is not settled yet. */
export async function readOpenRound(
  state: State,
  place: { readonly market: unknown; readonly period: unknown },
): Promise<{ market: string; period: string }> {
  const [market, period] = [readName(place.market, "the market"), readCounter(place.period, "the period")];
  if (BigInt(period) < (await nextPeriod(state, market)))
    refuse("SEQUENCE", `round ${period} of ${market} is settled already.`);
  return { market, period };
}

function readAmount(value: unknown): { participant: string; amount: string } {
  const hold = readMembers(value, "an amount", ["participant", "amount"]);
  const participant = readName(hold.participant, "the participant of an amount");
  return { participant, amount: readNatural(hold.amount, `the amount of ${participant}`) };
}
