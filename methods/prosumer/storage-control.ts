import { toNano } from "../market/index.js";
import type { StorageOutlook } from "./storage-options.js";

/** A house's bid in a round. */
export interface StorageBid {
  readonly role: "seller" | "buyer" | "none-participant";
  readonly priceUsdPerKwh: number;
  /** What it sells or buys, kW, ≥ 0. */
  readonly quantityKw: number;
  readonly baseCovered: boolean;
  readonly uncoveredKw: number;
}

/** What a house does until the next round. */
export interface StorageControl {
  /** Power of the array's inverter, kW. */
  readonly solarKw: number;
  /** Power of the battery, kW; positive discharges. */
  readonly batteryKw: number;
  /** Part of the period in which cooling may run, 0 to 1. */
  readonly coolingShare: number;
}

/** The bid that stands for a net sale. */
export function storageBid(
  outlook: StorageOutlook,
  saleKw: number,
  { baseCovered, uncoveredKw }: Pick<StorageBid, "baseCovered" | "uncoveredKw">,
): StorageBid {
  const shared = { baseCovered, uncoveredKw };
  if (saleKw > 0)
    return { role: "seller", priceUsdPerKwh: outlook.sellerPriceUsdPerKwh, quantityKw: saleKw, ...shared };
  if (saleKw < 0 || !baseCovered)
    return { role: "buyer", priceUsdPerKwh: outlook.buyerPriceUsdPerKwh, quantityKw: 0 - saleKw, ...shared };
  return { role: "none-participant", priceUsdPerKwh: 0, quantityKw: 0, ...shared };
}

/**
 * Control that carries out exactly what the market accepted. The battery makes up the difference between trade, load and sun;
 * where it cannot give enough, cooling runs for the part of the period that it, the sun and the trade pay for; where it
 * cannot take enough, the array is held back.
 */
