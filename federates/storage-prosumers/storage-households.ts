import { batteryRangeKw, type BatteryDescription, type ChargeBand } from "../../models/index.js";
import {
  bestSaleKw,
  ClearingType,
  initialStatistics,
  observePrice,
  priceWindow,
  PUBLISHED_BATTERY_KW,
  PUBLISHED_CHARGE_BAND,
  publishedDispatch,
  publishedSaleKw,
  publishedStorageControl,
  rampPriceUsdPerKwh,
  storageBid,
  storageControl,
  storageOptions,
  windowStatistics,
  type PriceWindow,
  type PublishedRound,
  type StorageBid,
  type StorageControl,
  type StorageOptions,
  type StorageOutlook,
} from "../../methods/index.js";
import type { AgentEntry } from "../agents/agents-file.js";
import { firstTurn, type BidderSetting, type MarketTurn, type RoundNews } from "../agents/market-turn.js";
import { firstBasePointsF, watchHouses, type Measured, type Watching } from "../agents/watching.js";
import type { MarketBids, MarketRound } from "../market/market-round.js";

/** One household with a battery that it trades with. */
export interface StorageAgentEntry extends Pick<AgentEntry, "house" | "agent"> {
  readonly storage: Omit<BatteryDescription, "stateOfCharge">;
  /** How far below the bulk system's price the house sells. */
  readonly discountUsdPerKwh: number;
  /** Weight of comfort and charge in the utility of a purchase. */
  readonly comfortWeight: number;
}

/** What all households share. */
export interface StorageSetting extends BidderSetting {
  /** The market's; corrected houses do not ask for more. */
  readonly priceCapUsdPerKwh: number;
  readonly inverterEfficiency: number;
  /** How a house chooses among its feasible trades. */
  readonly strategy: "utility" | "random";
}

/** The households while they run: plain data. */
export interface StorageHouseholds extends StorageSetting, MarketTurn, Watching {
  readonly agents: readonly StorageAgentEntry[];
  readonly pvSetpointKw: Float64Array;
  readonly storageSetpointKw: Float64Array;
  outlooks: readonly StorageOutlook[];
  bids: readonly StorageBid[];
  prices: PriceWindow;
}

/** What the meters show; the battery's state of charge besides. */
export interface StorageMeasured extends Measured {
  readonly stateOfCharge: Float64Array;
  readonly lmpUsdPerKwh: number;
}

/** Bids, with whether sun and battery cover each house's load other than cooling. */
export interface StorageBids extends MarketBids {
  readonly baseCovered: readonly boolean[];
}

/** What became of each household's bid. */
export interface StorageResults {
  readonly determination: readonly ("accepted" | "rejected")[];
  readonly dispatchedKw: readonly number[];
}

const PRICES_OF_A_DAY = 288;
const LOWEST_SELLER_PRICE_USD_PER_KWH = 0.005;
const PUBLISHED_HVAC_KW = 3;

/** Households before the first look at their houses. */
export function createStorageHouseholds(
  agents: readonly StorageAgentEntry[],
  setting: StorageSetting,
): StorageHouseholds {
  const vector = () => new Float64Array(agents.length);
  return {
    ...setting,
    ...watchHouses(agents.length),
    ...firstTurn(setting),
    agents,
    basePointF: firstBasePointsF(agents.length),
    pvSetpointKw: vector(),
    storageSetpointKw: vector(),
    outlooks: [],
    bids: [],
    prices: priceWindow(PRICES_OF_A_DAY),
  };
}

/** Every household's bid for the round under way. `draw` gives a number in [0, 1) for house i, for the random strategy. */
export function bidStorage(
  households: StorageHouseholds,
  measured: StorageMeasured,
  draw: (i: number) => number,
): StorageBids {
  const { agents, strategy } = households;
  households.outlooks = agents.map((_, i) => outlookOf(households, measured, i));
  households.bids = households.outlooks.map((outlook, i) => {
    const options = storageOptions(outlook);
    const saleKw =
      strategy === "random"
        ? options.saleKw[Math.floor(draw(i) * options.saleKw.length)]
        : chooseSaleKw(households, outlook, { options, weight: agents[i].comfortWeight });
    return storageBid(outlook, saleKw, options);
  });
  return listBids(households);
}

interface Choice {
  readonly options: StorageOptions;
  readonly weight: number;
}

function chooseSaleKw({ behaviour }: StorageHouseholds, outlook: StorageOutlook, { options, weight }: Choice): number {
  if (behaviour === "published") return publishedSaleKw(outlook, options);
  return bestSaleKw(outlook, options, { weight });
}

