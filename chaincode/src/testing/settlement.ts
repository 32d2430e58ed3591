import {
  bidText,
  digestOf,
  participantKeys,
  signText,
  type Bid,
  type ClearedRound,
  type MarketTerms,
  type ParticipantKeys,
  type Round,
  type Verifier,
} from "../rules/index.js";
import type { Offer } from "./honest-clearing.js";
import { MemoryLedger } from "./memory-ledger.js";

export const cap = 1_000_000_000n;
export const houses = ["house 0", "house 1", "house 2", "house 3", "house 4", "house 5"];
export const everybody = [...houses, "utility", "feeder", "market operator"];

export const plainTerms: MarketTerms = {
  rule: "uniform",
  pricing: "interval",
  start: "2013-07-01T00:05:00.000Z",
  periodSeconds: "300",
  priceCap: String(cap),
  maxEnergy: "1000000",
  fee: "0",
  operator: "market operator",
  escrow: "balance",
  sealed: "no",
};

/** 10^18 pico: a million of currency. */
export const plenty = "1000000000000000000";

const keyRing = new Map<string, ParticipantKeys>();

export function keysOf(name: string): ParticipantKeys {
  let keys = keyRing.get(name);
  if (keys === undefined) keyRing.set(name, (keys = participantKeys("seed 1", name)));
  return keys;
}

/** A ledger with participants that have money, and the market "m". */
export async function openMarket(terms: Partial<MarketTerms> = {}): Promise<MemoryLedger> {
  const ledger = new MemoryLedger();
  const registrations = everybody.map(participant => ({
    ...{ participant, publicKey: keysOf(participant).publicKey, validUntil: "" },
  }));
  await ledger.submit("registrar", "RegisterParticipants", registrations);
  const transfers = everybody.map(participant => ({
    participant,
    amount: plenty,
    reference: `first of ${participant}`,
  }));
  await ledger.submit("treasury", "Deposit", transfers);
  await ledger.submit("operator", "CreateMarket", "m", { ...plainTerms, ...terms });
  return ledger;
}

export type Signer = (bidder: string, text: string) => string;

export const signReally: Signer = (bidder, text) => signText(text, keysOf(bidder).privateKey);

/** Signatures that cost nothing, for tests of everything else: still only those of the right key and text count. */
export const signCheaply: Signer = (bidder, text) => digestOf(`${keysOf(bidder).publicKey} ${text}`);
export const verifyCheaply: Verifier = checks =>
  Promise.resolve(checks.map(({ publicKey, text, signature }) => signature === digestOf(`${publicKey} ${text}`)));

/** When a period of the plain terms closes. */
export function closeOf(period: number): string {
  return new Date(Date.parse(plainTerms.start) + period * 300_000).toISOString();
}

export type Unsigned = Pick<ClearedRound, "price" | "accepted"> &
  Partial<ClearedRound> & { readonly offers: readonly Offer[] };

/** A round as it is settled, from what was cleared; nonces count up within the period. */
export function signRound(period: number, { offers, ...cleared }: Unsigned, sign: Signer = signReally): Round {
  const place = { market: cleared.market ?? "m", period: String(period) };
  const bids = offers.map(({ bidder, side, price, energy }, i) => {
    const bid: Bid = {
      bidder,
      side,
      price: String(price),
      energy: String(energy),
      nonce: String(period * 1000 + i + 1),
    };
    return { ...bid, signature: sign(bidder, bidText(place.market, place.period, bid)) };
  });
  const round = {
    ...place,
    closesAt: closeOf(period),
    rule: "uniform",
    priceCap: String(cap),
    ...cleared,
    bids,
  } as const;
  return JSON.parse(JSON.stringify(round)) as Round;
}

/** Money of everybody, by name. */
export async function balances(ledger: MemoryLedger): Promise<Map<string, bigint>> {
  const found = new Map<string, bigint>();
  for (const name of everybody) {
    const { available, held } = JSON.parse(await ledger.query("Balance", name)) as { available: string; held: string };
    found.set(name, BigInt(available) + BigInt(held));
  }
  return found;
}
