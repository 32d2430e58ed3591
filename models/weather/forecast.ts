/** Where the error of a forecast may lie, and how it is spread there. */
export interface ForecastError {
  /** `normal` is cut off at two standard deviations, which are the range's ends. */
  readonly distribution: "uniform" | "triangular" | "normal";
  /** Half-width of the range at the last point, as a part of the mean of what is forecast. */
  readonly envelope: number;
  /** Half-width at the first point, as a part of that at the last. */
  readonly nearest: number;
  /** Swing of the bias, as a part of twice the narrowest half-width; at most 0.5, so that no error is impossible. */
  readonly bias: number;
  /** Hours of half a swing. */
  readonly biasHours: number;
}

/** The error of the published weather federate (TESP 1.0, tesp_support/weather), the same for every quantity. */
export const publishedForecastError: ForecastError = {
  ...{ distribution: "normal", envelope: 0.08, nearest: 0.5, bias: 0.5, biasHours: 48 },
};

/** When the points of a forecast lie: hours ahead of its issue, and hours since the start. Both have one entry for each point. */
export interface ForecastPoints {
  readonly leadHours: readonly number[];
  readonly targetHours: readonly number[];
}

/** Lowest and highest error of one point. */
export interface ErrorRange {
  readonly low: number;
  readonly high: number;
}

/** Gives numbers that are uniform in [0, 1). */
export type Draw = () => number;

/**
 * The range of each point's error. It widens linearly with the lead, and a bias that belongs to the target's hour, a slow
 * sine, pushes one of its ends towards zero: forecasts of one hour, issued at different times, lean the same way.
 * (The published federate begins its sine anew with every forecast, which therefore always leans down.)
 */
export function errorRanges(truth: readonly number[], points: ForecastPoints, error: ForecastError): ErrorRange[] {
  const { leadHours, targetHours } = points;
  const full = error.envelope * Math.abs(truth.reduce((sum, value) => sum + value, 0) / truth.length);
  const [first, last] = [leadHours[0], leadHours[leadHours.length - 1]];
  const swing = 2 * error.bias * error.nearest * full;
  return truth.map((_, i) => {
    const part = last > first ? (leadHours[i] - first) / (last - first) : 0;
    const half = full * (error.nearest + (1 - error.nearest) * part);
    const bias = swing * Math.sin((Math.PI * targetHours[i]) / error.biasHours);
    return { low: Math.max(bias, 0) - half, high: half + Math.min(bias, 0) };
  });
}

/** One error of a range. */
export function drawError({ low, high }: ErrorRange, distribution: ForecastError["distribution"], draw: Draw): number {
  const width = high - low;
  if (distribution === "uniform") return low + width * draw();
  if (distribution === "normal") return (low + high) / 2 + (width / 4) * drawCutNormal(draw);
  const u = draw();
  return u < 0.5 ? low + width * Math.sqrt(u / 2) : high - width * Math.sqrt((1 - u) / 2);
}

/** A standard normal number (Box and Muller 1958) within two standard deviations: others are drawn again. */
function drawCutNormal(draw: Draw): number {
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
    if (Math.abs(normal) <= 2) return normal;
  }
}

/** Quantities of weather that are forecast: a value for each point. */
export interface ForecastWeather {
  readonly temperatureF: readonly number[];
  readonly humidity: readonly number[];
  readonly directWPerSqft: readonly number[];
  readonly diffuseWPerSqft: readonly number[];
}

/** A source of random numbers for each quantity, so that none depends on another. */
export type ForecastDraws = Readonly<Record<keyof ForecastWeather, Draw>>;

/**
 * What is forecast of a weather to come: truth and error. Humidity stays between 0 and 1, the sun above 0, and the night,
 * where not even diffuse light will be, is known to be dark.
 */
export function forecastWeather(
  truth: ForecastWeather,
  points: ForecastPoints,
  error: ForecastError,
  draws: ForecastDraws,
): ForecastWeather {
  const erring = (quantity: keyof ForecastWeather) =>
    errorRanges(truth[quantity], points, error).map(
      (range, i) => truth[quantity][i] + drawError(range, error.distribution, draws[quantity]),
    );
  const sun = (quantity: keyof ForecastWeather) =>
    erring(quantity).map((value, i) => (truth.diffuseWPerSqft[i] > 0 ? Math.max(value, 0) : 0));
  return {
    temperatureF: erring("temperatureF"),
    humidity: erring("humidity").map(value => Math.min(Math.max(value, 0), 1)),
    directWPerSqft: sun("directWPerSqft"),
    diffuseWPerSqft: sun("diffuseWPerSqft"),
  };
}
