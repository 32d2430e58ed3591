import { bookSteps, fromNano, toKw, type Book, type BookStep } from "../../methods/index.js";
import type { MarketRound } from "./round.js";

/** How often, and how finely, the order book is told. */
export interface BookSettings {
  readonly everyRounds: number;
  /** Most steps of a side; neighbouring prices are joined beyond. */
  readonly steps: number;
}

/** The curves of a round: each step is [power in kW, price in USD/kWh], best price first. */
export interface OrderBook {
  readonly round: number;
  readonly clearingPriceUsdPerKwh: number;
  readonly clearedKw: number;
  readonly demand: readonly (readonly [kw: number, usdPerKwh: number])[];
  readonly supply: readonly (readonly [kw: number, usdPerKwh: number])[];
}

/** The order book of a round; undefined in the rounds between. */
export function orderBook(
  book: Book,
  { totals, clearingPriceUsdPerKwh, clearedKw }: MarketRound,
  { settings, periodSeconds }: { readonly settings: BookSettings | undefined; readonly periodSeconds: number },
): OrderBook | undefined {
  if (settings === undefined || totals.rounds % settings.everyRounds !== 0) return undefined;
  const pair = ({ priceNano, energyWh }: BookStep) => [toKw(energyWh, periodSeconds), fromNano(priceNano)] as const;
  return {
    round: totals.rounds,
    clearingPriceUsdPerKwh,
    clearedKw,
    demand: bookSteps(book.buyers, "highest", settings.steps).map(pair),
    supply: bookSteps(book.sellers, "lowest", settings.steps).map(pair),
  };
}
