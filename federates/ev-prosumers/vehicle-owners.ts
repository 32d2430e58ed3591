import {
  chargeOfTrade,
  chargeRange,
  observePrice,
  priceHistory,
  priceWindow,
  vehicleOrders,
  type Order,
  type PriceWindow,
} from "../../methods/index.js";
import type { VehicleDescription } from "../../models/index.js";
import type { AgentEntry } from "../agents/agents-file.js";
import { firstTurn, type BidderSetting, type MarketTurn, type RoundNews } from "../agents/market-turn.js";
import { firstBasePointsF, watchHouses, type Measured, type Watching } from "../agents/watching.js";
import type { MarketBids } from "../market/market-round.js";

/** What all households share. */
export interface OwnersSetting extends BidderSetting {
  readonly inverterEfficiency: number;
  readonly priceCapUsdPerKwh: number;
  readonly buyQuartileRatio: number;
}

/** A vehicle as its owner's agent knows it. */
export type OwnedVehicle = Pick<VehicleDescription, "chargeEfficiency" | "dischargeEfficiency">;

/** The households while they run: plain data. */
export interface VehicleOwners extends OwnersSetting, MarketTurn, Watching {
  readonly agents: readonly Pick<AgentEntry, "house" | "agent">[];
  readonly vehicles: readonly OwnedVehicle[];
  readonly pvSetpointKw: Float64Array;
  readonly chargeSetpointKw: Float64Array;
  prices: PriceWindow;
  bids: MarketBids | undefined;
}

/** What meters and vehicles show; the vectors of vehicles have one element for each owner. */
export interface OwnersMeasured extends Measured {
  readonly stateOfCharge: Float64Array;
  readonly isHome: Float64Array;
  readonly changesIn: Float64Array;
  readonly lmpUsdPerKwh: number;
}

const SECONDS_PER_DAY = 86_400;
const PV_PRICE_USD_PER_KWH = 0.0148;
/** Below the price of what is bought at any price by this part of the cap. */
const COOLING_PRICE_SHARE = 0.999;
const PUBLISHED_HVAC_KW = 4;

/** Names of the bidders: the houses' cooling (with their other load), their panels, then what each vehicle buys and sells. */
export function bidderNames(houses: readonly string[], owners: readonly string[]): string[] {
  return [
    ...houses,
    ...houses.map(house => `${house}_pv`),
    ...owners.map(house => `${house}_charge`),
    ...owners.map(house => `${house}_discharge`),
  ];
}

/** Households before the first look at their houses. */
export function createVehicleOwners(
  agents: VehicleOwners["agents"],
  vehicles: readonly OwnedVehicle[],
  setting: OwnersSetting,
): VehicleOwners {
  return {
    ...setting,
    ...watchHouses(agents.length),
    ...firstTurn(setting),
    agents,
    vehicles,
    basePointF: firstBasePointsF(agents.length),
    pvSetpointKw: new Float64Array(agents.length),
    chargeSetpointKw: new Float64Array(vehicles.length),
    prices: priceWindow(periodsOfDay(setting)),
    bids: undefined,
  };
}

function periodsOfDay({ marketSeconds }: OwnersSetting): number {
  return Math.round(SECONDS_PER_DAY / marketSeconds);
}

/** Everybody's orders for the round under way, in the order of `bidderNames`. */
export function bidForHouseholds(owners: VehicleOwners, measured: OwnersMeasured): MarketBids {
  const { needed, unresponsiveKw, priceCapUsdPerKwh, inverterEfficiency, behaviour } = owners;
  owners.prices = observePrice(owners.prices, measured.lmpUsdPerKwh);
  const hvacKw = (i: number) => (behaviour === "published" ? PUBLISHED_HVAC_KW : measured.hvacPower[i]);
  const coolingPrice = COOLING_PRICE_SHARE * priceCapUsdPerKwh;
  const cooling = owners.agents.map((_, i): Order => ({
    quantityKw: needed[i] === 1 ? hvacKw(i) : 0,
    priceUsdPerKwh: coolingPrice,
  }));
  const panels = owners.agents.map((_, i): Order => ({
    quantityKw: measured.pvAvailable[i] * inverterEfficiency,
    priceUsdPerKwh: PV_PRICE_USD_PER_KWH,
  }));
  const vehicles = ordersOfVehicles(owners, measured);
  const charging = vehicles.map(({ buy }) => buy);
  const feeding = vehicles.map(({ sell }) => sell);
  const orders = [...cooling, ...panels, ...charging, ...feeding];
  const buys = [...cooling.map(() => true), ...panels.map(() => false), ...charging.map(() => true)];
  const houses = owners.agents.length;
  owners.bids = {
    role: orders.map(({ quantityKw }, k) =>
      quantityKw > 0 || k < houses ? (buys[k] ? "buyer" : "seller") : "none-participant",
    ),
    priceUsdPerKwh: orders.map(order => Math.min(order.priceUsdPerKwh, priceCapUsdPerKwh)),
    quantityKw: orders.map(order => order.quantityKw),
    uncoveredKw: orders.map((_, k) => (k < houses ? unresponsiveKw[k] : 0)),
    trades: orders.map(() => true),
    hvacNeeded: orders.map((_, k) => k < houses && needed[k] === 1),
  };
  return owners.bids;
}

function ordersOfVehicles(owners: VehicleOwners, measured: OwnersMeasured) {
  const { vehicles, marketSeconds, priceCapUsdPerKwh, buyQuartileRatio, prices } = owners;
  const history = priceHistory(prices.pricesUsdPerKwh, periodsOfDay(owners));
  const taste = { buyQuartileRatio, anyPriceUsdPerKwh: priceCapUsdPerKwh };
  return vehicles.map((vehicle, v) => {
    const range = chargeRange(
      {
        stateOfCharge: measured.stateOfCharge[v],
        isHome: measured.isHome[v] === 1,
        changesInS: measured.changesIn[v],
        ...vehicle,
      },
      marketSeconds,
    );
    return vehicleOrders(range, vehicle, history, taste);
  });
}

/** Acts on a cleared round: each device runs for what was accepted of its order. */
export function controlHouseholds(owners: VehicleOwners, { round, acceptedKw }: RoundNews, seconds: number): void {
  const { agents, vehicles, bids, marketSeconds, coolingUntil, pvSetpointKw, chargeSetpointKw } = owners;
  owners.rounds = round.totals.rounds;
  if (bids === undefined) return;
  const houses = agents.length;
  for (let i = 0; i < houses; i++) {
    const share = bids.quantityKw[i] > 0 ? Math.min(acceptedKw[i] / bids.quantityKw[i], 1) : 0;
    coolingUntil[i] = seconds + share * marketSeconds;
    pvSetpointKw[i] = acceptedKw[houses + i];
  }
  for (let v = 0; v < vehicles.length; v++) {
    const bought = acceptedKw[2 * houses + v];
    const sold = acceptedKw[2 * houses + vehicles.length + v];
    chargeSetpointKw[v] = chargeOfTrade(bought, sold, vehicles[v]);
  }
}