export function storageControl(outlook: StorageOutlook, bid: StorageBid, acceptedKw: number): StorageControl {
  const { solarKw, unresponsiveKw, hvacKw, chargeKw, dischargeKw } = outlook;
  const tradeKw = bid.role === "seller" ? acceptedKw : -acceptedKw;
  const exportKw = tradeKw - bid.uncoveredKw;
  const spareKw = solarKw + dischargeKw - unresponsiveKw - exportKw;
  const coolingShare = outlook.coolingNeeded ? clamp(spareKw / hvacKw, 0, 1) : 0;
  const wantedKw = exportKw + unresponsiveKw + coolingShare * hvacKw;
  return {
    solarKw: clamp(wantedKw + chargeKw, 0, solarKw),
    batteryKw: clamp(wantedKw - solarKw, -chargeKw, dischargeKw),
    coolingShare,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** What the published houses look at in a round. */
export interface PublishedRound {
  readonly clearingPriceUsdPerKwh: number;
  /** Null or failed rounds, and rounds without a buyer, reject every bid. */
  readonly rejectsAll: boolean;
  /** Which side is cut at the clearing price, and the part of such a bid that is dispatched, right or wrong. */
  readonly marginal: "buyer" | "seller" | "none";
  readonly marginalFraction: number;
}

/** Whether a published house takes its bid as accepted, and the power it then counts on. */
export interface PublishedDispatch {
  readonly accepted: boolean;
  readonly dispatchedKw: number;
}

/** How a published house reads the round: it compares prices, whatever the market gave it. */
export function publishedDispatch(bid: StorageBid, round: PublishedRound): PublishedDispatch {
  if (round.rejectsAll) return { accepted: false, dispatchedKw: 0 };
  if (bid.role === "none-participant" || bid.quantityKw === 0) return { accepted: true, dispatchedKw: 0 };
  const beyond = toNano(bid.priceUsdPerKwh) - toNano(round.clearingPriceUsdPerKwh);
  const wins = bid.role === "seller" ? beyond < 0 : beyond > 0;
  if (wins) return { accepted: true, dispatchedKw: bid.quantityKw };
  if (beyond !== 0) return { accepted: false, dispatchedKw: 0 };
  const fraction = round.marginal === bid.role ? round.marginalFraction : 1;
  return { accepted: true, dispatchedKw: fraction * bid.quantityKw };
}

/** Bounds of the state of charge below which the published houses only charge, and above which they only discharge. */
export const PUBLISHED_CHARGE_BAND = { low: 0.1, high: 0.95 } as const;

/** Power that the published houses take their battery to have, kW; its inverter has 3 kW and cuts what is more. */
export const PUBLISHED_BATTERY_KW = 5;

/** Control of the published battery houses, to the letter (table of the post-market control). */
export function publishedStorageControl(
  outlook: StorageOutlook,
  bid: StorageBid,
  { accepted, dispatchedKw }: PublishedDispatch,
): StorageControl {
  const { solarKw: sun, unresponsiveKw, hvacKw, coolingNeeded, stateOfCharge } = outlook;
  const load = unresponsiveKw + (coolingNeeded ? hvacKw : 0);
  const on = coolingNeeded ? 1 : 0;
  const [isLow, isHigh] = [stateOfCharge < PUBLISHED_CHARGE_BAND.low, stateOfCharge > PUBLISHED_CHARGE_BAND.high];
  if (bid.role !== "buyer" && (accepted || bid.role === "none-participant"))
    return { solarKw: sun, batteryKw: dispatchedKw + load - sun, coolingShare: on };
  if (bid.role === "seller") return { ...rejectedSeller({ sun, load, isLow, isHigh }), coolingShare: on };
  if (!accepted) return rejectedBuyer({ sun, load, isLow, isHigh }, unresponsiveKw, on);
  if (bid.baseCovered) return { solarKw: sun, batteryKw: load - sun - bid.quantityKw, coolingShare: on };
  const batteryKw = isLow ? load - unresponsiveKw - bid.quantityKw : PUBLISHED_BATTERY_KW;
  return { solarKw: sun, batteryKw, coolingShare: on };
}

interface Standing {
  readonly sun: number;
  readonly load: number;
  readonly isLow: boolean;
  readonly isHigh: boolean;
}

function rejectedSeller({ sun, load, isLow, isHigh }: Standing): Omit<StorageControl, "coolingShare"> {
  const charging = { solarKw: Math.min(sun, load + PUBLISHED_BATTERY_KW), batteryKw: charge(sun - load) };
  if (isLow) return charging;
  if (isHigh) return { solarKw: Math.min(sun, load), batteryKw: Math.max(load - sun, 0) };
  return sun > load ? charging : { solarKw: sun, batteryKw: load - sun };
}

function rejectedBuyer({ sun, load, isLow, isHigh }: Standing, base: number, on: number): StorageControl {
  if (isLow) {
    if (sun >= load) return { solarKw: sun, batteryKw: 0 - (sun - load), coolingShare: on };
    if (sun > base)
      return {
        solarKw: Math.min(sun, base + PUBLISHED_BATTERY_KW),
        batteryKw: charge(sun - base),
        coolingShare: 0,
      };
    return { solarKw: sun, batteryKw: 0, coolingShare: 0 };
  }
  if (!isHigh && sun >= load) return { solarKw: sun, batteryKw: 0 - (sun - load), coolingShare: on };
  if (sun + PUBLISHED_BATTERY_KW >= load) return { solarKw: sun, batteryKw: load - sun, coolingShare: on };
  if (sun + PUBLISHED_BATTERY_KW > base)
    return { solarKw: Math.min(sun, base), batteryKw: Math.max(base - sun, 0), coolingShare: 0 };
  return { solarKw: sun, batteryKw: PUBLISHED_BATTERY_KW, coolingShare: 0 };
}

function charge(surplusKw: number): number {
  return 0 - Math.min(surplusKw, PUBLISHED_BATTERY_KW);
}
