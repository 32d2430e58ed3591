/**
 * Market quantities are integers, so that sums are exact on every machine:
 * energy in Wh, prices in 1e-9 currency per kWh ("nano"), values = price × energy in 1e-12 currency ("pico", bigint).
 */
const nanoPerUnit = 1e9;
const picoPerUnit = 1e12;

/** Price in currency per kWh as the nearest integer nano price. */
export function toNano(pricePerKwh: number): number {
  return Math.round(pricePerKwh * nanoPerUnit);
}

/** Price in currency per kWh of a nano price. */
export function fromNano(priceNano: number): number {
  return priceNano / nanoPerUnit;
}

/** Energy of a constant power over a time, as the nearest integer Wh. */
export function toWh(powerKw: number, seconds: number): number {
  return Math.round((powerKw * 1000 * seconds) / 3600);
}

/** Constant power (kW) that delivers an energy within a time. */
export function toKw(energyWh: number, seconds: number): number {
  return (energyWh * 3600) / (1000 * seconds);
}

/** Exact value of an energy at a price, in pico. */
export function valueOf(priceNano: number, energyWh: number): bigint {
  const product = priceNano * energyWh;
  return Number.isSafeInteger(product) ? BigInt(product) : BigInt(priceNano) * BigInt(energyWh);
}

/** An exact sum of values: a double as long as it is a safe integer, a bigint for what is more. */
export class ValueSum {
  private pico = 0n;
  private small = 0;

  add(priceNano: number, energyWh: number): void {
    const next = this.small + priceNano * energyWh;
    if (Number.isSafeInteger(next) && Number.isSafeInteger(priceNano * energyWh)) {
      this.small = next;
      return;
    }
    this.pico += BigInt(this.small) + valueOf(priceNano, energyWh);
    this.small = 0;
  }

  total(): bigint {
    return this.pico + BigInt(this.small);
  }
}

/** Value in currency, rounded to a double. */
export function fromPico(valuePico: bigint): number {
  return Number(valuePico) / picoPerUnit;
}

/** Mean price of an energy above 0 as the nearest integer nano price. */
export function meanPriceNano(valuePico: bigint, energyWh: number): number {
  const energy = BigInt(energyWh);
  const doubled = 2n * valuePico + energy;
  const floored = doubled / (2n * energy);
  return Number(floored * 2n * energy > doubled ? floored - 1n : floored);
}
