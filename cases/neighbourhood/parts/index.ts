export { auctionPart, type AuctionSettings } from "./auction.js";
export { buildingPart, type BuildingSettings } from "./building.js";
export { bulkPart } from "./bulk.js";
export { forecastPart, type ForecastSettings } from "./forecast.js";
export { distributionPart, feederShare, type DistributionSettings } from "./distribution.js";
export { prosumersPart, type ProsumersSettings } from "./prosumers.js";
export {
  settlementOptions,
  settlementParts,
  settleMode,
  type SettleMode,
  type SettlementSettings,
} from "./settlement.js";
export { thermostatBidders, thermostatsPart, type ThermostatsSettings } from "./thermostats.js";
export { weatherPart } from "./weather.js";
