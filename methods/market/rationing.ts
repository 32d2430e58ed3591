import type { Bid } from "./book.js";
import { compareNames, type Curve, endOfLevel } from "./merit-order.js";

/** What every bid gets of a total, in the order of the bids: best prices first, the last price level in equal shares. */
export function ration({ bids, order, priceNano, energyWh }: Curve, totalWh: number): number[] {
  const acceptedWh = new Array<number>(bids.length).fill(0);
  let restWh = totalWh;
  for (let from = 0; from < order.length && restWh > 0;) {
    const to = endOfLevel(priceNano, from);
    let levelWh = 0;
    for (let k = from; k < to; k++) levelWh += energyWh[k];
    if (levelWh <= restWh) for (let k = from; k < to; k++) acceptedWh[order[k]] = energyWh[k];
    else shareLevel(bids, order.slice(from, to), { levelWh, restWh }, acceptedWh);
    restWh -= Math.min(levelWh, restWh);
    from = to;
  }
  return acceptedWh;
}

/** Pro rata in whole Wh: everybody the floor of the share, the rest one by one by largest remainder, then by name. */
function shareLevel(
  bids: readonly Bid[],
  level: readonly number[],
  { levelWh, restWh }: { levelWh: number; restWh: number },
  acceptedWh: number[],
): void {
  const [total, rest] = [BigInt(levelWh), BigInt(restWh)];
  let leftWh = restWh;
  const shares = level.map(bid => {
    const product = BigInt(bids[bid].energyWh) * rest;
    const wholeWh = Number(product / total);
    leftWh -= wholeWh;
    acceptedWh[bid] = wholeWh;
    return { bid, remainder: Number(product % total) };
  });
  shares.sort((a, b) => b.remainder - a.remainder || compareNames(bids[a.bid], bids[b.bid]));
  for (const { bid } of shares.slice(0, leftWh)) acceptedWh[bid] += 1;
}
