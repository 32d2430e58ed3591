import type { Book } from "./book.js";
import { refuse } from "./errors.js";
import type { MarketTerms } from "./market.js";
import type { ClearedRound } from "./round.js";

/**
 * Refuses a round without a common price in which somebody trades at a loss, energy or money do not add up to the unit, a
 * seller is not paid exactly its price, a bid that wants all or nothing gets a part, or the price told is not the mean. Who
 * took whose energy, and the order by lot among equals, are not checked.
 */
export function checkPayAsBid(round: ClearedRound, book: Book, terms: MarketTerms): void {
  if (round.congestion !== undefined) refuse("BAD_INPUT", `${book.name} has no common price that could be split.`);
  if (round.values === undefined) return refuse("BAD_INPUT", `${book.name} has no common price and lacks "values".`);
  const values = round.values.map(BigInt);
  checkOutside(book, terms);
  checkValues(book, values);
  checkWhole(round, book);
  if (round.rule === "continuous" && terms.transformer === undefined) checkNothingLeft(book);
  checkMean(round, book, values);
}

function checkOutside({ name, bids, accepted, isOutside }: Book, { transformer }: MarketTerms): void {
  if (transformer === undefined) return;
  let [bought, sold] = [0n, 0n];
  bids.forEach(({ side }, i) => {
    if (!isOutside[i]) return;
    if (side === "sell") bought += accepted[i];
    else sold += accepted[i];
  });
  if (bought > BigInt(transformer.importLimit) || sold > BigInt(transformer.exportLimit))
    refuse(
      "CONGESTION",
      `in ${name} ${bought} Wh come from outside and ${sold} Wh go there; ${transformer.importLimit} and ${transformer.exportLimit} may.`,
    );
}

/** Every seller gets its price, no buyer pays more than its own nor less than the cheapest energy costs. */
function checkValues({ name, bids, prices, accepted }: Book, values: readonly bigint[]): void {
  const cheapest = lowest(prices.filter((_, i) => bids[i].side === "sell" && accepted[i] > 0n));
  let balance = 0n;
  for (let i = 0; i < bids.length; i++) {
    const { bidder, side } = bids[i];
    const worth = prices[i] * accepted[i];
    balance += side === "buy" ? values[i] : -values[i];
    if (side === "sell" && values[i] !== worth)
      refuse(
        "PRICE",
        `${bidder} receives ${values[i]} in ${name}; its ${accepted[i]} Wh at ${prices[i]} cost ${worth}.`,
      );
    if (side === "buy" && values[i] > worth)
      refuse("PRICE", `${bidder} pays ${values[i]} in ${name}; it bid ${prices[i]} for ${accepted[i]} Wh: ${worth}.`);
    if (side === "buy" && values[i] < (cheapest ?? 0n) * accepted[i])
      refuse("PRICE", `${bidder} pays ${values[i]} in ${name}, less than its energy can have cost.`);
  }
  if (balance !== 0n) refuse("UNBALANCED", `in ${name} buyers pay ${balance} more than sellers receive.`);
}

/** In a market of packets a buyer inside gets all or nothing; in "continuous-whole" one below the cap does. */
function checkWhole(
  { rule }: ClearedRound,
  { name, bids, prices, energies, accepted, isOutside, priceCap }: Book,
): void {
  if (rule === "continuous") return;
  bids.forEach(({ bidder, side }, i) => {
    if (side === "sell" || isOutside[i] || (rule === "continuous-whole" && prices[i] === priceCap)) return;
    if (accepted[i] !== 0n && accepted[i] !== energies[i])
      refuse("ALLOCATION", `${bidder} gets ${accepted[i]} of ${energies[i]} Wh in ${name}; it wants all or nothing.`);
  });
}

function checkNothingLeft({ name, bids, prices, energies, accepted }: Book): void {
  const left = (wanted: "buy" | "sell") =>
    prices.filter((_, i) => bids[i].side === wanted && accepted[i] < energies[i]);
  const [seller, buyer] = [lowest(left("sell")), lowest(left("buy").map(price => -price))];
  if (seller !== undefined && buyer !== undefined && -buyer >= seller)
    refuse("ALLOCATION", `in ${name} a buyer at ${-buyer} and a seller at ${seller} are left, who could trade.`);
}

/** The price told is the mean, to the nearest integer; the cap where demand at the cap is not met. */
function checkMean(
  round: ClearedRound,
  { name, bids, prices, energies, accepted, priceCap }: Book,
  values: readonly bigint[],
): void {
  const price = BigInt(round.price);
  let [energy, value, isShort] = [0n, 0n, false];
  bids.forEach(({ side }, i) => {
    if (side === "sell") return;
    [energy, value] = [energy + accepted[i], value + values[i]];
    isShort ||= prices[i] === priceCap && accepted[i] < energies[i];
  });
  if (price > priceCap || price < -priceCap)
    refuse("LIMIT", `${name} has a price of ${price}; the cap is ±${priceCap}.`);
  if (energy === 0n && !isShort) return;
  const told = isShort ? priceCap : floorDivide(2n * value + energy, 2n * energy);
  if (price !== told) refuse("PRICE", `${name} tells a price of ${price}; the mean of what is paid is ${told}.`);
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

function lowest(prices: readonly bigint[]): bigint | undefined {
  return prices.reduce<bigint | undefined>(
    (least, price) => (least === undefined || price < least ? price : least),
    undefined,
  );
}
