/** Which way a bid goes. */
export type Side = "buy" | "sell";

/** Clearing rules whose rounds the contract can check. All but `uniform` have a value for each bid instead of one price. */
export const rules = ["uniform", "continuous", "continuous-whole", "packet"] as const;
export type RuleName = (typeof rules)[number];

/** An offer in a round. Integers are decimal strings everywhere. */
export interface Bid {
  readonly bidder: string;
  readonly side: Side;
  /** 1e-12 currency per Wh, which is 1e-9 currency per kWh; may be negative. */
  readonly price: string;
  /** Wh, ≥ 0. */
  readonly energy: string;
  /** Higher than all nonces that the bidder used before, in whatever round. */
  readonly nonce: string;
}

/** A bid with its bidder's Ed25519 signature (base64) of `bidText`. */
export interface SignedBid extends Bid {
  readonly signature: string;
}

/** A cleared round without the signatures: what its digest is made of. */
export interface ClearedRound<B extends Bid = Bid> {
  readonly market: string;
  /** Counts up by one from 0. */
  readonly period: string;
  /** ISO time of the simulation, such as 2013-07-01T00:05:00.000Z. */
  readonly closesAt: string;
  readonly rule: RuleName;
  readonly priceCap: string;
  /** 1e-12 currency per Wh; of the feeder's inside where the transformer is at its limit. */
  readonly price: string;
  readonly bids: readonly B[];
  /** Wh that each bid gets, in the order of the bids. */
  readonly accepted: readonly string[];
  /** 1e-12 currency for each bid's energy, in the order of the bids; in rounds without a common price only. */
  readonly values?: readonly string[];
  readonly congestion?: Congestion;
}

/** What a transformer at its limit did to a round. */
export interface Congestion {
  /** Wh into the feeder; negative out of it. */
  readonly flow: string;
  readonly outsidePrice: string;
}

/** A cleared round as it is settled. */
export type Round = ClearedRound<SignedBid>;

/** Proof that a round was settled. It has no transaction, block or wall-clock time: every ledger gives the same. */
export interface Receipt {
  readonly market: string;
  readonly period: string;
  /** `roundDigest` of the round. */
  readonly digest: string;
  readonly price: string;
  readonly energyWh: string;
  /** What buyers pay for energy, 1e-12 currency, fees not included. */
  readonly valuePico: string;
  /** Number of bids that got something. */
  readonly trades: string;
  readonly feesPico: string;
  /** What buyers pay and no seller receives, because the transformer was at its limit. */
  readonly rentPico: string;
  /** SHA-256 of all bids. */
  readonly bookRoot: string;
  /** Version of the contract. */
  readonly version: string;
}
