import { receiptOf, type ClearedRound, type Receipt } from "gridloom-settlement/rules";
import type { Courier, Entry } from "../../ledger/index.js";
import type { SettlementRound } from "../market/market-round.js";
import { isRefusal } from "./refusals.js";
import type { MarketState, SettlementState } from "./state.js";
import { clearedRound, emptyRound, termsOf } from "./terms.js";

/** A round that has come, with the receipt that it must get. */
export interface NewRound extends Entry {
  readonly market: MarketState;
  /** False for the empty round in place of a refused one. */
  readonly isTraded: boolean;
}

/** Where rounds come from. */
export interface Source {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Wall-clock time of second 0. */
  readonly start: string;
}

/** Rounds that are at the inputs for the first time, in the order of the markets. */
export function newRounds({ params, markets }: SettlementState, { inputs, start }: Source): NewRound[] {
  return markets.flatMap(market => {
    const told = inputs[market.name] as SettlementRound | undefined;
    if (told === undefined || told.period < market.next) return [];
    if (told.period > market.next)
      throw new Error(`round ${told.period} of ${market.name} came, but round ${market.next} did not.`);
    market.next++;
    const { [market.name]: settings } = params.markets;
    const terms = termsOf(settings, params, start);
    const round = clearedRound({ market: market.name, terms, accounts: settings.accounts }, told);
    return [{ market, round, receipt: receiptOf(round, terms), isTraded: true }];
  });
}

/**
 * Waits for every round's commit.
 * @returns the rounds; in place of one that was refused the empty one, where the case wants that.
 * @throws LedgerError of the first refusal otherwise.
 */
export async function commitRounds(
  courier: Courier,
  rounds: readonly NewRound[],
  { params, start }: Pick<SettlementState, "params"> & Pick<Source, "start">,
): Promise<NewRound[]> {
  const committed: NewRound[] = [];
  for (const given of rounds) {
    try {
      committed.push(await commit(courier, given));
    } catch (error) {
      if (params.onRefusal === "stop" || !isRefusal(error)) throw error;
      courier.withdraw(given.round);
      const terms = termsOf(params.markets[given.market.name], params, start);
      committed.push(
        await commit(
          courier,
          inPlaceOf(given, round => receiptOf(round, terms)),
        ),
      );
    }
  }
  return committed;
}

async function commit(courier: Courier, given: NewRound): Promise<NewRound> {
  const { round, receipt } = given;
  courier.put({ round, receipt });
  await courier.settled();
  return given;
}

function inPlaceOf(refused: NewRound, receiptFor: (round: ClearedRound) => Receipt): NewRound {
  const round = emptyRound(refused.round);
  return { ...refused, round, receipt: receiptFor(round), isTraded: false };
}
