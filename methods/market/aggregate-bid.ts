import type { DemandBid } from "../../models/index.js";
import type { Behaviour } from "./price-rule.js";

/** A buyer's block: how much it takes up to which price. */
export interface DemandBlock {
  readonly priceUsdPerKwh: number;
  readonly quantityKw: number;
}

/**
 * Sums a feeder's buyer bids into the bid that its bulk system dispatches: MW, $/MWh.
 *
 * The responsive part is the benefit polynomial through the origin that fits, by least squares, the cumulative benefit at the
 * end of every block. `corrected` counts as unresponsive what bids the cap, and fits n blocks by the lowest degree that can be
 * exact: a line for one price, a quadratic else. `published` (TESP's `aggregate_bid`) counts the highest price as unresponsive,
 * whatever it is, so that without a block at the cap the best responsive bid is lost to response; two blocks get a line.
 */
export function aggregateBid(
  blocks: readonly DemandBlock[],
  { priceCapUsdPerKwh, behaviour }: { readonly priceCapUsdPerKwh: number; readonly behaviour: Behaviour },
): DemandBid {
  const curve = blocks
    .filter(({ quantityKw }) => quantityKw > 0)
    .map(block => ({ usdPerMwh: 1000 * block.priceUsdPerKwh, mw: block.quantityKw / 1000 }))
    .sort((a, b) => b.usdPerMwh - a.usdPerMwh || a.mw - b.mw);
  const top = behaviour === "published" && curve.length > 0 ? curve[0].usdPerMwh : 1000 * priceCapUsdPerKwh;
  const responsive = curve.filter(block => block.usdPerMwh < top);
  const sumMw = (part: typeof curve) => part.reduce((sum, block) => sum + block.mw, 0);
  const amounts = {
    unresponsiveMw: sumMw(curve.filter(block => block.usdPerMwh >= top)),
    responsiveMaxMw: sumMw(responsive),
  };
  if (responsive.length === 0) return { ...amounts, degree: 0, c2: 0, c1: 0 };
  const prices = new Set(responsive.map(block => block.usdPerMwh)).size;
  const line = behaviour === "published" ? responsive.length <= 2 : prices === 1;
  return { ...amounts, ...(line ? fitLine(responsive) : fitQuadratic(responsive)) };
}

interface Block {
  readonly usdPerMwh: number;
  readonly mw: number;
}

/** Cumulative quantity and benefit at the end of every block. */
function cumulate(blocks: readonly Block[]): { q: number; benefit: number }[] {
  let [q, benefit] = [0, 0];
  return blocks.map(({ usdPerMwh, mw }) => ({ q: (q += mw), benefit: (benefit += usdPerMwh * mw) }));
}

/** benefit ≈ c1·q */
function fitLine(blocks: readonly Block[]): Pick<DemandBid, "degree" | "c2" | "c1"> {
  let [qq, qb] = [0, 0];
  for (const { q, benefit } of cumulate(blocks)) {
    qq += q * q;
    qb += q * benefit;
  }
  return { degree: 1, c2: 0, c1: qb / qq };
}

/**
 * benefit ≈ c2·q² + c1·q. With u = q / qMax the columns are u and the part of u² that is orthogonal to it, which keeps the
 * digits that normal equations would lose.
 */
function fitQuadratic(blocks: readonly Block[]): Pick<DemandBid, "degree" | "c2" | "c1"> {
  const points = cumulate(blocks);
  const qMax = points[points.length - 1].q;
  let [uu, uuu, ub] = [0, 0, 0];
  for (const { q, benefit } of points) {
    const u = q / qMax;
    uu += u * u;
    uuu += u * u * u;
    ub += u * benefit;
  }
  const slope = uuu / uu;
  let [ww, wb] = [0, 0];
  for (const { q, benefit } of points) {
    const u = q / qMax;
    const w = u * u - slope * u;
    ww += w * w;
    wb += w * benefit;
  }
  const curvature = wb / ww;
  return { degree: 2, c2: curvature / (qMax * qMax), c1: (ub / uu - slope * curvature) / qMax };
}
