import type { CasePart } from "../part.js";
import { MARKET_SECONDS } from "../market.js";

/** What households know of the weather to come. */
export interface ForecastSettings {
  readonly houses: readonly string[];
  /** Whether it will be as told; else with the published error. */
  readonly isPerfect: boolean;
  readonly suffix?: string;
}

/** Second of a market period at which a forecast is issued: when the bulk system is dispatched, before the houses bid. */
const ISSUE_SECONDS = 285;
/** From then to the middle of the coming period, which the bids are for. */
const PERIOD_AHEAD = `${MARKET_SECONDS - ISSUE_SECONDS + MARKET_SECONDS / 2}s`;
const HORIZONS = [PERIOD_AHEAD, ...Array.from({ length: 24 }, (_, i) => `${i + 1}h`)];

/** A forecast of weather, solar arrays and cooling, by which the households bid instead of by the present weather. */
export function forecastPart({ houses, isPerfect, suffix = "" }: ForecastSettings): CasePart {
  const forecast = `forecast${suffix}`;
  return {
    federates: {
      [forecast]: {
        use: "forecast",
        period: MARKET_SECONDS,
        offset: ISSUE_SECONDS,
        params: {
          file: "weather.csv",
          horizons: HORIZONS,
          premises: { file: `premises${suffix}.json`, houses },
          ...(isPerfect && { error: { envelope: 0 } }),
        },
      },
    },
    links: [
      `${forecast}.pvAvailable -> prosumers${suffix}.pvForecast`,
      `${forecast}.hvacPower -> prosumers${suffix}.hvacForecast`,
    ],
    recording: {
      heard: {
        [`pvForecast${suffix}`]: {
          ...{ from: `${forecast}.pvAvailable`, type: "vector", unit: "kW" },
          ...{ elements: `houses${suffix}`, optional: true },
        },
      },
    },
  };
}
