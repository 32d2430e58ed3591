import assert from "node:assert/strict";
import { needReference, readReferenceColumns, readReferenceRows } from "../../testing/reference.js";
import { aggregateBid, type DemandBlock } from "./aggregate-bid.js";
import { clear } from "./uniform-price.js";
import { fromNano, fromPico, toNano } from "./money.js";
import { assembleBook, type HouseBid } from "./round.js";

const periodSeconds = 300;
/** Four days. */
const rounds = 1152;
/** Rounds that the record leaves open: why, and the unresponsive block with which they clear as recorded. */
const open = new Map([
  [199, { blockKw: 3, why: "the block and the best bid are both of 3 kW: the record does not say that there are two" }],
  [
    1055,
    {
      blockKw: 3.0005,
      why: "demand and supply are both 14 kW to the block's digits (2 W); a block 0.5 W larger clears",
    },
  ],
  [1152, { blockKw: 0, why: "the last block is never dispatched, and the last LMP has three digits fewer" }],
]);
const last = { round: rounds, priceUsdPerKwh: 6e-8, surplus: 3e-6 };
/** Recorded surplus is kW times price, so an hour's energy of each kW gives the same number. */
const hour = 3600;
const feederScale = 250;

interface RecordedRound {
  readonly houses: HouseBid[];
  readonly lmpUsdPerKwh: number;
  readonly unresponsiveKw: number;
}

/** LMP of each dispatch to 1e-8: a recorded mean holds 18 samples of the last LMP and two of the new. */
function dispatchPrices(meanUsdPerKwh: Float64Array, lastUsdPerKwh: number): Float64Array {
  const prices = new Float64Array(rounds + 1);
  prices[rounds] = lastUsdPerKwh;
  for (let k = rounds; k > 0; k--) prices[k - 1] = (20 * meanUsdPerKwh[k] - 2 * prices[k]) / 18;
  return prices;
}

/** The recorded run with learned prices: who bid what, and what else was in the book. */
function readRounds(): RecordedRound[] {
  const bulk = readReferenceColumns("pemt/r3/bulk.csv.gz");
  const metrics = readReferenceColumns("pemt/r3/bulk-metrics.csv.gz");
  const dispatchRow = (k: number) => (k * periodSeconds - 15) / 15;
  const lastUsdPerKwh = bulk.LMP_P7_USD_per_MWh[dispatchRow(rounds)] / 1000;
  const prices = dispatchPrices(metrics["bus7_LMP_P_USD/kwh"], lastUsdPerKwh);
  const bids = Array.from({ length: rounds + 1 }, (): HouseBid[] => []);
  for (const row of readReferenceRows("pemt/r3/house-bids.csv.gz")) {
    const round = Number(row.time_s) / periodSeconds;
    bids[round].push({
      ...{ house: row.house, role: row.role as HouseBid["role"], trades: true, uncoveredKw: 0 },
      ...{ priceUsdPerKwh: Number(row.bid_price_USD_per_kWh), quantityKw: Number(row.bid_quantity_kW) },
    });
  }
  return bids.slice(1).map((houses, i) => ({
    houses,
    lmpUsdPerKwh: i === 0 ? 0.02078 : prices[i],
    unresponsiveKw: ((bulk.unresponsive_opf_MW[dispatchRow(i + 2)] ?? 0) * 1000) / feederScale,
  }));
}

const buyersOf = ({ houses }: RecordedRound): DemandBlock[] =>
  houses.filter(bid => bid.role === "buyer" && bid.priceUsdPerKwh > 0 && bid.quantityKw > 0);

/** The record shows the best bid as unresponsive where there was no unresponsive block; that tells the two apart. */
function blockKw(round: RecordedRound): number {
  const buyers = buyersOf(round);
  const top = Math.max(...buyers.map(bid => bid.priceUsdPerKwh));
  const bestKw = buyers.reduce((sum, bid) => sum + (bid.priceUsdPerKwh === top ? bid.quantityKw : 0), 0);
  return Math.abs(bestKw - round.unresponsiveKw) < 0.003 ? 0 : round.unresponsiveKw;
}

