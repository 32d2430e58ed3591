import { z } from "zod";
import { localSeconds } from "../../models/index.js";
import type { Behaviour, SetupContext } from "../../runtime/index.js";
import type { HeldMarket, MarketRound } from "../market/market-round.js";

/** Parameters of every federate whose agents bid. */
export const bidderParams = {
  /** File beside the case, `{ agents: [{ house, agent, … }] }`, and its houses. */
  agents: z.string(),
  houses: z.array(z.string()).nonempty(),
  /** Length of a market period and the second of it at which everybody bids. */
  marketSeconds: z.number().positive(),
  bidSeconds: z.number().nonnegative(),
  /** The market's cap; where it is given, corrected agents that might bid above it are found before the run. */
  priceCapUsdPerKwh: z.number().positive().optional(),
};

/** What all agents of a federate share. */
export interface BidderSetting {
  readonly behaviour: Behaviour;
  readonly startsAtLocalSeconds: number;
  readonly marketSeconds: number;
  readonly bidSeconds: number;
}

/** What the parameters and the case say of it. */
export function bidderSetting(
  { marketSeconds, bidSeconds }: Pick<BidderSetting, "marketSeconds" | "bidSeconds">,
  { behaviour, start }: Pick<SetupContext, "behaviour" | "start">,
): BidderSetting {
  return { behaviour, startsAtLocalSeconds: localSeconds(start.slice(0, 19)), marketSeconds, bidSeconds };
}

/** Where agents stand among the rounds of their market: plain data. */
export interface MarketTurn {
  readonly marketSeconds: number;
  /** Rounds that they have heard of. */
  rounds: number;
  nextBidSeconds: number;
}

/** Before the first round. */
export function firstTurn({ bidSeconds }: BidderSetting): Pick<MarketTurn, "rounds" | "nextBidSeconds"> {
  return { rounds: 0, nextBidSeconds: bidSeconds };
}

/** What bidders learn of a round. */
export type RoundNews = Pick<HeldMarket, "round" | "acceptedKw">;

/** The round at the input, if these agents have not yet heard of it. */
export function newRound({ rounds }: MarketTurn, round: unknown): MarketRound | undefined {
  const held = round as MarketRound | undefined;
  return held !== undefined && held.totals.rounds > rounds ? held : undefined;
}

/** The same with what it lets each of them buy or sell. */
export function roundNews(
  turn: MarketTurn,
  { round, accepted }: { readonly round: unknown; readonly accepted: Float64Array | undefined },
): RoundNews | undefined {
  const held = newRound(turn, round);
  return held === undefined || accepted === undefined ? undefined : { round: held, acceptedKw: accepted };
}

/** Whether it is time to bid; if it is, the next time comes a period later. */
export function takeTurn(turn: MarketTurn, seconds: number): boolean {
  if (seconds < turn.nextBidSeconds) return false;
  turn.nextBidSeconds += turn.marketSeconds;
  return true;
}

/** When agents bid next, in ticks. */
export function nextTurn({ nextBidSeconds }: MarketTurn, { ticksPerSecond }: Pick<SetupContext, "ticksPerSecond">) {
  return Math.round(nextBidSeconds * ticksPerSecond);
}
