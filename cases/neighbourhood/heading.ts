import type { CaseHeading } from "./part.js";

/** When the published weather begins. */
const START = "2013-07-01T00:00:00-07:00";

/** What the options say about a case as a whole. */
export interface Extent {
  readonly days: number;
  readonly seed: number;
  readonly behaviour?: "published" | "corrected";
}

/** The heading of a case in the published days: its name in the format, then what the options say. */
export function publishedHeading(
  about: Pick<CaseHeading, "name" | "title" | "description">,
  { days, seed, behaviour }: Extent,
): CaseHeading {
  const extent = { start: START, until: `${24 * days}h`, seed };
  return { format: "gridloom-case/1", ...about, ...extent, ...(behaviour !== undefined && { behaviour }) };
}
