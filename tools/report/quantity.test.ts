import assert from "node:assert/strict";
import { quantityOf } from "./quantity.js";

describe("the quantity of a summary's key", () => {
  it("is told in words, with its unit, and names the feeder that it belongs to", () => {
    assert.deepEqual(quantityOf("energyImportedKwh"), { words: "energy imported", unit: "kWh" });
    assert.deepEqual(quantityOf("energyImportedKwh_F1"), { words: "energy imported, F1", unit: "kWh" });
    assert.deepEqual(quantityOf("marketRounds_F2"), { words: "market rounds, F2", unit: "" });
    assert.deepEqual(quantityOf("rangeBDurationS_F1"), { words: "range B duration, F1", unit: "s" });
    assert.deepEqual(quantityOf("hvacEnergyKwh"), { words: "HVAC energy", unit: "kWh" });
    assert.deepEqual(quantityOf("meanLmpUsdPerKwh"), { words: "mean LMP", unit: "USD/kWh" });
  });
});
