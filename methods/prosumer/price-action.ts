import type { Quantity } from "../learning/index.js";

/** What a learning household does: a number that `priceOfAction` makes a price of. */
export const priceAction: Quantity = { name: "price", unit: "1", low: -1, high: 1 };

/** The price of an action: the parabola through 0, 0.1 and 0.6 USD/kWh at −1, 0 and 1; within 0 and the cap. */
export function priceOfAction(action: number, capUsdPerKwh: number): number {
  const price = 0.2 * action * action + 0.3 * action + 0.1;
  return Math.min(capUsdPerKwh, Math.max(0, price));
}

/** The action in [-1, 1] whose price is nearest to this one; the inverse of `priceOfAction` below its cap. */
export function actionOfPrice(priceUsdPerKwh: number): number {
  const action = (Math.sqrt(Math.max(0, 0.01 + 0.8 * priceUsdPerKwh)) - 0.3) / 0.4;
  return Math.min(1, Math.max(-1, action));
}
