export {
  abstain,
  type BiddingRules,
  coolingKw,
  correctedRules,
  formBid,
  type FormedBid,
  type HouseOutlook,
  publishedLearningRules,
  publishedPetRules,
  solarKw,
} from "./bidding.js";
export {
  type CoolingSchedule,
  coolingNeeded,
  type HvacAgent,
  nextBasePointF,
  priceOffsetF,
  rampPriceUsdPerKwh,
  scheduledF,
} from "./hvac-agent.js";
export {
  type ClearedRound,
  describeRound,
  marketObservation,
  noRound,
  observeMarket,
  type OwnForecast,
} from "./market-observation.js";
export { chooseParticipants } from "./participation.js";
export {
  correctedControl,
  type HouseControl,
  type HouseResult,
  publishedControl,
  type RoundResult,
} from "./post-market.js";
export { actionOfPrice, priceAction, priceOfAction } from "./price-action.js";
export {
  initialStatistics,
  observePrice,
  pooledStatistics,
  type PriceStatistics,
  type PriceWindow,
  priceWindow,
  windowStatistics,
} from "./price-statistics.js";
export {
  coolingValueUsdPerKwh,
  gainReward,
  type HouseTrade,
  publishedReward,
  type RewardRule,
  tradeGain,
} from "./trading-reward.js";
export {
  PUBLISHED_BATTERY_KW,
  PUBLISHED_CHARGE_BAND,
  type PublishedDispatch,
  publishedDispatch,
  type PublishedRound,
  publishedStorageControl,
  type StorageBid,
  storageBid,
  type StorageControl,
  storageControl,
} from "./storage-control.js";
export {
  bestSaleKw,
  buyerUtility,
  publishedSaleKw,
  sellerUtility,
  type StorageOptions,
  storageOptions,
  type StorageOutlook,
} from "./storage-options.js";
export {
  type ChargeRange,
  chargeOfTrade,
  chargeRange,
  type Order,
  type PriceHistory,
  priceHistory,
  type VehicleOrders,
  vehicleOrders,
  type VehicleOutlook,
} from "./vehicle-bidding.js";
