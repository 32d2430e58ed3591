import { canonical, participantKeys, type Json, type MarketTerms } from "gridloom-settlement/rules";
import type { Command } from "../port.js";

/** Somebody who may bid, and what it pays in at the start, 1e-12 currency; nothing where "0". */
export interface Member {
  readonly name: string;
  readonly deposit: string;
}

/** A market that is to be settled, and who may bid there. Plain data. */
export interface MarketOpening {
  readonly market: string;
  readonly terms: MarketTerms;
  readonly members: readonly Member[];
}

/** Participants or deposits in one command. */
const MOST = 5000;

/** Whose accounts a ledger keeps. */
export interface Accounts {
  /** Seed of the participants' keys. */
  readonly seed: string;
  /** Scope of the contract that holds the accounts; runs that share a ledger have one each. */
  readonly scope: string;
}

/** What makes a new ledger ready for some markets; on one that is ready it changes nothing. Keys come from the seed. */
export function openingCommands({ seed, scope }: Accounts, markets: readonly MarketOpening[]): Command[] {
  const command = (name: string, as: string, ...args: readonly string[]): Command => {
    return { function: name, as, args: [scope, ...args] };
  };
  const deposits = new Map<string, string>();
  for (const { terms, members } of markets) {
    deposits.set(terms.operator, "0");
    for (const { name, deposit } of members) deposits.set(name, deposit);
  }
  const registrations = [...deposits.keys()].map(participant => {
    const { publicKey } = participantKeys(seed, participant);
    return { participant, publicKey, validUntil: "" };
  });
  const transfers = [...deposits]
    .filter(([, amount]) => amount !== "0")
    .map(([participant, amount]) => ({ participant, amount, reference: `opening:${participant}` }));
  return [
    ...inParts(registrations).map(part => command("RegisterParticipants", "registrar", canonical(part))),
    ...markets.map(({ market, terms }) =>
      command("CreateMarket", "operator", market, canonical(terms as unknown as Json)),
    ),
    ...inParts(transfers).map(part => command("Deposit", "treasury", canonical(part))),
  ];
}

function inParts<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / MOST) }, (_, i) => list.slice(i * MOST, (i + 1) * MOST));
}