/** Type, and how far price and surpluses are from what is recorded; supplier surplus as kW at the price. */
function compareRound(
  { houses, lmpUsdPerKwh }: RecordedRound,
  block: number,
  recorded: Readonly<Record<string, number>>,
): { type: boolean; price: number; consumer: number; supplierKw: number } {
  const withBlock = houses.map((bid, k) => (k === 0 ? { ...bid, uncoveredKw: block } : bid));
  const { book } = assembleBook(withBlock, {
    ...{ periodSeconds: hour, priceCapUsdPerKwh: 1, lmpUsdPerKwh, supplyCapacityKw: 5000, behaviour: "published" },
  });
  const { type, priceNano, surplus } = clear(book, { priceCapNano: toNano(1), behaviour: "published" });
  return {
    type: type === recorded.clearing_type_code,
    price: Math.abs(fromNano(priceNano) - recorded.clearing_price_USD_per_kWh),
    consumer: Math.max(
      Math.abs(fromPico(surplus.consumerPico) - recorded.consumer_surplus),
      Math.abs(fromPico(surplus.averageConsumerPico) - recorded.average_consumer_surplus),
    ),
    supplierKw: Math.abs(fromPico(surplus.supplierPico) - recorded.supplier_surplus) / fromNano(priceNano),
  };
}

const fits = ({ type, price, consumer, supplierKw }: ReturnType<typeof compareRound>) =>
  type && price <= 1e-8 && consumer <= 1e-6 && supplierKw <= 0.002;

describe("market against four recorded days", () => {
  it("clears every round to the recorded type, price and surplus", function () {
    needReference(this);
    const columns = readReferenceColumns("pemt/r3/auction.csv.gz");
    const numbers = Object.entries(columns).filter(([name]) => name !== "clearing_type");
    let [price, consumer, supplierKw] = [0, 0, 0];
    const odd: number[] = [];
    readRounds().forEach((round, i) => {
      const recorded = Object.fromEntries(numbers.map(([name, values]) => [name, values[i]]));
      const found = compareRound(round, blockKw(round), recorded);
      if (!fits(found)) {
        odd.push(i + 1);
        const again = compareRound(round, open.get(i + 1)?.blockKw ?? 0, recorded);
        const isLast = again.type && again.price <= last.priceUsdPerKwh && again.consumer <= last.surplus;
        assert.ok(fits(again) || (i + 1 === last.round && isLast), `round ${i + 1}`);
        return;
      }
      price = Math.max(price, found.price);
      consumer = Math.max(consumer, found.consumer);
      supplierKw = Math.max(supplierKw, found.supplierKw);
    });
    assert.deepEqual(odd, [...open.keys()], "exactly the rounds that the record leaves open");
    console.log(
      `      ${rounds - odd.length} of ${rounds} rounds: type equal, price within ${price.toExponential(1)} $/kWh (bound 1e-8),`,
    );
    console.log(`      consumer surplus within ${consumer.toExponential(1)} kW·$/kWh (bound 1e-6),`);
    console.log(`      supplier surplus within ${supplierKw.toFixed(5)} kW times price (block's digits: 0.002 kW)`);
    for (const [round, { why }] of open) console.log(`      round ${round}: ${why}`);
  });

  it("aggregates every round's buyers to the recorded bid to the bulk system", function () {
    needReference(this);
    const bulk = readReferenceColumns("pemt/r3/bulk.csv.gz");
    let [c2, c1, compared] = [0, 0, 0];
    readRounds().forEach((round, i) => {
      if (i + 1 === rounds) return;
      const row = ((i + 2) * periodSeconds - 15) / 15;
      const block = open.get(i + 1)?.blockKw ?? blockKw(round);
      const blocks = [...buyersOf(round), ...(block > 0 ? [{ priceUsdPerKwh: 1, quantityKw: block }] : [])];
      const bid = aggregateBid(blocks, { priceCapUsdPerKwh: 1, behaviour: "published" });
      assert.equal(bid.degree, bulk.degree[row], `degree after round ${i + 1}`);
      assert.ok(Math.abs(bid.unresponsiveMw * feederScale - bulk.unresponsive_opf_MW[row]) <= 0.00051);
      if (bid.degree === 0) return;
      compared += 1;
      const [first, second] = bid.degree === 1 ? [bid.c1, 0] : [-bid.c2 / feederScale, bid.c1];
      c2 = Math.max(c2, Math.abs(first - bulk.c2[row]) / (1 + Math.abs(bulk.c2[row])));
      c1 = Math.max(c1, Math.abs(second - bulk.c1[row]) / (1 + Math.abs(bulk.c1[row])));
    });
    console.log(
      `      ${rounds - 1} degrees, ${compared} curves: c2 within ${c2.toExponential(1)}, c1 ${c1.toExponential(1)} (bound 1e-6)`,
    );
    assert.ok(compared > 1000 && c2 <= 1e-6 && c1 <= 1e-6);
  });
});
