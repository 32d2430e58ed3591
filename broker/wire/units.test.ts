import assert from "node:assert/strict";
import { convert, isUnit, UNITS, type Unit } from "./units.js";

const near = (found: number, expected: number) => {
  assert.ok(Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${found} is not ${expected}`);
};

describe("units", () => {
  it("convert known pairs", () => {
    near(convert(212, "degF", "degC"), 100);
    near(convert(-40, "degC", "degF"), -40);
    near(convert(300, "K", "degF"), 80.33);
    near(convert(1, "W/ft2", "W/m2"), 10.763910416709722);
    near(convert(60, "mph", "m/s"), 26.8224);
    near(convert(3412.141633, "Btu", "kWh"), 1);
    near(convert(0.02, "USD/kWh", "USD/MWh"), 20);
    near(convert(0.02, "USD/kWh", "nUSD/kWh"), 20_000_000);
    near(convert(1013.25, "mbar", "Pa"), 101_325);
    near(convert(180, "deg", "rad"), Math.PI);
  });

  it("convert there and back between all units of a dimension", () => {
    const names = Object.keys(UNITS) as Unit[];
    for (const from of names) {
      for (const to of names.filter(name => UNITS[name].dimension === UNITS[from].dimension)) {
        near(convert(convert(12.5, from, to), to, from), 12.5);
      }
    }
  });

  it("refuse another dimension by name, and know their table", () => {
    assert.throws(() => convert(1, "kW", "kWh"), /kW is power, kWh is energy/);
    assert.throws(() => convert(1, "USD/kWh", "CNY/kWh"), { code: "COSIM_CASE_INVALID" });
    assert.ok(isUnit("degF") && !isUnit("degX") && !isUnit("toString"));
  });
});
