import type { Bid } from "./book.js";
import { endOfLevel, meritCurve } from "./merit-order.js";
import { meanPriceNano, valueOf } from "./money.js";

/** A step of a curve of demand or supply: energy at a price. */
export interface BookStep {
  readonly priceNano: number;
  readonly energyWh: number;
}

/**
 * One side of a book as a curve, best price first, in at most `most` steps (≥ 1). Bids at one price are one step; where there
 * are too many prices, neighbours are joined at their mean price, each step with about the same energy.
 */
export function bookSteps(bids: readonly Bid[], best: "highest" | "lowest", most: number): BookStep[] {
  const levels = priceLevels(bids, best);
  if (levels.length <= most) return levels;
  const totalWh = levels.reduce((sum, { energyWh }) => sum + energyWh, 0);
  const groups = Array.from({ length: most }, (): BookStep[] => []);
  let sumWh = 0;
  for (const level of levels) {
    const middleWh = sumWh + level.energyWh / 2;
    groups[Math.min(most - 1, Math.floor((middleWh * most) / totalWh))].push(level);
    sumWh += level.energyWh;
  }
  return groups.filter(group => group.length > 0).map(join);
}

function priceLevels(bids: readonly Bid[], best: "highest" | "lowest"): BookStep[] {
  const { priceNano, energyWh } = meritCurve(bids, best);
  const levels: BookStep[] = [];
  for (let from = 0; from < priceNano.length;) {
    const to = endOfLevel(priceNano, from);
    const levelWh = energyWh.subarray(from, to).reduce((sum, wh) => sum + wh, 0);
    levels.push({ priceNano: priceNano[from], energyWh: levelWh });
    from = to;
  }
  return levels;
}

function join(steps: readonly BookStep[]): BookStep {
  const energyWh = steps.reduce((sum, step) => sum + step.energyWh, 0);
  const valuePico = steps.reduce((sum, step) => sum + valueOf(step.priceNano, step.energyWh), 0n);
  return { priceNano: meanPriceNano(valuePico, energyWh), energyWh };
}
