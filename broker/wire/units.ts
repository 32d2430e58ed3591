import { CosimError } from "./errors.js";

/** Dimension, and the factor and zero that turn a unit into its dimension's first unit. */
interface UnitRow {
  readonly dimension: string;
  readonly factor: number;
  readonly zero?: number;
}

/** The one table of units: value in the base unit of the dimension = (value + zero) × factor. */
export const UNITS = {
  "": { dimension: "none", factor: 1 },
  "1": { dimension: "none", factor: 1 },
  "%": { dimension: "none", factor: 0.01 },
  "pu": { dimension: "per unit", factor: 1 },
  "s": { dimension: "time", factor: 1 },
  "h": { dimension: "time", factor: 3600 },
  "W": { dimension: "power", factor: 1 },
  "kW": { dimension: "power", factor: 1e3 },
  "MW": { dimension: "power", factor: 1e6 },
  "VAr": { dimension: "reactive power", factor: 1 },
  "MVAr": { dimension: "reactive power", factor: 1e6 },
  "kVAr": { dimension: "reactive power", factor: 1e3 },
  "VA": { dimension: "apparent power", factor: 1 },
  "kVA": { dimension: "apparent power", factor: 1e3 },
  "Wh": { dimension: "energy", factor: 1 },
  "kWh": { dimension: "energy", factor: 1e3 },
  "MWh": { dimension: "energy", factor: 1e6 },
  "Btu": { dimension: "energy", factor: 0.29307107017222 },
  "V": { dimension: "voltage", factor: 1 },
  "kV": { dimension: "voltage", factor: 1e3 },
  "A": { dimension: "current", factor: 1 },
  "degF": { dimension: "temperature", factor: 5 / 9, zero: -32 },
  "degC": { dimension: "temperature", factor: 1 },
  "K": { dimension: "temperature", factor: 1, zero: -273.15 },
  "W/m2": { dimension: "irradiance", factor: 1 },
  "W/ft2": { dimension: "irradiance", factor: 10.763910416709722 },
  "mbar": { dimension: "pressure", factor: 100 },
  "Pa": { dimension: "pressure", factor: 1 },
  "m/s": { dimension: "speed", factor: 1 },
  "mph": { dimension: "speed", factor: 0.44704 },
  "deg": { dimension: "angle", factor: Math.PI / 180 },
  "rad": { dimension: "angle", factor: 1 },
  "Hz": { dimension: "frequency", factor: 1 },
  "USD": { dimension: "money USD", factor: 1 },
  "CNY": { dimension: "money CNY", factor: 1 },
  "nUSD/kWh": { dimension: "price USD", factor: 1e-12 },
  "USD/kWh": { dimension: "price USD", factor: 1e-3 },
  "USD/MWh": { dimension: "price USD", factor: 1e-6 },
  "CNY/kWh": { dimension: "price CNY", factor: 1e-3 },
} as const satisfies Record<string, UnitRow>;

/** A unit that ports, CSV columns and metrics may name. */
export type Unit = keyof typeof UNITS;

/** True when the text names a unit of the table. */
export function isUnit(text: string): text is Unit {
  return Object.hasOwn(UNITS, text);
}

/**
 * A value in another unit of the same dimension.
 * @throws CosimError `COSIM_CASE_INVALID` when the dimensions differ.
 */
export function convert(value: number, from: Unit, to: Unit): number {
  const source: UnitRow = UNITS[from];
  const target: UnitRow = UNITS[to];
  if (source.dimension !== target.dimension) {
    const reason = `${from} is ${source.dimension}, ${to} is ${target.dimension}`;
    throw new CosimError("COSIM_CASE_INVALID", `Cannot convert "${from}" to "${to}": ${reason}.`);
  }
  return ((value + (source.zero ?? 0)) * source.factor) / target.factor - (target.zero ?? 0);
}
