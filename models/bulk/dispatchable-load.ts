import type { BulkCase, Generator } from "./case.js";

/**
 * A distribution system's demand as it is offered to the bulk system: a block that any price serves, and a responsive part
 * whose benefit is c2·q² + c1·q USD/h over q MW (c2 ≤ 0). `degree` is that of the benefit; 0 means no response.
 */
export interface DemandBid {
  readonly unresponsiveMw: number;
  readonly responsiveMaxMw: number;
  readonly degree: 0 | 1 | 2;
  readonly c2: number;
  readonly c1: number;
}

/** The bid of a feeder that stands for `scale` equal ones: the same prices at `scale` times the quantities. */
export function scaleDemandBid(bid: DemandBid, scale: number): DemandBid {
  const unresponsiveMw = bid.unresponsiveMw * scale;
  return { ...bid, unresponsiveMw, responsiveMaxMw: bid.responsiveMaxMw * scale, c2: bid.c2 / scale };
}

/** A dispatchable load as a unit of negative output P = −q, whose cost is minus the benefit of the bid. */
export function dispatchableLoad(unit: Generator, bid: DemandBid): Generator {
  const responsive = bid.degree > 0 && bid.responsiveMaxMw > 0;
  return {
    ...unit,
    minMw: responsive ? -bid.responsiveMaxMw : 0,
    maxMw: 0,
    cost: { c2: bid.degree === 2 ? Math.max(0, -bid.c2) : 0, c1: responsive ? bid.c1 : 0, c0: 0 },
  };
}

/** A unit, by its position among the generators, is out of service from `fromS` to `toS`, both included. */
export interface UnitOutage {
  readonly unit: number;
  readonly fromS: number;
  readonly toS: number;
}

/** The case at a time: units inside one of their outage windows are out of service. */
export function withOutages(bulk: BulkCase, outages: readonly UnitOutage[], timeS: number): BulkCase {
  const out = new Set(outages.filter(({ fromS, toS }) => fromS <= timeS && timeS <= toS).map(({ unit }) => unit));
  if (out.size === 0) return bulk;
  const generators = bulk.generators.map((unit, k) => (out.has(k) ? { ...unit, inService: false } : unit));
  return { ...bulk, generators };
}
