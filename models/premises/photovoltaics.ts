import { planeOfArray, type Direction, type Irradiance } from "../sun/index.js";

const NOCT_F = 118.4;
const NOCT_AMBIENT_F = 68;
const NOCT_IRRADIANCE_W_PER_SQFT = 74.32;
const RATING_TEMPERATURE_F = 77;
const RATING_IRRADIANCE_W_PER_SQFT = 92.902;
const POWER_PER_F = -0.000129289940828;
const SOILING = 0.95;
const DERATING = 0.95;

/** Temperature of a single-crystal silicon module by its nominal operating cell temperature of 118.4 degF. Source: GridLAB-D Generators module, "solar". */
export function moduleTemperatureF(irradianceWPerSqft: number, ambientF: number): number {
  return ambientF + ((NOCT_F - NOCT_AMBIENT_F) / NOCT_IRRADIANCE_W_PER_SQFT) * irradianceWPerSqft;
}

/** Dc power of an array for each kW of its rating, soiled and derated by 5 % each. Source: as above. */
export function dcPerRated(irradianceWPerSqft: number, ambientF: number): number {
  const warmth = moduleTemperatureF(irradianceWPerSqft, ambientF) - RATING_TEMPERATURE_F;
  return (irradianceWPerSqft / RATING_IRRADIANCE_W_PER_SQFT) * SOILING * DERATING * (1 + POWER_PER_F * warmth);
}

/** Arrays of many premises; `orientation` points into `normals`. */
export interface SolarArrays {
  readonly ratedKw: Float64Array;
  readonly orientation: Int32Array;
  readonly normals: readonly Direction[];
}

/** What falls on arrays: the sun's direction, its light in W/ft², and how warm the air is. */
export interface ArrayWeather {
  readonly sun: Direction;
  readonly light: Irradiance;
  readonly outdoorF: number;
}

/** Dc power of every array, kW, under a weather that need not be the present one. */
export function arrayPowerKw({ ratedKw, orientation, normals }: SolarArrays, weather: ArrayWeather): Float64Array {
  const { sun, light, outdoorF } = weather;
  const perRated = normals.map(normal => dcPerRated(planeOfArray(normal, sun, light), outdoorF));
  return ratedKw.map((rated, i) => rated * perRated[orientation[i]]);
}
