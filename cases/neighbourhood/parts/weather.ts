import { term, type CasePart } from "../part.js";
import { publishedWeatherCsv } from "../weather.js";

/** The published weather: hourly values of a typical year, every 5 minutes. */
export function weatherPart(): CasePart {
  return {
    federates: {
      weather: { use: "weather", period: "300s", offset: "297s", params: { file: "weather.csv", lead: "3s" } },
    },
    recording: {
      heard: {
        temperature: { from: "weather.temperature", type: "number", unit: "degF" },
        humidity: { from: "weather.humidity", type: "number", unit: "1" },
        solarFlux: { from: "weather.solarDirect", type: "number", unit: "W/ft2" },
      },
      csv: [
        {
          file: "weather.csv",
          period: "60s",
          object: "weather",
          columns: [
            { name: "temperature", units: "degF", ...term("temperature") },
            { name: "humidity", units: "pu", ...term("humidity") },
            { name: "solar_flux", units: "W/sf", ...term("solarFlux") },
          ],
        },
      ],
    },
    files: { "weather.csv": publishedWeatherCsv() },
  };
}
