import { keys } from "./keys.js";
import type { RoundText } from "./receipt.js";
import type { Bid, ClearedRound, Round } from "./round.js";
import type { State } from "./state.js";
import { need } from "./storage.js";

/** A settled round as it stands in the state: what its digest is made of, and beside it the proofs. */
interface StoredBook {
  readonly round: { readonly bids: readonly Bid[]; readonly head: Omit<ClearedRound, "bids"> };
  /** In the order of the bids. */
  readonly signatures: readonly string[];
}

/** Keeps the whole book, so that anybody can check the round again from the state alone. */
export async function saveBook(state: State, round: Round, { round: text, order }: RoundText): Promise<void> {
  const signatures = JSON.stringify(order.map(i => round.bids[i].signature));
  await state.put(keys.book(round.market, round.period), `{"round":${text},"signatures":${signatures}}`);
}

export async function readBook(state: State, market: string, period: string): Promise<Round> {
  const what = `settled round ${period} of ${market}`;
  return restoreRound(await need<StoredBook>(state, keys.book(market, period), what));
}

export function parseBook(text: string): Round {
  return restoreRound(JSON.parse(text) as StoredBook);
}

function restoreRound({ round, signatures }: StoredBook): Round {
  return { ...round.head, bids: round.bids.map((bid, i) => ({ ...bid, signature: signatures[i] })) };
}
