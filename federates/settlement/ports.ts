import type { InputDeclarations, OutputDeclarations } from "../../runtime/index.js";
import { addReceipt, tellReceipt, tellTotals } from "./book-keeping.js";
import { digestOver } from "./digests.js";
import type { SettlementParams } from "./params.js";
import type { NewRound } from "./rounds.js";
import type { SettlementState } from "./state.js";

const acceptedAt = (market: string) => `${market}Accepted`;
const receiptAt = (market: string) => `${market}Receipt`;

/** For each market its rounds, and, when binding, what it accepted. */
export function inputsOf({ markets, mode }: SettlementParams): InputDeclarations {
  const inputs = Object.entries(markets).map(([name, { bidders }]): InputDeclarations => {
    const round = { type: "json", optional: true, wakes: "any", doc: "`SettlementRound` of the market." } as const;
    if (mode === "advisory") return { [name]: round };
    const doc = "What the market accepted; it is told on once it is committed.";
    return {
      [name]: round,
      [acceptedAt(name)]: { type: "vector", elements: bidders, unit: "kW", optional: true, doc },
    };
  });
  return Object.assign({}, ...inputs) as InputDeclarations;
}

/** For each market its receipts, and, when binding, what is committed; the totals of all. */
export function outputsOf({ markets, mode }: SettlementParams): OutputDeclarations {
  const outputs = Object.entries(markets).map(([name, { bidders }]): OutputDeclarations => {
    const receipt = { type: "json", doc: "`ToldReceipt` of the last round." } as const;
    if (mode === "advisory") return { [receiptAt(name)]: receipt };
    const doc = "What each bidder may buy or sell, committed.";
    return { [receiptAt(name)]: receipt, [acceptedAt(name)]: { type: "vector", elements: bidders, unit: "kW", doc } };
  });
  const doc = "`SettledTotals` of all markets, and the digest of all receipts.";
  return Object.assign({ totals: { type: "json", doc } }, ...outputs) as OutputDeclarations;
}

/** Books rounds that are settled, or will be, and tells them; undefined where there are none. */
export function tellRounds(
  state: SettlementState,
  rounds: readonly NewRound[],
  inputs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  if (rounds.length === 0) return undefined;
  const outputs: Record<string, unknown> = {};
  for (const { market, receipt, isTraded } of rounds) {
    addReceipt(market.totals, receipt);
    addReceipt(state.totals, receipt);
    state.digests.push(receipt.digest);
    outputs[receiptAt(market.name)] = tellReceipt(receipt, market.totals);
    const accepted = inputs[acceptedAt(market.name)] as Float64Array | undefined;
    if (accepted !== undefined)
      outputs[acceptedAt(market.name)] = isTraded ? accepted.slice() : new Float64Array(accepted.length);
  }
  return { ...outputs, totals: { ...tellTotals(state.totals), receiptsDigest: digestOver(state.digests) } };
}
