/** What the controllers did since the last window was closed. Plain data. */
export interface Tally {
  looks: number;
  requests: number;
  accepted: number;
  /** Sum of the probabilities with which houses could ask, and how many could. */
  probabilities: number;
  chances: number;
  /** Houses that were cooling, summed over the looks. */
  cooling: number;
}

/** What the controllers report of a window: counts and ratios. */
export interface PacketWindow {
  readonly requests: number;
  readonly accepted: number;
  /** Requests per house and look. */
  readonly requestRatio: number;
  /** Accepted requests over all; 1 without any. */
  readonly acceptedRatio: number;
  /** Mean probability over the houses that could ask; 0 where none could. */
  readonly requestProbability: number;
  /** Cooling houses over all. */
  readonly onRatio: number;
}

/** A tally of nothing. */
export function emptyTally(): Tally {
  return { looks: 0, requests: 0, accepted: 0, probabilities: 0, chances: 0, cooling: 0 };
}

/** The window's report. */
export function reportOf(tally: Tally, houses: number): PacketWindow {
  const { looks, requests, accepted, probabilities, chances, cooling } = tally;
  const houseLooks = Math.max(1, looks * houses);
  return {
    requests,
    accepted,
    requestRatio: requests / houseLooks,
    acceptedRatio: requests === 0 ? 1 : accepted / requests,
    requestProbability: chances === 0 ? 0 : probabilities / chances,
    onRatio: cooling / houseLooks,
  };
}
