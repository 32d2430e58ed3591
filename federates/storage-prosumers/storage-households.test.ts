import assert from "node:assert/strict";
import { agents } from "../../cases/neighbourhood/agents.js";
import { housePlaces } from "../../cases/neighbourhood/premises.js";
import { storageAgents } from "../../cases/pet-bc/storage.js";
import { localSeconds } from "../../models/index.js";
import { observe } from "../agents/watching.js";
import { bidStorage, createStorageHouseholds, type StorageMeasured } from "./storage-households.js";

const measured = (lmpUsdPerKwh: number): StorageMeasured => ({
  airTemperature: Float64Array.of(70),
  hvacLoad: Float64Array.of(0),
  hvacPower: Float64Array.of(4),
  houseLoad: Float64Array.of(1),
  pvAvailable: Float64Array.of(5),
  stateOfCharge: Float64Array.of(0.8),
  lmpUsdPerKwh,
});

function bidsAt(lmpUsdPerKwh: number, behaviour: "published" | "corrected") {
  const state = createStorageHouseholds(storageAgents(agents(housePlaces(1), 0, { behaviour }), 0), {
    ...{ behaviour, startsAtLocalSeconds: localSeconds("2013-07-01 12:00:00"), marketSeconds: 300, bidSeconds: 297 },
    ...{ inverterEfficiency: 0.9, strategy: "utility", priceCapUsdPerKwh: 1 },
  });
  observe(state, measured(lmpUsdPerKwh), 297);
  return { ...bidStorage(state, measured(lmpUsdPerKwh), () => 0), discount: state.agents[0].discountUsdPerKwh };
}

describe("houses that trade with a battery", () => {
  it("sell their surplus below the bulk system's price, by their discount", () => {
    const { role, quantityKw, priceUsdPerKwh, discount } = bidsAt(0.03, "corrected");
    assert.deepEqual(role, ["seller"]);
    assert.ok(quantityKw[0] > 0);
    assert.deepEqual(priceUsdPerKwh, [0.03 - discount]);
  });

  it("ask for the market's cap at most when the bulk system is dearer; published ones leave that to the market", () => {
    assert.deepEqual(bidsAt(5, "corrected").priceUsdPerKwh, [1]);
    const { priceUsdPerKwh, discount } = bidsAt(5, "published");
    assert.deepEqual(priceUsdPerKwh, [5 - discount]);
  });
});
