import assert from "node:assert/strict";
import fc from "fast-check";
import { batteryRangeKw } from "../../models/index.js";
import { advanceBatteries, createBatteries, setBatteryPower } from "../../models/premises/battery.js";
import {
  publishedDispatch,
  publishedStorageControl,
  storageBid,
  storageControl,
  type StorageBid,
} from "./storage-control.js";
import { bestSaleKw, buyerUtility, publishedSaleKw, storageOptions, type StorageOutlook } from "./storage-options.js";

const PERIOD_S = 300;
const BAND = { low: 0.1, high: 0.95 };
const BATTERY = { capacityKwh: 10, ratedKw: 3, inverterEfficiency: 0.9, roundTripEfficiency: 0.81 };

const plain: StorageOutlook = {
  house: "h",
  solarKw: 0,
  unresponsiveKw: 1.2,
  coolingNeeded: false,
  hvacKw: 3,
  stateOfCharge: 0.5,
  chargeKw: 5,
  dischargeKw: 5,
  excessF: 0,
  sellerPriceUsdPerKwh: 0.012,
  buyerPriceUsdPerKwh: 0.02,
};

const power = (max: number) => fc.double({ min: 0, max, noNaN: true });
const states = fc
  .record({
    solarKw: power(9),
    unresponsiveKw: power(8),
    coolingNeeded: fc.boolean(),
    hvacKw: fc.double({ min: 0.5, max: 9, noNaN: true }),
    stateOfCharge: fc.double({ min: 0, max: 1, noNaN: true }),
    excessF: fc.double({ min: -15, max: 15, noNaN: true }),
    sellerPriceUsdPerKwh: fc.double({ min: 0.005, max: 1, noNaN: true }),
    buyerPriceUsdPerKwh: power(1),
  })
  .map((drawn): StorageOutlook => ({
    house: "h",
    ...drawn,
    ...batteryRangeKw(BATTERY, drawn.stateOfCharge, BAND, PERIOD_S),
  }));

describe("trades of a house with a battery", () => {
  it("are the whole packets between solar − charge − load and solar + discharge − load", () => {
    assert.deepEqual(storageOptions(plain).saleKw, [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3]);
    assert.deepEqual(storageOptions({ ...plain, dischargeKw: 0, solarKw: 1.2 }).saleKw, [-5, -4, -3, -2, -1, 0]);
    assert.deepEqual(storageOptions({ ...plain, chargeKw: 0 }).saleKw, [-1, 0, 1, 2, 3]);
    assert.deepEqual(
      storageOptions({ ...plain, coolingNeeded: true, solarKw: 2 }).saleKw,
      [-7, -6, -5, -4, -3, -2, -1, 0, 1, 2],
    );
  });

  it("without enough sun and battery are the cooling alone; the rest is demand at any price", () => {
    const short = { ...plain, unresponsiveKw: 7, coolingNeeded: true };
    assert.deepEqual(storageOptions(short), { saleKw: [-3], baseCovered: false, uncoveredKw: 2 });
    const empty = { ...plain, dischargeKw: 0, stateOfCharge: 0.05, coolingNeeded: true };
    assert.deepEqual(storageOptions(empty).saleKw, [-8, -7, -6, -5, -4, -3]);
    assert.equal(storageOptions(empty).uncoveredKw, 1.2);
  });

  it("that hold no whole packet are the one nearest to none", () => {
    const stiff = { ...plain, chargeKw: 0, dischargeKw: 0 };
    assert.deepEqual(storageOptions({ ...stiff, solarKw: 1.7 }).saleKw, [0.5]);
    assert.deepEqual(
      storageOptions({ ...stiff, unresponsiveKw: 1, solarKw: 2, coolingNeeded: true, hvacKw: 2.5 }).saleKw,
      [-1.5],
    );
    assert.deepEqual(storageOptions({ ...stiff, coolingNeeded: true, hvacKw: 2.5 }).saleKw, [-2.5]);
  });

  it("published: sell all that there is while that pays more than 0, else buy all that there is", () => {
    const options = storageOptions(plain);
    assert.equal(publishedSaleKw(plain, options), 3);
    assert.equal(publishedSaleKw({ ...plain, sellerPriceUsdPerKwh: 0.005 }, options), -6);
  });

  it("as meant: a warm house with an empty battery buys where a full one sells", () => {
    const taste = { weight: 0.006 };
    const cheap = { ...plain, buyerPriceUsdPerKwh: 0.001, sellerPriceUsdPerKwh: 0.006 };
    const empty = { ...cheap, stateOfCharge: 0.12 };
    assert.ok(bestSaleKw(empty, storageOptions(empty), taste) < 0);
    const dear = { ...plain, buyerPriceUsdPerKwh: 0.4, sellerPriceUsdPerKwh: 0.4 };
    assert.equal(bestSaleKw(dear, storageOptions(dear), taste), 3);
  });

  it("value of a purchase: log2(1 + weight · kW · need · share from the grid) − price, times kW", () => {
    const house = { ...plain, coolingNeeded: true, hvacKw: 3, excessF: 5, solarKw: 2.2, buyerPriceUsdPerKwh: 0.03 };
    // 4 kW bought: own surplus 1 kW, cooling 3 kW, so 2 kW charge; need (2 / 0.5 + 3 / 0.5) / 5 = 2; share 1 − 1 / 5.
    const expected = (Math.log2(1 + 0.006 * 4 * 2 * 0.8) - 0.03) * 4;
    assert.ok(Math.abs(buyerUtility(house, 4, { weight: 0.006 }) - expected) < 1e-15);
  });
});

