import { interpolateWeather, weatherCsv } from "../../models/index.js";
import { TUCSON_JULY_HOURS } from "./data/weather-hours.js";

/** Hours in the table before simulated time 0 and after its end; they serve the interpolation only. */
const MARGIN = 4;

/** Days for which the published weather reaches. */
export const WEATHER_DAYS = (TUCSON_JULY_HOURS.length - 1 - 2 * MARGIN) / 24;

/** The published weather every 5 minutes, from time 0 to the end of its days. */
export function weatherRows(): number[][] {
  return interpolateWeather({ rows: TUCSON_JULY_HOURS, first: MARGIN, days: WEATHER_DAYS });
}

/** The published weather as a profile. */
export function publishedWeatherCsv(): string {
  return weatherCsv(weatherRows());
}
