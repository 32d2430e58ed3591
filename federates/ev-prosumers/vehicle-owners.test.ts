import assert from "node:assert/strict";
import { agents } from "../../cases/neighbourhood/agents.js";
import { housePlaces } from "../../cases/neighbourhood/premises.js";
import { localSeconds } from "../../models/index.js";
import { bidForHouseholds, bidderNames, createVehicleOwners, type OwnersMeasured } from "./vehicle-owners.js";

const measured = (lmpUsdPerKwh: number): OwnersMeasured => ({
  airTemperature: Float64Array.of(80),
  hvacLoad: Float64Array.of(0),
  hvacPower: Float64Array.of(4),
  houseLoad: Float64Array.of(1),
  pvAvailable: Float64Array.of(2),
  stateOfCharge: Float64Array.of(0.6),
  isHome: Float64Array.of(1),
  changesIn: Float64Array.of(1e6),
  lmpUsdPerKwh,
});

/** Orders of one house with a vehicle after a day of two prices in turn. */
function ordersAfter(prices: readonly [number, number]) {
  const owners = createVehicleOwners(agents(housePlaces(1), 0), [{ chargeEfficiency: 0.9, dischargeEfficiency: 0.9 }], {
    ...{ behaviour: "corrected", startsAtLocalSeconds: localSeconds("2013-07-01 12:00:00") },
    ...{ marketSeconds: 300, bidSeconds: 298, inverterEfficiency: 0.9 },
    ...{ priceCapUsdPerKwh: 1, buyQuartileRatio: 0.3 },
  });
  for (let k = 0; k < 287; k++) bidForHouseholds(owners, measured(prices[k % 2]));
  return bidForHouseholds(owners, measured(prices[1]));
}

describe("owners of vehicles", () => {
  it("order for each device: a parked vehicle buys below a day's mean price and sells above it", () => {
    const { role, priceUsdPerKwh, uncoveredKw } = ordersAfter([0.02, 0.04]);
    assert.deepEqual(bidderNames(["H"], ["H"]), ["H", "H_pv", "H_charge", "H_discharge"]);
    assert.deepEqual(role, ["buyer", "seller", "buyer", "seller"]);
    assert.deepEqual(uncoveredKw.slice(1), [0, 0, 0]);
    assert.ok(priceUsdPerKwh[2] < 0.03 && priceUsdPerKwh[3] > 0.03);
  });

  it("never order above the market's cap, however dear the bulk system", () => {
    const { priceUsdPerKwh } = ordersAfter([4, 6]);
    assert.deepEqual(priceUsdPerKwh.slice(2), [1, 1]);
    assert.ok(priceUsdPerKwh.every(price => price <= 1));
  });
});