function outlookOf(households: StorageHouseholds, measured: StorageMeasured, i: number): StorageOutlook {
  const { agents, behaviour, basePointF, needed, unresponsiveKw, inverterEfficiency, prices } = households;
  const { agent, house, discountUsdPerKwh } = agents[i];
  const isPublished = behaviour === "published";
  const stateOfCharge = measured.stateOfCharge[i];
  const excessF = measured.airTemperature[i] - basePointF[i];
  const statistics = isPublished ? initialStatistics : windowStatistics(prices);
  const sellerPrice = Math.max(measured.lmpUsdPerKwh - discountUsdPerKwh, LOWEST_SELLER_PRICE_USD_PER_KWH);
  return {
    house,
    solarKw: measured.pvAvailable[i] * inverterEfficiency,
    unresponsiveKw: unresponsiveKw[i],
    coolingNeeded: needed[i] === 1,
    hvacKw: isPublished ? PUBLISHED_HVAC_KW : measured.hvacPower[i],
    stateOfCharge,
    ...(isPublished ? publishedRangeKw(stateOfCharge) : rangeKw(households, i, stateOfCharge)),
    excessF,
    sellerPriceUsdPerKwh: isPublished ? sellerPrice : Math.min(sellerPrice, households.priceCapUsdPerKwh),
    buyerPriceUsdPerKwh: rampPriceUsdPerKwh(agent, excessF, statistics),
  };
}

function rangeKw({ agents, marketSeconds }: StorageHouseholds, i: number, stateOfCharge: number) {
  const band: ChargeBand = PUBLISHED_CHARGE_BAND;
  return batteryRangeKw(agents[i].storage, stateOfCharge, band, marketSeconds);
}

function publishedRangeKw(stateOfCharge: number) {
  return {
    chargeKw: stateOfCharge > PUBLISHED_CHARGE_BAND.high ? 0 : PUBLISHED_BATTERY_KW,
    dischargeKw: stateOfCharge < PUBLISHED_CHARGE_BAND.low ? 0 : PUBLISHED_BATTERY_KW,
  };
}

function listBids({ bids, outlooks }: StorageHouseholds): StorageBids {
  return {
    role: bids.map(one => one.role),
    priceUsdPerKwh: bids.map(one => one.priceUsdPerKwh),
    quantityKw: bids.map(one => one.quantityKw),
    uncoveredKw: bids.map(one => one.uncoveredKw),
    trades: bids.map(() => true),
    hvacNeeded: outlooks.map(one => one.coolingNeeded),
    baseCovered: bids.map(one => one.baseCovered),
  };
}

function publishedRound(round: MarketRound): PublishedRound {
  const { clearingPriceUsdPerKwh, clearingType, condition, publishedMarginalFraction: marginalFraction } = round;
  return {
    clearingPriceUsdPerKwh,
    rejectsAll: clearingType <= ClearingType.FAILURE || condition === "flexible-generation",
    marginal: MARGINAL_SIDES[clearingType] ?? "none",
    marginalFraction,
  };
}

const MARGINAL_SIDES: Readonly<Record<number, PublishedRound["marginal"]>> = {
  [ClearingType.MARGINAL_SELLER]: "seller",
  [ClearingType.MARGINAL_BUYER]: "buyer",
};

/** Acts on a cleared round: when cooling runs in the coming period, and what inverters and batteries are told. */
export function controlStorage(
  households: StorageHouseholds,
  { round, acceptedKw }: RoundNews,
  seconds: number,
): StorageResults {
  const { bids, outlooks, behaviour, marketSeconds } = households;
  const results = bids.map((bid, i) => {
    if (behaviour === "corrected") return { accepted: acceptedKw[i] > 0, dispatchedKw: acceptedKw[i] };
    return publishedDispatch(bid, publishedRound(round));
  });
  for (let i = 0; i < bids.length; i++) {
    const control: StorageControl =
      behaviour === "published"
        ? publishedStorageControl(outlooks[i], bids[i], results[i])
        : storageControl(outlooks[i], bids[i], results[i].dispatchedKw);
    households.pvSetpointKw[i] = control.solarKw;
    households.storageSetpointKw[i] = control.batteryKw;
    households.coolingUntil[i] = seconds + control.coolingShare * marketSeconds;
  }
  households.rounds = round.totals.rounds;
  households.prices = observePrice(households.prices, round.clearingPriceUsdPerKwh);
  return {
    determination: results.map(({ accepted }) => (accepted ? "accepted" : "rejected")),
    dispatchedKw: results.map(({ dispatchedKw }) => dispatchedKw),
  };
}
