import type { Feeder } from "./feeder.js";
import type { FeederLoads } from "./loads.js";

/** Power that all loads together draw at the present voltages, W and VAr; generators count as negative loads. */
export function loadPowerVa(feeder: Feeder, loads: FeederLoads): { re: number; im: number } {
  const { elementFrom, elementTo, elementNominalV, voltage } = feeder;
  let watts = 0;
  let vars = 0;
  for (let e = 0; e < elementFrom.length; e++) {
    const re = voltage[2 * elementFrom[e]] - voltage[2 * elementTo[e]];
    const im = voltage[2 * elementFrom[e] + 1] - voltage[2 * elementTo[e] + 1];
    const v = Math.sqrt(re * re + im * im) / elementNominalV[e];
    watts += loads.constantPowerW[e] + v * (loads.constantCurrentW[e] + v * loads.constantImpedanceW[e]);
    vars += loads.constantPowerVar[e] + v * (loads.constantCurrentVar[e] + v * loads.constantImpedanceVar[e]);
  }
  return { re: watts, im: vars };
}
