import { clearUniform } from "./honest-rounds.js";
import type { MemoryLedger } from "./memory-ledger.js";
import { keysOf, openMarket, signRound } from "./settlement.js";
import { signText, statementText } from "../rules/index.js";

/** "house 0" buys 500 Wh of "house 1" at 80; "house 2" gets nothing. */
export const tradedRound = clearUniform([
  { bidder: "house 0", side: "buy", price: 80n, energy: 500n },
  { bidder: "house 1", side: "sell", price: 80n, energy: 500n },
  { bidder: "house 2", side: "buy", price: 20n, energy: 9n },
]);

/** A ledger on which that round is settled as period 0, with a fee of 1. */
export async function settledRound(): Promise<MemoryLedger> {
  const ledger = await openMarket({ fee: "1" });
  await ledger.submit("operator", "Settle", [signRound(0, tradedRound)]);
  return ledger;
}

/** What a participant says, with its signature. */
export function signStatement(
  kind: "dispute" | "rating",
  statement: Record<string, string>,
  by: string,
): Record<string, string> {
  return { ...statement, signature: signText(statementText(kind, statement), keysOf(by).privateKey) };
}
