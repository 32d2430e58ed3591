import {
  abstain,
  correctedControl,
  correctedRules,
  formBid,
  initialStatistics,
  observePrice,
  pooledStatistics,
  priceWindow,
  publishedControl,
  publishedLearningRules,
  publishedPetRules,
  rampPriceUsdPerKwh,
  windowStatistics,
  type BiddingRules,
  type FormedBid,
  type HouseOutlook,
  type PriceStatistics,
  type PriceWindow,
} from "../../methods/index.js";
import type { AgentEntry } from "../agents/agents-file.js";
import { firstTurn, type BidderSetting, type MarketTurn, type RoundNews } from "../agents/market-turn.js";
import { answerPrice, createSetpoints, heardPrice, type PricedSetpoints } from "../agents/price-response.js";
import { watchHouses, type Measured, type WatchedHouses } from "../agents/watching.js";
import type { MarketBids, MarketRound } from "../market/market-round.js";
import { everybody, type TakingPart } from "./taking-part.js";

/** What all households share. */
export interface HouseholdSetting extends BidderSetting {
  readonly inverterEfficiency: number;
  /** Which published rules hold: of plain trading, or of trading with learned prices. */
  readonly variant: "pet" | "pet-rl";
  /** Prices that replace the agents' own: one row for each round, one column for each house; 0 keeps the agent's. */
  readonly givenPrices: readonly (readonly number[])[];
}

/** The households while they run: plain data. */
export interface Households extends HouseholdSetting, MarketTurn, TakingPart, WatchedHouses, PricedSetpoints {
  readonly agents: readonly AgentEntry[];
  readonly pvSetpointKw: Float64Array;
  /** The bids of the round that is under way, with what each house knew. */
  bids: readonly FormedBid[];
  outlooks: readonly HouseOutlook[];
  prices: PriceWindow;
}

const PRICES_OF_A_DAY = 288;

/** Households before the first look at their houses. */
export function createHouseholds(
  agents: readonly AgentEntry[],
  setting: HouseholdSetting,
  part: TakingPart = everybody(agents.length),
): Households {
  const { trades, responds } = part;
  return {
    ...setting,
    ...part,
    ...createSetpoints(responds),
    ...watchHouses(agents.length),
    ...firstTurn(setting),
    agents,
    pvSetpointKw: Float64Array.from(responds, answer => (trades && answer === 1 ? 0 : Infinity)),
    bids: [],
    outlooks: [],
    prices: priceWindow(PRICES_OF_A_DAY),
  };
}

/** How these households form their bids. */
export function rulesOf({ behaviour, variant }: Households): BiddingRules {
  if (behaviour === "corrected") return correctedRules;
  return variant === "pet" ? publishedPetRules : publishedLearningRules;
}

function statisticsOf({ behaviour, prices, demandResponse }: Households): PriceStatistics {
  if (behaviour === "published") return initialStatistics;
  return demandResponse === "off" ? windowStatistics(prices) : pooledStatistics(prices);
}

/** Whether this house bids; who does not cools when it needs to and feeds in all its sun. */
function isBidder({ trades, responds }: Households, i: number): boolean {
  return trades && responds[i] === 1;
}

/** Every household's bid for the round under way; `reprice` may then change the bids' prices. */
export function bid(
  households: Households,
  { airTemperature, hvacPower, pvAvailable }: Measured,
  reprice: () => readonly FormedBid[] = () => households.bids,
): MarketBids {
  const { agents, basePointF, needed, unresponsiveKw, inverterEfficiency } = households;
  const rules = rulesOf(households);
  const statistics = statisticsOf(households);
  const given = households.givenPrices[households.rounds] ?? [];
  households.outlooks = agents.map(({ house, agent, sellerPriceUsdPerKwh }, i) => ({
    house,
    pvDcKw: pvAvailable[i],
    inverterEfficiency,
    unresponsiveKw: unresponsiveKw[i],
    coolingNeeded: needed[i] === 1,
    hvacKw: hvacPower[i],
    sellerPriceUsdPerKwh: given[i] > 0 ? given[i] : sellerPriceUsdPerKwh,
    buyerPriceUsdPerKwh:
      given[i] > 0 ? given[i] : rampPriceUsdPerKwh(agent, airTemperature[i] - basePointF[i], statistics),
  }));
  households.bids = households.outlooks.map((outlook, i) =>
    isBidder(households, i) ? formBid(outlook, rules) : abstain(outlook, rules),
  );
  households.bids = reprice();
  return listBids(households.bids);
}

/** The bids as they are sent. */
export function listBids(bids: readonly FormedBid[]): MarketBids {
  return {
    role: bids.map(one => one.role),
    priceUsdPerKwh: bids.map(one => one.priceUsdPerKwh),
    quantityKw: bids.map(one => one.quantityKw),
    uncoveredKw: bids.map(one => one.uncoveredKw),
    trades: bids.map(one => one.trades),
    hvacNeeded: bids.map(one => one.coolingNeeded),
  };
}

/**
 * Acts on a cleared round: when cooling runs in the coming period, and what each inverter is told. Where thermostats hold
 * set-points, cooling is theirs, and inverters serve it in full.
 */
export function control(households: Households, { round, acceptedKw }: RoundNews, seconds: number): void {
  const { bids, outlooks, behaviour, marketSeconds, pvSetpointKw, coolingUntil } = households;
  const rules = rulesOf(households);
  for (let i = 0; i < bids.length; i++) {
    if (!isBidder(households, i)) continue;
    const isServed = households.control === "setpoint" && bids[i].role === "buyer";
    const house = {
      outlook: outlooks[i],
      bid: bids[i],
      acceptedKw: isServed ? bids[i].quantityKw : acceptedKw[i],
    };
    const { pvKw, coolingShare } =
      behaviour === "published" ? publishedControl(house, round, rules) : correctedControl(house, rules);
    pvSetpointKw[i] = pvKw;
    coolingUntil[i] = seconds + coolingShare * marketSeconds;
  }
  households.rounds = round.totals.rounds;
  learnPrice(households, round);
}

/** Moves the set-points of those who answer to the price, by the statistics of the prices before, and remembers it. */
function learnPrice(households: Households, round: MarketRound): void {
  const priceUsdPerKwh = heardPrice(households.demandResponse, round);
  if (priceUsdPerKwh !== undefined)
    answerPrice(households, households.agents, priceUsdPerKwh, statisticsOf(households));
  households.prices = observePrice(households.prices, priceUsdPerKwh ?? round.clearingPriceUsdPerKwh);
}

/** Lets those who do not bid cool while they need to. */
export function coolAbstainers(households: Households): void {
  const { needed, coolingUntil } = households;
  for (let i = 0; i < needed.length; i++)
    if (!isBidder(households, i)) coolingUntil[i] = needed[i] === 1 ? Infinity : 0;
}
