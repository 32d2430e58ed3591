import type { Receipt } from "gridloom-settlement/rules";

/** Sums over all settled rounds of a market or of all markets: plain data, exact in decimal digits. */
export interface Totals {
  rounds: number;
  trades: number;
  energyWh: string;
  valuePico: string;
  feesPico: string;
  rentPico: string;
}

export function noTotals(): Totals {
  return { rounds: 0, trades: 0, energyWh: "0", valuePico: "0", feesPico: "0", rentPico: "0" };
}

/** Adds a receipt. */
export function addReceipt(totals: Totals, receipt: Receipt): void {
  totals.rounds++;
  totals.trades += Number(receipt.trades);
  totals.energyWh = sum(totals.energyWh, receipt.energyWh);
  totals.valuePico = sum(totals.valuePico, receipt.valuePico);
  totals.feesPico = sum(totals.feesPico, receipt.feesPico);
  totals.rentPico = sum(totals.rentPico, receipt.rentPico);
}

const sum = (one: string, other: string) => String(BigInt(one) + BigInt(other));

/** What everybody learns of what is settled so far. */
export interface SettledTotals {
  readonly settledRounds: number;
  readonly settledTrades: number;
  readonly settledEnergyWh: number;
  readonly settledValueUsd: number;
  readonly feesUsd: number;
  readonly rentUsd: number;
}

export function tellTotals({ rounds, trades, energyWh, ...money }: Totals): SettledTotals {
  return {
    settledRounds: rounds,
    settledTrades: trades,
    settledEnergyWh: Number(energyWh),
    settledValueUsd: toUsd(money.valuePico),
    feesUsd: toUsd(money.feesPico),
    rentUsd: toUsd(money.rentPico),
  };
}

/** The receipt of one round, in everyday units, with the totals of its market. */
export interface ToldReceipt extends SettledTotals {
  readonly receipt: {
    readonly period: number;
    readonly priceUsdPerKwh: number;
    readonly energyWh: number;
    readonly valueUsd: number;
    readonly feesUsd: number;
    readonly rentUsd: number;
    readonly trades: number;
    readonly digest: string;
  };
}

export function tellReceipt(receipt: Receipt, totals: Totals): ToldReceipt {
  return {
    ...tellTotals(totals),
    receipt: {
      period: Number(receipt.period),
      priceUsdPerKwh: Number(receipt.price) / 1e9,
      energyWh: Number(receipt.energyWh),
      valueUsd: toUsd(receipt.valuePico),
      feesUsd: toUsd(receipt.feesPico),
      rentUsd: toUsd(receipt.rentPico),
      trades: Number(receipt.trades),
      digest: receipt.digest,
    },
  };
}

const toUsd = (pico: string) => Number(pico) / 1e12;
