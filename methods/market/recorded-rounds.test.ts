import assert from "node:assert/strict";
import { needReference, readReferenceColumns, readReferenceRows } from "../../testing/reference.js";
import { aggregateBid, type DemandBlock } from "./aggregate-bid.js";
import { clear } from "./uniform-price.js";
import { fromNano, fromPico, toNano } from "./money.js";
import { assembleBook, type HouseBid } from "./round.js";

const periodSeconds = 300;
/** Three days; the bid of a round is dispatched in the next period, so the last round is left out. */
const periods = 864;
const rounds = periods - 1;
/** In this round the unresponsive block equals the best bid to the recorded digit, so nobody can tell which it is. */
const ambiguousRound = 199;
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
  const prices = new Float64Array(periods + 1);
  prices[periods] = lastUsdPerKwh;
  for (let k = periods; k > 0; k--) prices[k - 1] = (20 * meanUsdPerKwh[k] - 2 * prices[k]) / 18;
  return prices;
}

/** The first three days of the recorded run with learned prices: who bid what, and what else was in the book. */
function readRounds(): RecordedRound[] {
  const bulk = readReferenceColumns("pemt/r3/bulk.csv.gz");
  const metrics = readReferenceColumns("pemt/r3/bulk-metrics.csv.gz");
  const dispatchRow = (k: number) => (k * periodSeconds - 15) / 15;
  const lastUsdPerKwh = bulk.LMP_P7_USD_per_MWh[dispatchRow(periods)] / 1000;
  const prices = dispatchPrices(metrics["bus7_LMP_P_USD/kwh"], lastUsdPerKwh);
  const bids = Array.from({ length: rounds + 1 }, (): HouseBid[] => []);
  for (const row of readReferenceRows("pemt/r3/house-bids.csv.gz")) {
    const round = Number(row.time_s) / periodSeconds;
    if (round > rounds) break;
    bids[round].push({
      ...{ house: row.house, role: row.role as HouseBid["role"], trades: true, uncoveredKw: 0 },
      ...{ priceUsdPerKwh: Number(row.bid_price_USD_per_kWh), quantityKw: Number(row.bid_quantity_kW) },
    });
  }
  return bids.slice(1, rounds + 1).map((houses, i) => ({
    houses,
    lmpUsdPerKwh: i === 0 ? 0.02078 : prices[i],
    unresponsiveKw: (bulk.unresponsive_opf_MW[dispatchRow(i + 2)] * 1000) / feederScale,
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

describe("market against three recorded days", () => {
  it("clears every round to the recorded type, price and surplus", function () {
    needReference(this);
    const recorded = readReferenceColumns("pemt/r3/auction.csv.gz");
    let [types, price, consumer, supplierShare] = [0, 0, 0, 0];
    readRounds().forEach((round, i) => {
      if (i + 1 === ambiguousRound) return;
      const houses = round.houses.map((bid, k) => (k === 0 ? { ...bid, uncoveredKw: blockKw(round) } : bid));
      const { book } = assembleBook(houses, {
        ...{ periodSeconds: hour, priceCapUsdPerKwh: 1, lmpUsdPerKwh: round.lmpUsdPerKwh },
        ...{ supplyCapacityKw: 5000, behaviour: "published" },
      });
      const { type, priceNano, surplus: found } = clear(book, { priceCapNano: toNano(1), behaviour: "published" });
      types += type === recorded.clearing_type_code[i] ? 1 : 0;
      price = Math.max(price, Math.abs(fromNano(priceNano) - recorded.clearing_price_USD_per_kWh[i]));
      consumer = Math.max(
        ...[consumer, Math.abs(fromPico(found.consumerPico) - recorded.consumer_surplus[i])],
        Math.abs(fromPico(found.averageConsumerPico) - recorded.average_consumer_surplus[i]),
      );
      const supplier = Math.abs(fromPico(found.supplierPico) - recorded.supplier_surplus[i]);
      supplierShare = Math.max(supplierShare, supplier / fromNano(priceNano));
    });
    console.log(
      `      ${types} of ${rounds - 1} clearing types, price within ${price.toExponential(1)} $/kWh (bound 1e-8)`,
    );
    console.log(`      consumer surplus within ${consumer.toExponential(1)} kW·$/kWh (bound 1e-6)`);
    console.log(`      supplier surplus within ${supplierShare.toFixed(5)} kW times price (block's digits: 0.002 kW)`);
    assert.ok(types === rounds - 1 && price <= 1e-8 && consumer <= 1e-6 && supplierShare <= 0.002);
  });

  it("aggregates every round's buyers to the recorded bid to the bulk system", function () {
    needReference(this);
    const bulk = readReferenceColumns("pemt/r3/bulk.csv.gz");
    let [c2, c1, compared] = [0, 0, 0];
    readRounds().forEach((round, i) => {
      if (i + 1 === ambiguousRound) return;
      const row = ((i + 2) * periodSeconds - 15) / 15;
      const block = blockKw(round);
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
    assert.ok(compared > 700 && c2 <= 1e-6 && c1 <= 1e-6);
  });
});
