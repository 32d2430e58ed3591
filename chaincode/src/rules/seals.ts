import { canonical, digestOf } from "./canonical.js";
import { refuse } from "./errors.js";
import { readOpenRound } from "./funds.js";
import { readCounter, readDigest, readJson, readMembers, readName, readNatural, readText } from "./input.js";
import { keys } from "./keys.js";
import { readMarket, termsAt } from "./markets.js";
import { readBid } from "./round-input.js";
import type { Bid, Round, SignedBid } from "./round.js";
import { bidText } from "./signing.js";
import { checkStatement } from "./statements.js";
import { keyAttributes, ordered, type State } from "./state.js";
import { need, parseStored, save, saveOnce } from "./storage.js";
import type { Transaction } from "./transaction.js";

/** A sealed bid: its commitment, and the signed bid once it is revealed (empty before). */
export interface Seal {
  readonly commitment: string;
  readonly bid: string;
}

/** What a bidder commits to: nobody can tell the bid from it without the salt, which is 32 random bytes or more as text. */
export function commitmentTo({ market, period }: Pick<Round, "market" | "period">, bid: Bid, salt: string): string {
  return digestOf(canonical({ bid: bidText(market, period, bid), salt }));
}

/**
 * Seals a bid: the ledger keeps its commitment only. A bidder that trusts the endorsers brings the bid and its salt as
 * transient data ("bid"), which no block keeps, and learns at once whether they fit.
 */
export async function sealBid(transaction: Transaction, args: readonly string[]): Promise<string> {
  const { state, transient, emit } = transaction;
  const seal = readSeal(args[0]);
  const { market, period, bidder, nonce, commitment } = seal;
  await readSealedRound(state, seal);
  if ((await state.get(keys.gate(market, period))) !== undefined)
    refuse("SEAL", `the seals of round ${period} of ${market} are closed; ${bidder} comes too late.`);
  await checkStatement(transaction, { kind: "seal", by: bidder, statement: seal });
  const brought = transient.get("bid");
  if (brought !== undefined) checkBrought(seal, Buffer.from(brought).toString("utf8"));
  const value = { commitment, bid: "" };
  const what = `the sealed bid ${nonce} of ${bidder} in round ${period} of ${market}`;
  if (await saveOnce(state, keys.seal(market, period, { bidder, nonce }), { value, what }))
    emit("BidSealed", { market, period, bidder, nonce });
  return canonical(value);
}

/** Ends the time for seals and begins that of revealing: nobody bids after seeing others. */
export async function closeSeals({ state, emit }: Transaction, args: readonly string[]): Promise<string> {
  const { market, period } = await readSealedRound(state, { market: args[0], period: args[1] });
  const value = { market, period };
  if (await saveOnce(state, keys.gate(market, period), { value, what: "the gate" })) emit("SealsClosed", value);
  return canonical(value);
}

const revealed = ["market", "period", "bid", "salt"] as const;

/** Shows a sealed bid. It must be the one that was sealed, to the bit. */
export async function revealBid({ state, emit }: Transaction, args: readonly string[]): Promise<string> {
  const revelation = readMembers(readJson(args[0], "the revelation"), "the revelation", revealed);
  const { market, period } = await readSealedRound(state, revelation);
  const bid = readBid(revelation.bid, "the revealed bid");
  const salt = readText(revelation.salt, "the salt", 200);
  const { bidder, nonce } = bid;
  const what = `sealed bid ${nonce} of ${bidder} in round ${period} of ${market}`;
  if ((await state.get(keys.gate(market, period))) === undefined)
    refuse("SEAL", `the seals of round ${period} of ${market} are still open; ${bidder} shows its bid too early.`);
  const key = keys.seal(market, period, bid);
  const seal = await need<Seal>(state, key, what);
  if (commitmentTo({ market, period }, bid, salt) !== seal.commitment)
    refuse("SEAL", `what ${bidder} reveals is not its ${what}.`);
  const shown: Seal = { ...seal, bid: canonical(bid) };
  if (seal.bid === shown.bid) return canonical(shown);
  if (seal.bid !== "") refuse("CONFLICT", `the ${what} was revealed with another signature.`);
  await save(state, key, shown);
  emit("BidRevealed", { market, period, bidder, nonce });
  return canonical(shown);
}

/** Refuses a round that adds, changes or leaves out a revealed bid; tells who sealed and did not reveal. */
export async function checkSeals(state: State, round: Round): Promise<ReadonlySet<string>> {
  const name = `round ${round.period} of ${round.market}`;
  const placeOf = ({ bidder, nonce }: Pick<Bid, "bidder" | "nonce">) => `${nonce} ${bidder}`;
  const book = new Map(round.bids.map(bid => [placeOf(bid), canonical(bid)]));
  const withheld = new Set<string>();
  for await (const { key, value } of state.range("seal", [round.market, ordered(round.period)])) {
    const [, , bidder, nonce] = keyAttributes(key);
    const seal = parseStored<Seal>(value);
    const place = placeOf({ bidder, nonce });
    if (seal.bid === "") withheld.add(bidder);
    else if (book.get(place) !== seal.bid)
      refuse("SEAL", `the bid ${nonce} of ${bidder} is not in ${name} as it was revealed.`);
    else book.delete(place);
  }
  const [unsealed] = book.keys();
  if (unsealed !== undefined) refuse("SEAL", `${name} has the bid ${unsealed}, which was not sealed and revealed.`);
  return withheld;
}

/** A round that is not settled yet, of a market that takes sealed bids in it. */
async function readSealedRound(
  state: State,
  place: { readonly market: unknown; readonly period: unknown },
): Promise<{ market: string; period: string }> {
  const { market, period } = await readOpenRound(state, place);
  if (termsAt(await readMarket(state, market), period).sealed === "no")
    refuse("SEAL", `${market} takes no sealed bids in round ${period}.`);
  return { market, period };
}

type SealStatement = Readonly<Record<"market" | "period" | "bidder" | "nonce" | "commitment" | "signature", string>>;

function readSeal(text: string): SealStatement {
  const names = ["market", "period", "bidder", "nonce", "commitment", "signature"] as const;
  const seal = readMembers(readJson(text, "the seal"), "the seal", names);
  return {
    market: readName(seal.market, "the market of the seal"),
    period: readCounter(seal.period, "the period of the seal"),
    bidder: readName(seal.bidder, "the bidder of the seal"),
    nonce: readNatural(seal.nonce, "the nonce of the seal"),
    commitment: readDigest(seal.commitment, "the commitment of the seal"),
    signature: readText(seal.signature, "the signature of the seal", 100),
  };
}

function checkBrought(seal: SealStatement, text: string): void {
  const brought = readMembers(readJson(text, "the transient bid"), "the transient bid", ["bid", "salt"]);
  const bid: SignedBid = readBid(brought.bid, "the transient bid");
  if (bid.bidder !== seal.bidder || bid.nonce !== seal.nonce)
    refuse("SEAL", `${seal.bidder} seals its bid ${seal.nonce}, but brings ${bid.nonce} of ${bid.bidder}.`);
  if (commitmentTo(seal, bid, readText(brought.salt, "the salt", 200)) !== seal.commitment)
    refuse("SEAL", `the bid that ${seal.bidder} brings is not the one that it commits to.`);
}
