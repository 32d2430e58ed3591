export { aggregateBid, type DemandBlock } from "./aggregate-bid.js";
export { type Bid, type BidFault, type Book, BookError, checkBook } from "./book.js";
export { type BookStep, bookSteps } from "./book-steps.js";
export {
  type Acceptance,
  acceptedByBidder,
  type Clearing,
  type ClearingRule,
  type ClearingRules,
  type MarginalSide,
  type Trade,
} from "./clearing.js";
export { type ClearingRuleName, clearingRules } from "./clearing-rules.js";
export type { Congestion, Transformer } from "./congestion.js";
export { fromNano, fromPico, toKw, toNano, toWh, valueOf } from "./money.js";
export { type Behaviour, ClearingType } from "./price-rule.js";
export type { PublishedMarginal } from "./published-figures.js";
export {
  assembleBook,
  type FeedIn,
  type HouseBid,
  type MarketCondition,
  type RoundRules,
  unresponsiveName,
  utilityName,
} from "./round.js";
export type { Surplus } from "./surplus.js";
export { clear } from "./uniform-price.js";
