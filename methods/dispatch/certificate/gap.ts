import type { Certificate } from "../coordination.js";

/** What is known before the first answers. */
export const UNKNOWN: Certificate = { lowerBound: -Infinity, upperBound: Infinity, gap: Infinity };

/**
 * A certificate of two bounds: gap = (upper − lower) / max(1, |upper|), infinite while one of them is,
 * 0 where rounding has the bounds cross. */
export function certify(lowerBound: number, upperBound: number): Certificate {
  const isKnown = Number.isFinite(lowerBound) && Number.isFinite(upperBound);
  const gap = isKnown ? Math.max(0, upperBound - lowerBound) / Math.max(1, Math.abs(upperBound)) : Infinity;
  return { lowerBound, upperBound, gap };
}

/** The better bounds of two certificates of the same problem. */
export function tighten(known: Certificate, found: Certificate): Certificate {
  return certify(Math.max(known.lowerBound, found.lowerBound), Math.min(known.upperBound, found.upperBound));
}
