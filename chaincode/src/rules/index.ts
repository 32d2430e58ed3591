export { canonical, digestOf, type Json } from "./canonical.js";
export { refusalIn, refusals, SettlementError, type Refusal } from "./errors.js";
export type { MarketTerms, Pricing, Transformer } from "./market.js";
export type { Account, JournalEntry, Participant, Registration, Transfer } from "./participant.js";
export { CONTRACT_VERSION, movementsOf, receiptOf, receiptsDigest, roundDigest, type Movements } from "./receipt.js";
export type { Bid, ClearedRound, Congestion, Receipt, Round, RuleName, Side, SignedBid } from "./round.js";
export {
  bidText,
  checkSignature,
  participantKeys,
  signText,
  statementText,
  verifyHere,
  type ParticipantKeys,
  type SignatureCheck,
  type Verifier,
} from "./signing.js";
export { roles, type Caller, type ContractFunction, type Role, type Transaction } from "./transaction.js";
export { compositeKey, keyAttributes, type Entry, type Page, type PageRequest, type State } from "./state.js";
export { contractFunctions, execute, type FunctionName } from "./functions.js";
export { commitmentTo, type Seal } from "./seals.js";
export type { Correction, Dispute } from "./disputes.js";
export type { Supply } from "./funds.js";
export type { Market } from "./markets.js";
export { isName } from "./input.js";
export { mostBids, mostRounds } from "./round-input.js";
export { checkClearing } from "./clearing.js";
