import { priceOffsetF, type HvacAgent, type PriceStatistics } from "../../methods/index.js";
import type { MarketRound } from "../market/market-round.js";
import { firstBasePointsF } from "./watching.js";

/** The prices to which set-points may respond. */
export const RESPONSE_PRICES = ["clearing-price", "lmp", "off"] as const;

/** The price to which set-points respond. */
export type ResponsePrice = (typeof RESPONSE_PRICES)[number];

/** Set-points that prices move: plain data, one vector element for each house. */
export interface PricedSetpoints {
  /** 1 where the house answers to the price; the others follow their schedules. */
  readonly responds: Uint8Array;
  /** What the household wants. */
  readonly basePointF: Float64Array;
  /** What the price adds. */
  readonly offsetF: Float64Array;
  readonly setpointF: Float64Array;
}

/** Set-points before anybody looks at a schedule or a price. */
export function createSetpoints(responds: Uint8Array): PricedSetpoints {
  const houses = responds.length;
  return {
    responds,
    basePointF: firstBasePointsF(houses),
    offsetF: new Float64Array(houses),
    setpointF: firstBasePointsF(houses),
  };
}

/** What a round tells set-points; undefined where they do not listen. */
export function heardPrice(response: ResponsePrice, round: MarketRound): number | undefined {
  if (response === "off") return undefined;
  return response === "lmp" ? round.lmpUsdPerKwh : round.clearingPriceUsdPerKwh;
}

/**
 * Lets houses answer to a price: the offset is the inverse of the ramp that their agents bid by, so that a house whose bid is
 * above the price is warmer than its new set-point.
 */
export function answerPrice(
  { responds, offsetF }: PricedSetpoints,
  agents: readonly { readonly agent: HvacAgent }[],
  priceUsdPerKwh: number,
  statistics: PriceStatistics,
): void {
  for (let i = 0; i < responds.length; i++)
    offsetF[i] = responds[i] === 1 ? priceOffsetF(agents[i].agent, priceUsdPerKwh, statistics) : 0;
}

/** Moves every set-point to its base point and the price's offset. Returns whether any has moved. */
export function moveSetpoints({ basePointF, offsetF, setpointF }: PricedSetpoints): boolean {
  let hasMoved = false;
  for (let i = 0; i < setpointF.length; i++) {
    const wantedF = basePointF[i] + offsetF[i];
    hasMoved ||= wantedF !== setpointF[i];
    setpointF[i] = wantedF;
  }
  return hasMoved;
}
