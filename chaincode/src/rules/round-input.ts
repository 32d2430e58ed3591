import { refuse } from "./errors.js";
import {
  readCounter,
  readInteger,
  readJson,
  readList,
  readMembers,
  readName,
  readNatural,
  readText,
  readTime,
  readWord,
  show,
} from "./input.js";
import { rules, type Round, type SignedBid } from "./round.js";

/** How much one transaction may carry: a block holds it, and an endorser checks it in a few seconds. */
export const mostRounds = 32;
export const mostBids = 20_000;

/** Consecutive rounds of one market. */
export function readRounds(text: string): Round[] {
  const rounds = readList(readJson(text, "rounds"), "rounds", mostRounds).map(readRound);
  rounds.forEach((round, i) => {
    if (round.market !== rounds[0].market)
      refuse("BAD_INPUT", `one transaction has rounds of ${rounds[0].market} and of ${round.market}; give one each.`);
    if (i > 0 && BigInt(round.period) !== BigInt(rounds[i - 1].period) + 1n)
      refuse("SEQUENCE", `period ${round.period} of ${round.market} comes after ${rounds[i - 1].period}.`);
  });
  const bids = rounds.reduce((sum, round) => sum + round.bids.length, 0);
  if (bids > mostBids)
    refuse("BAD_INPUT", `${rounds.length} rounds have ${bids} bids; a transaction holds ${mostBids}.`);
  return rounds;
}

const members = [...["market", "period", "closesAt", "rule", "priceCap", "price", "bids", "accepted"]] as const;

function readRound(value: unknown): Round {
  const round = readMembers(value, "a round", members, ["values", "congestion"]);
  const market = readName(round.market, "the market of a round");
  const period = readCounter(round.period, `a period of ${market}`);
  const here = `round ${period} of ${market}`;
  const bids = readOptionalList(round.bids, `the bids of ${here}`).map((bid, i) => readBid(bid, `bid ${i} of ${here}`));
  return {
    ...{ market, period, bids },
    closesAt: readTime(round.closesAt, `the close of ${here}`),
    rule: readWord(round.rule, `the rule of ${here}`, rules),
    priceCap: readNatural(round.priceCap, `the price cap of ${here}`),
    price: readInteger(round.price, `the price of ${here}`),
    accepted: readNumbers(round.accepted, `what was accepted in ${here}`, bids.length, readNatural),
    values:
      round.values === undefined
        ? undefined
        : readNumbers(round.values, `the values of ${here}`, bids.length, readInteger),
    congestion: round.congestion === undefined ? undefined : readCongestion(round.congestion, `congestion of ${here}`),
  };
}

/** A list that may be empty: nobody bids in some rounds. */
function readOptionalList(value: unknown, what: string): readonly unknown[] {
  return Array.isArray(value) && value.length === 0 ? value : readList(value, what, mostBids);
}

function readNumbers(
  value: unknown,
  what: string,
  count: number,
  read: (value: unknown, what: string) => string,
): readonly string[] {
  const numbers = readOptionalList(value, what);
  if (numbers.length !== count) refuse("BAD_INPUT", `${what} has ${numbers.length} numbers for ${count} bids.`);
  return numbers.map(number => read(number, what));
}

function readCongestion(value: unknown, what: string): Round["congestion"] {
  const { flow, outsidePrice } = readMembers(value, what, ["flow", "outsidePrice"]);
  return {
    flow: readInteger(flow, `the flow in ${what}`),
    outsidePrice: readInteger(outsidePrice, `the outside's price in ${what}`),
  };
}

/** A signed bid; its numbers are in their one spelling, so that its text is what was signed. */
export function readBid(value: unknown, what: string): SignedBid {
  const bid = readMembers(value, what, ["bidder", "side", "price", "energy", "nonce", "signature"]);
  const bidder = readName(bid.bidder, `the bidder of ${what}`);
  return {
    bidder,
    side: readWord(bid.side, `the side of ${bidder}'s bid`, ["buy", "sell"]),
    price: readInteger(bid.price, `the price of ${bidder}'s bid`),
    energy: readNatural(bid.energy, `the energy of ${bidder}'s bid`),
    nonce: readNatural(bid.nonce, `the nonce of ${bidder}'s bid`),
    signature: readText(bid.signature, `the signature of ${show(bidder)}'s bid`, 100),
  };
}
