import type { Accounts } from "./accounts.js";
import type { Book } from "./book.js";
import { refuse } from "./errors.js";
import type { MarketTerms } from "./market.js";
import type { Movements } from "./receipt.js";
import type { Round } from "./round.js";
import { checkSeals } from "./seals.js";
import { keyAttributes, ordered, type State } from "./state.js";

/** A checked round and what it moves. */
export interface CheckedRound {
  readonly round: Round;
  readonly terms: MarketTerms;
  readonly book: Book;
  readonly moved: Movements;
}

/** What a round is for one bidder. */
interface Part {
  /** The most that the bids can cost, whatever the price, 1e-12 currency. */
  exposure: bigint;
  /** What the account gains or loses. */
  change: bigint;
  readonly nonces: bigint[];
}

/** Moves a round's money: from buyers to sellers, and fees and rent to the operator. Every bid is covered before any is paid. */
export async function bookMovements(
  { state, accounts }: { readonly state: State; readonly accounts: Accounts },
  checked: CheckedRound,
): Promise<void> {
  const { round, terms, moved } = checked;
  const name = `round ${round.period} of ${round.market}`;
  const parts = partsOf(checked);
  for (const [bidder, { nonces }] of parts) accounts.spend(bidder, nonces);
  const withheld = terms.sealed === "yes" ? await checkSeals(state, round) : new Set<string>();
  const held = terms.escrow === "hold" ? await takeHolds({ state, accounts }, round) : undefined;
  checkCover(parts, name, bidder => (held === undefined ? accounts.available(bidder) : (held.get(bidder) ?? 0n)));
  let balance = moved.feesPico + moved.rentPico;
  accounts.credit(terms.operator, balance, `fees and rent of ${name}`);
  for (const [bidder, { change }] of parts) {
    accounts.credit(bidder, change, name);
    balance += change;
  }
  if (balance !== 0n) refuse("UNBALANCED", `${name} would leave ${balance} pico over.`);
  const beyond = (bidder: string) => (held?.get(bidder) ?? 0n) - (parts.get(bidder)?.exposure ?? 0n);
  const lost = new Map([...withheld].map(bidder => [bidder, beyond(bidder)]));
  await forfeit(accounts, lost, { operator: terms.operator, reference: name });
}

function partsOf({ round, terms, book, moved }: CheckedRound): Map<string, Part> {
  const fee = BigInt(terms.fee);
  const parts = new Map<string, Part>();
  round.bids.forEach(({ bidder, side, nonce }, i) => {
    let part = parts.get(bidder);
    if (part === undefined) parts.set(bidder, (part = { exposure: 0n, change: 0n, nonces: [] }));
    const cost = side === "buy" ? book.prices[i] : -book.prices[i];
    part.exposure += ((cost > 0n ? cost : 0n) + (side === "buy" ? fee : 0n)) * book.energies[i];
    part.change += side === "buy" ? -moved.values[i] - moved.fees[i] : moved.values[i];
    part.nonces.push(BigInt(nonce));
  });
  return parts;
}

function checkCover(parts: ReadonlyMap<string, Part>, name: string, coverOf: (bidder: string) => bigint): void {
  for (const [bidder, { exposure }] of parts) {
    const cover = coverOf(bidder);
    if (cover < exposure)
      refuse("FUNDS", `${bidder} has ${cover} of ${exposure} pico that its bids in ${name} may cost.`);
  }
}

/** Gives back everything that was held for a round, to be used at once; tells how much each had. */
async function takeHolds(
  { state, accounts }: { state: State; accounts: Accounts },
  { market, period }: Round,
): Promise<ReadonlyMap<string, bigint>> {
  const held = new Map<string, bigint>();
  const found: string[] = [];
  for await (const { key, value } of state.range("hold", [market, ordered(period)])) {
    held.set(keyAttributes(key)[2], BigInt(value));
    found.push(key);
  }
  await accounts.load(held.keys());
  for (const [bidder, amount] of held) accounts.hold(bidder, -amount, "the end of a hold");
  for (const key of found) await state.delete(key);
  return held;
}

/** Whoever sealed a bid and did not reveal it loses to the operator what was held beyond its other bids. */
async function forfeit(accounts: Accounts, withheld: ReadonlyMap<string, bigint>, to: Payee): Promise<void> {
  await accounts.load(withheld.keys());
  for (const [bidder, amount] of withheld) {
    if (amount <= 0n) continue;
    accounts.enter(bidder, { kind: "forfeit", amount: String(-amount), reference: to.reference });
    accounts.enter(to.operator, { kind: "forfeit", amount: String(amount), reference: to.reference });
  }
}

interface Payee {
  readonly operator: string;
  readonly reference: string;
}
