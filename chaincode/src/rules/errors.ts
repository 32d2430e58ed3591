/** Why the contract refuses a transaction; every message begins with one of these. */
export const refusals = {
  BAD_INPUT: "an argument is malformed",
  FORBIDDEN: "the caller's role may not do this",
  UNKNOWN: "there is no such market, participant, round or function",
  SUSPENDED: "the participant is suspended",
  EXPIRED: "the participant's registration has ended",
  SIGNATURE: "a signature does not belong to the participant and what was signed",
  NONCE: "a nonce was used before",
  LIMIT: "a number lies outside the market's limits",
  FUNDS: "an account cannot cover the amount",
  CONFLICT: "something else stands under this name already",
  SEQUENCE: "the period is not the next one, or does not close when the market says",
  ALLOCATION: "a bid was given more than it asked for, or less than its price entitles it to",
  UNBALANCED: "energy or money does not add up",
  PRICE: "the price is not the one of the market's rule, or somebody trades at a loss",
  RATIONING: "bids at the price were not served in their shares",
  CONGESTION: "the flow through the transformer does not fit its limit or its prices",
  SEAL: "a bid and the sealed bids of its round do not match",
  COUNTERPARTY: "the two did not trade with each other in this round",
  CORRUPT: "what is stored contradicts itself",
} as const;

/** Code of a refusal. */
export type Refusal = keyof typeof refusals;

/** A refused transaction: nothing was written. The message reads `CODE: sentence with party, value, bound`. */
export class SettlementError extends Error {
  override readonly name = "SettlementError";
  constructor(
    readonly code: Refusal,
    sentence: string,
  ) {
    super(`${code}: ${sentence}`);
  }
}

/** Refuses the transaction. */
export function refuse(code: Refusal, sentence: string): never {
  throw new SettlementError(code, sentence);
}

/** Code of an error that a ledger reports as text; undefined where the text is no refusal. */
export function refusalIn(message: string): Refusal | undefined {
  const codes = Object.keys(refusals) as Refusal[];
  return codes.find(code => new RegExp(`(?:^|[^A-Z_])${code}: `).test(message));
}
