import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bidByRamp, createTradingWorld, isOver, tradeForPeriod } from "../../federates/prosumers/trading-world.js";
import { run } from "../../index.js";
import { withFolder } from "../../testing/case-runner.js";
import { readOptions } from "../options.js";
import { worldDescription } from "./environment.js";
import petRl from "./index.js";

const HOUSES = 10;
const PERIODS_OF_A_DAY = 288;

/** A day of the reduced market, everybody by ramp. */
function reducedDay() {
  const world = createTradingWorld(worldDescription({ houses: HOUSES }), new Array<number>(HOUSES).fill(0));
  const sums = { temperatureF: 0, priceUsdPerKwh: 0, coolingKwh: 0 };
  while (!isOver(world)) {
    bidByRamp(world);
    sums.priceUsdPerKwh += tradeForPeriod(world).round.clearingPriceUsdPerKwh / PERIODS_OF_A_DAY;
    const { airTemperature, hvacLoad } = world.measured;
    sums.temperatureF += airTemperature.reduce((sum, airF) => sum + airF, 0) / HOUSES / PERIODS_OF_A_DAY;
    sums.coolingKwh += hvacLoad.reduce((sum, kw) => sum + kw, 0) / 12;
  }
  return sums;
}

describe("the reduced market of the environment", function () {
  this.timeout(60_000);

  it("lives a day as the whole case does: temperature, cooling, price", async () => {
    await withFolder(async folder => {
      const { values } = readOptions(petRl.options, { houses: HOUSES, days: 1, mode: "ramp", backend: "plain" });
      const { case: shape, files } = await petRl.generate(values);
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
      const { summary } = await run({ ...shape, record: "metrics" }, { folder, out: join(folder, "run") });
      const { meanIndoorTempF, hvacEnergyKwh, meanClearingPriceUsdPerKwh } = summary as Record<string, number>;
      const { temperatureF, coolingKwh, priceUsdPerKwh } = reducedDay();
      const [warmer, cooling, price] = [
        temperatureF - meanIndoorTempF,
        100 * (coolingKwh / hvacEnergyKwh - 1),
        100 * (priceUsdPerKwh / meanClearingPriceUsdPerKwh - 1),
      ];
      console.log(`      temperature ${warmer.toFixed(2)} °F (bound 0.5), cooling ${cooling.toFixed(1)} % (bound 5)`);
      console.log(`      price ${price.toFixed(1)} % (bound 5)`);
      assert.ok(Math.abs(warmer) < 0.5);
      assert.ok(Math.abs(cooling) < 5);
      assert.ok(Math.abs(price) < 5);
    });
  });
});
