import {
  bidText,
  canonical,
  participantKeys,
  receiptOf,
  signText,
  type Bid,
  type ClearedRound,
  type Json,
  type MarketTerms,
  type ParticipantKeys,
  type Receipt,
  type Round,
} from "gridloom-settlement/rules";
import type { Command } from "../port.js";

const SEED = "settlements for tests";
const START = "2013-07-01T00:00:00.000Z";
const PERIOD_SECONDS = 300;
const DEPOSIT = 10n ** 18n;

/** A market of pairs of buyers and sellers who always trade, with names that no other market has. */
export interface TestMarket {
  readonly name: string;
  readonly terms: MarketTerms;
  readonly buyers: readonly string[];
  readonly sellers: readonly string[];
}

/** A market with so many trades a round; `name` keeps its parties apart from those of other markets. */
export function testMarket(name: string, trades: number): TestMarket {
  const terms: MarketTerms = {
    ...{ rule: "uniform", pricing: "interval", start: START, periodSeconds: String(PERIOD_SECONDS) },
    ...{ priceCap: "3780000000", maxEnergy: "1000000", fee: "1000", operator: `${name}-operator` },
    ...{ escrow: "balance", sealed: "no" },
  };
  const parties = (side: string) => Array.from({ length: trades }, (_, i) => `${name}-${side}-${i}`);
  return { name, terms, buyers: parties("buyer"), sellers: parties("seller") };
}

/** What makes a new ledger ready for a market: keys, the market, and money for those who buy. */
export function openingOf({ name, terms, buyers, sellers }: TestMarket): Command[] {
  const registrations = [terms.operator, ...buyers, ...sellers].map(participant => {
    return { participant, publicKey: keysOf(participant).publicKey, validUntil: "" };
  });
  const transfers = buyers.map(participant => ({
    participant,
    amount: String(DEPOSIT),
    reference: `${participant} 1`,
  }));
  return [
    { function: "RegisterParticipants", args: ["", canonical(registrations)], as: "registrar" },
    { function: "CreateMarket", args: ["", name, canonical(terms as unknown as Json)], as: "operator" },
    { function: "Deposit", args: ["", canonical(transfers)], as: "treasury" },
  ];
}

/** An honest round, signed; prices and energies differ from period to period and from bid to bid. */
export function roundOf({ name, terms, buyers, sellers }: TestMarket, period: number): Round {
  const price = 90_000_000n + BigInt(period % 40) * 1_000_000n;
  const bids: Bid[] = [];
  buyers.forEach((buyer, i) => {
    const energy = String(100 + ((period * 7 + i * 13) % 900));
    const nonce = String(period + 1);
    const margin = BigInt(i % 50) * 100_000n;
    bids.push({ bidder: buyer, side: "buy", price: String(price + margin), energy, nonce });
    bids.push({ bidder: sellers[i], side: "sell", price: String(price - margin), energy, nonce });
  });
  return {
    ...{ market: name, period: String(period), rule: "uniform", priceCap: terms.priceCap, price: String(price) },
    closesAt: new Date(Date.parse(START) + period * PERIOD_SECONDS * 1000).toISOString(),
    bids: bids.map(bid => ({ ...bid, signature: signatureOf(name, String(period), bid) })),
    accepted: bids.map(({ energy }) => energy),
  };
}

/** A bid's signature by its bidder. */
export function signatureOf(market: string, period: string, bid: Bid): string {
  return signText(bidText(market, period, bid), keysOf(bid.bidder).privateKey);
}

/** The command that settles rounds. */
export function settling(...rounds: readonly Round[]): Command {
  return { function: "Settle", args: ["", canonical(rounds as unknown as Json)], as: "operator" };
}

/** The receipt that a round must get. */
export function expectedReceipt({ terms }: TestMarket, round: ClearedRound): Receipt {
  return receiptOf(round, terms);
}

/** A question to the contract. */
export function asking(name: string, ...args: readonly string[]): Command {
  return { function: name, args: ["", ...args] };
}

const known = new Map<string, ParticipantKeys>();

function keysOf(participant: string): ParticipantKeys {
  let keys = known.get(participant);
  if (keys === undefined) known.set(participant, (keys = participantKeys(SEED, participant)));
  return keys;
}
