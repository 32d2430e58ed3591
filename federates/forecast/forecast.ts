import { z } from "zod";
import { parseDuration, type Fault } from "../../broker/wire/index.js";
import {
  forecastWeather,
  publishedForecastError,
  type ForecastError,
  type ForecastPoints,
  type ForecastWeather,
} from "../../models/index.js";
import { defineFederate, type OutputDeclaration, type RandomStream, type SetupContext } from "../../runtime/index.js";
import type { PlayedRows } from "../player/played-rows.js";
import { createWeather, weatherAhead, weatherFaults } from "../weather.js";
import { createPremisesAhead, powersAhead, premisesFaults, type PremisesAhead } from "./premises-ahead.js";

const duration = z.union([z.string(), z.number()]);
const HOURS_OF_A_DAY = Array.from({ length: 24 }, (_, i) => `${i + 1}h`) as [string, ...string[]];

const params = z.strictObject({
  /** The weather's CSV file. Beyond its end the same hour of its last day is taken for the truth. */
  file: z.string(),
  maxGap: duration.default("1h"),
  /** How far ahead the points of a forecast lie, rising. */
  horizons: z.tuple([duration], duration).default(HOURS_OF_A_DAY),
  error: z
    .strictObject({
      distribution: z.enum(["uniform", "triangular", "normal"]).default(publishedForecastError.distribution),
      envelope: z.number().nonnegative().default(publishedForecastError.envelope),
      nearest: z.number().min(0).max(1).default(publishedForecastError.nearest),
      bias: z.number().min(0).max(0.5).default(publishedForecastError.bias),
      biasHours: z.number().positive().default(publishedForecastError.biasHours),
    })
    .default(publishedForecastError),
  /** Premises whose arrays and cooling units are forecast as well, at the first horizon. */
  premises: z.strictObject({ file: z.string(), houses: z.array(z.string()).nonempty() }).optional(),
});

type Params = z.infer<typeof params>;

interface State {
  readonly rows: PlayedRows;
  /** Ticks ahead of each point. */
  readonly leads: readonly number[];
  readonly error: ForecastError;
  readonly premises: PremisesAhead | undefined;
}

/** A weather forecast: the truth of the weather's file, with an error that grows with the horizon. */
export default defineFederate({
  doc: "Forecasts of temperature, humidity and sun, and of the power of solar arrays and cooling units, with errors.",
  params,
  inputs: {},
  outputs: outputsOf,
  check: (settings, setup) => [
    ...weatherFaults(settings, setup),
    ...horizonFaults(settings, setup),
    ...(settings.premises === undefined ? [] : premisesFaults(settings.premises, setup)),
  ],
  create(settings, context): { state: State } {
    const rows = createWeather(settings, context);
    const premises = settings.premises === undefined ? undefined : createPremisesAhead(settings.premises, context);
    return { state: { rows, leads: leadsOf(settings, context), error: settings.error, premises } };
  },
  step({ rows, leads, error, premises }, { time, context }) {
    const hours = (ticks: number) => ticks / context.ticksPerSecond / 3600;
    const points: ForecastPoints = {
      leadHours: leads.map(hours),
      targetHours: leads.map(lead => hours(time + lead)),
    };
    const draw = (name: string) => drawFrom(context.stream(name));
    const forecast = forecastWeather(
      truthAt(
        rows,
        leads.map(lead => time + lead),
        86_400 * context.ticksPerSecond,
      ),
      points,
      error,
      {
        temperatureF: draw("temperature"),
        humidity: draw("humidity"),
        directWPerSqft: draw("solarDirect"),
        diffuseWPerSqft: draw("solarDiffuse"),
      },
    );
    return {
      outputs: {
        temperature: Float64Array.from(forecast.temperatureF),
        humidity: Float64Array.from(forecast.humidity),
        solarDirect: Float64Array.from(forecast.directWPerSqft),
        solarDiffuse: Float64Array.from(forecast.diffuseWPerSqft),
        ...(premises !== undefined && powersAhead(premises, forecast, 3600 * points.targetHours[0])),
      },
    };
  },
});

const drawFrom = (stream: RandomStream) => () => stream.next();

function truthAt(rows: PlayedRows, times: readonly number[], ticksPerDay: number): ForecastWeather {
  const points = times.map(time => weatherAhead(rows, time, ticksPerDay));
  return {
    temperatureF: points.map(point => point.temperature),
    humidity: points.map(point => point.humidity),
    directWPerSqft: points.map(point => point.solarDirect),
    diffuseWPerSqft: points.map(point => point.solarDiffuse),
  };
}

function leadsOf({ horizons }: Params, { ticksPerSecond }: SetupContext): number[] {
  return horizons.map(horizon => parseDuration(horizon, ticksPerSecond === 1e9 ? "1ns" : "1us"));
}

function horizonFaults(settings: Params, setup: SetupContext): Fault[] {
  const path = "params.horizons";
  const cure = 'Write rising durations, each once: ["165s", "1h", "2h"].';
  try {
    const leads = leadsOf(settings, setup);
    const wrong = leads.findIndex((lead, i) => lead <= (i === 0 ? 0 : leads[i - 1]));
    if (wrong < 0) return [];
    const { horizons } = settings;
    const problem = wrong === 0 ? "is not ahead" : `is not later than "${horizons[wrong - 1]}" before it`;
    return [{ path, problem: `"${horizons[wrong]}" ${problem}.`, cure }];
  } catch (error) {
    return [{ path, problem: (error as Error).message, cure }];
  }
}

function outputsOf({ horizons, premises }: Params): Record<string, OutputDeclaration> {
  const vector = { type: "vector", elements: horizons.map(String) } as const;
  return {
    temperature: { ...vector, unit: "degF" },
    humidity: { ...vector, unit: "1" },
    solarDirect: { ...vector, unit: "W/ft2", doc: "Direct normal irradiance." },
    solarDiffuse: { ...vector, unit: "W/ft2", doc: "Diffuse horizontal irradiance." },
    ...(premises !== undefined && outputsAhead(premises.houses)),
  };
}

function outputsAhead(elements: readonly string[]): Record<string, OutputDeclaration> {
  const vector = { type: "vector", elements, unit: "kW" } as const;
  return {
    pvAvailable: { ...vector, doc: "Direct-current power of each array at the first horizon." },
    hvacPower: {
      ...vector,
      doc: "What each cooling unit will draw at the first horizon while it runs, at nominal voltage.",
    },
  };
}
