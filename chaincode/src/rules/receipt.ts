import { canonical, digestOf } from "./canonical.js";
import type { MarketTerms } from "./market.js";
import type { Bid, ClearedRound, Receipt } from "./round.js";

/** Version of the contract, part of every receipt. */
export const CONTRACT_VERSION = "0.1.0";

/** What a round moves: the value of each bid's energy (in the order of the bids), and totals. */
export interface Movements {
  /** 1e-12 currency that each bid pays (buys) or receives (sells), before fees. */
  readonly values: readonly bigint[];
  /** 1e-12 currency that each bid pays besides. */
  readonly fees: readonly bigint[];
  readonly energyWh: bigint;
  readonly valuePico: bigint;
  readonly feesPico: bigint;
  readonly rentPico: bigint;
}

/** What a round moves if it is right; nothing is checked here. */
export function movementsOf(round: ClearedRound, { fee, transformer }: MarketTerms): Movements {
  const outside = new Set(round.congestion === undefined ? [] : transformer?.outside);
  const price = BigInt(round.price);
  const outsidePrice = BigInt(round.congestion?.outsidePrice ?? round.price);
  const feeEach = BigInt(fee);
  const [values, fees]: [bigint[], bigint[]] = [[], []];
  let [energyWh, valuePico, incomePico] = [0n, 0n, 0n];
  round.bids.forEach(({ bidder, side }, i) => {
    const got = BigInt(round.accepted[i]);
    const paid = round.values?.[i];
    const value = paid === undefined ? got * (outside.has(bidder) ? outsidePrice : price) : BigInt(paid);
    values.push(value);
    fees.push(side === "buy" ? feeEach * got : 0n);
    if (side === "buy") [energyWh, valuePico] = [energyWh + got, valuePico + value];
    else incomePico += value;
  });
  return { values, fees, energyWh, valuePico, feesPico: feeEach * energyWh, rentPico: valuePico - incomePico };
}

/**
 * The receipt that the contract gives for a round if it accepts it. Signatures are no part of it: whoever clears a round
 * knows its receipt before anything is signed or submitted. The order of the bids does not matter.
 */
export function receiptOf(round: ClearedRound, terms: MarketTerms): Receipt {
  return receiptFor(round, movementsOf(round, terms), roundText(round));
}

/** As `receiptOf`, from what is known already. */
export function receiptFor(round: ClearedRound, moved: Movements, text: RoundText): Receipt {
  return {
    market: round.market,
    period: round.period,
    digest: digestOf(text.round),
    price: round.price,
    energyWh: String(moved.energyWh),
    valuePico: String(moved.valuePico),
    trades: String(round.accepted.reduce((count, energy) => count + (energy === "0" ? 0 : 1), 0)),
    feesPico: String(moved.feesPico),
    rentPico: String(moved.rentPico),
    bookRoot: digestOf(text.bids),
    version: CONTRACT_VERSION,
  };
}

/** SHA-256 of the canonical text of a round without its signatures, bids sorted by bidder and nonce. */
export function roundDigest(round: ClearedRound): string {
  return digestOf(roundText(round).round);
}

/** SHA-256 over the digests of receipts in their order: what two runs compare. */
export function receiptsDigest(receipts: readonly Pick<Receipt, "digest">[]): string {
  return digestOf(receipts.map(({ digest }) => digest).join("\n"));
}

/** A round's canonical text and that of its bids; `order` has the place of each bid in the round as it came. */
export interface RoundText {
  readonly round: string;
  readonly bids: string;
  readonly order: readonly number[];
}

/** The one text of a round, whatever the order of its bids. */
export function roundText(round: ClearedRound): RoundText {
  const order = bidOrder(round.bids);
  const bids = `[${order.map(i => bidJson(round.bids[i])).join(",")}]`;
  const { market, period, closesAt, rule, priceCap, price, accepted, values, congestion } = round;
  const head = canonical({
    ...{ market, period, closesAt, rule, priceCap, price },
    accepted: order.map(i => accepted[i]),
    values: values && order.map(i => values[i]),
    congestion: congestion && { flow: congestion.flow, outsidePrice: congestion.outsidePrice },
  });
  return { round: `{"bids":${bids},"head":${head}}`, bids, order };
}

/** `canonical` of a bid without its signature, written out because rounds have thousands. */
function bidJson({ bidder, energy, nonce, price, side }: Bid): string {
  return `{"bidder":${JSON.stringify(bidder)},"energy":"${energy}","nonce":"${nonce}","price":"${price}","side":"${side}"}`;
}

function bidOrder(bids: readonly Bid[]): number[] {
  const order = bids.map((_, i) => i);
  return order.sort((i, j) => compareBids(bids[i], bids[j]));
}

function compareBids(one: Bid, other: Bid): number {
  if (one.bidder !== other.bidder) return one.bidder < other.bidder ? -1 : 1;
  return one.nonce.length - other.nonce.length || (one.nonce < other.nonce ? -1 : 1);
}