describe("control of a house with a battery", () => {
  it("100,000 random states and awards: never beyond ratings, array or charge, and the trade is carried out", () => {
    fc.assert(
      fc.property(states, power(1), power(1), (outlook, pick, award) => {
        const options = storageOptions(outlook);
        assert.ok(options.saleKw.length > 0);
        const sale = options.saleKw[Math.min(options.saleKw.length - 1, Math.floor(pick * options.saleKw.length))];
        const bid = storageBid(outlook, sale, options);
        const acceptedKw = award * bid.quantityKw;
        const control = storageControl(outlook, bid, acceptedKw);
        assert.ok(control.solarKw >= 0 && control.solarKw <= outlook.solarKw + 1e-12);
        assert.ok(control.coolingShare >= 0 && control.coolingShare <= 1);
        assertBatteryFollows(outlook.stateOfCharge, control.batteryKw);
        assertTrade(outlook, bid, { acceptedKw, control });
      }),
      { numRuns: 100_000 },
    );
  });

  /** The battery model delivers the power for the whole period, and the charge stays in its band (or moves towards it). */
  function assertBatteryFollows(stateOfCharge: number, batteryKw: number): void {
    const battery = createBatteries([{ ...BATTERY, stateOfCharge }]);
    for (let s = 0; s < PERIOD_S; s += 15) {
      setBatteryPower(battery, 0, batteryKw, 15);
      assert.ok(Math.abs(battery.acKw[0] - batteryKw) < 1e-9, `told ${batteryKw}, gave ${battery.acKw[0]}`);
      advanceBatteries(battery, 15);
    }
    const low = Math.min(BAND.low, stateOfCharge);
    const high = Math.max(BAND.high, stateOfCharge);
    assert.ok(battery.stateOfCharge[0] >= low - 1e-9 && battery.stateOfCharge[0] <= high + 1e-9);
  }

  interface Outcome {
    readonly acceptedKw: number;
    readonly control: ReturnType<typeof storageControl>;
  }

  /** Mean export over the period is what was sold, or at least what the battery's and the array's bounds leave of it. */
  function assertTrade(outlook: StorageOutlook, bid: StorageBid, { acceptedKw, control }: Outcome): void {
    const { solarKw, unresponsiveKw, hvacKw, coolingNeeded } = outlook;
    const cooling = coolingNeeded ? control.coolingShare * hvacKw : 0;
    const exportKw = control.solarKw + control.batteryKw - unresponsiveKw - cooling;
    const soldKw = (bid.role === "seller" ? acceptedKw : -acceptedKw) - bid.uncoveredKw;
    if (bid.role === "seller") assert.ok(Math.abs(exportKw - soldKw) < 2e-3, `${exportKw} for ${soldKw}`);
    // A buyer never draws more than it was given, and less only where everything it wanted is running already.
    else assert.ok(exportKw >= soldKw - 2e-3, `${exportKw} for ${soldKw}`);
    assert.ok(solarKw >= control.solarKw - 1e-12);
  }

  it("cools for the part of the period that trade, sun and battery pay for", () => {
    const outlook = { ...plain, unresponsiveKw: 7, coolingNeeded: true };
    const bid = storageBid(outlook, -3, storageOptions(outlook));
    assert.deepEqual(storageControl(outlook, bid, 1.5), { solarKw: 0, batteryKw: 5, coolingShare: 0.5 });
    assert.equal(storageControl(outlook, bid, 0).coolingShare, 0);
  });

  const seller: StorageBid = { role: "seller", priceUsdPerKwh: 0.01, quantityKw: 4, baseCovered: true, uncoveredKw: 0 };
  const buyer: StorageBid = { ...seller, role: "buyer", quantityKw: 2 };
  const rejected = { accepted: false, dispatchedKw: 0 };

  it("published reads the round by comparing prices", () => {
    const round = {
      clearingPriceUsdPerKwh: 0.01,
      rejectsAll: false,
      marginal: "seller",
      marginalFraction: 0.25,
    } as const;
    assert.deepEqual(publishedDispatch(seller, round), { accepted: true, dispatchedKw: 1 });
    assert.deepEqual(publishedDispatch(buyer, round), { accepted: true, dispatchedKw: 2 });
    assert.deepEqual(publishedDispatch({ ...seller, priceUsdPerKwh: 0.02 }, round), rejected);
    assert.deepEqual(publishedDispatch(seller, { ...round, rejectsAll: true }), rejected);
  });

  // Rows of the post-market table of the published battery houses: sun, load, charge → inverter, battery, cooling.
  const rows: readonly (readonly [
    string,
    StorageBid,
    boolean,
    Partial<StorageOutlook>,
    readonly [number, number, number],
  ])[] = [
    ["seller accepted", seller, true, { solarKw: 2 }, [2, 4 + 1.2 - 2, 0]],
    ["buyer accepted, covered", buyer, true, { solarKw: 2, coolingNeeded: true }, [2, -2 + 4.2 - 2, 1]],
    [
      "buyer accepted, not covered, low",
      { ...buyer, baseCovered: false },
      true,
      { stateOfCharge: 0.05, coolingNeeded: true },
      [0, 3 - 2, 1],
    ],
    ["buyer accepted, not covered", { ...buyer, baseCovered: false }, true, { coolingNeeded: true }, [0, 5, 1]],
    ["seller rejected, low", seller, false, { solarKw: 8, stateOfCharge: 0.05 }, [6.2, -5, 0]],
    ["seller rejected, high", seller, false, { solarKw: 0.7, stateOfCharge: 0.97 }, [0.7, 0.5, 0]],
    ["seller rejected, sunny", seller, false, { solarKw: 8 }, [6.2, -5, 0]],
    ["seller rejected, dark", seller, false, {}, [0, 1.2, 0]],
    [
      "buyer rejected, low, sunny",
      buyer,
      false,
      { solarKw: 6, stateOfCharge: 0.05, coolingNeeded: true },
      [6, -1.8, 1],
    ],
    [
      "buyer rejected, low, some sun",
      buyer,
      false,
      { solarKw: 2, stateOfCharge: 0.05, coolingNeeded: true },
      [2, -0.8, 0],
    ],
    ["buyer rejected, low, dark", buyer, false, { stateOfCharge: 0.05, coolingNeeded: true }, [0, 0, 0]],
    ["buyer rejected, mid", buyer, false, { solarKw: 1, coolingNeeded: true }, [1, 3.2, 1]],
    ["buyer rejected, mid, large load", buyer, false, { unresponsiveKw: 4.5, coolingNeeded: true }, [0, 4.5, 0]],
    ["buyer rejected, mid, larger still", buyer, false, { unresponsiveKw: 6, coolingNeeded: true }, [0, 5, 0]],
    [
      "buyer rejected, high, sunny",
      buyer,
      false,
      { solarKw: 6, stateOfCharge: 0.97, coolingNeeded: true },
      [6, -1.8, 1],
    ],
  ];

  for (const [name, bid, accepted, change, [solarKw, batteryKw, coolingShare]] of rows) {
    it(`published: ${name}`, () => {
      const control = publishedStorageControl({ ...plain, ...change }, bid, {
        accepted,
        dispatchedKw: accepted ? bid.quantityKw : 0,
      });
      assert.ok(Math.abs(control.solarKw - solarKw) < 1e-12, `solar ${control.solarKw}`);
      assert.ok(Math.abs(control.batteryKw - batteryKw) < 1e-12, `battery ${control.batteryKw}`);
      assert.equal(control.coolingShare, coolingShare);
    });
  }
});
