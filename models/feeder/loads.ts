import { type FeederDescription, ZIP_PARTS, type ZipPart } from "./description.js";
import type { Feeder } from "./feeder.js";

/**
 * Nominal ZIP powers of every load element, six vectors of one length: element order is that of the loads in the
 * description, and within a load that of its terminals (`Feeder.firstElement`). A share of the vectors can be written with
 * one `set`: loads that stand together in the description stand together here.
 */
export type FeederLoads = Readonly<Record<ZipPart, Float64Array>>;

/** Loads with the powers that the description states; the vectors are the caller's to change between solves. */
export function nominalLoads(description: FeederDescription): FeederLoads {
  const loads = description.loads ?? [];
  const vector = (part: ZipPart): Float64Array =>
    Float64Array.from(loads.flatMap(load => load.powers?.[part] ?? load.terminals.map(() => 0)));
  return Object.fromEntries(ZIP_PARTS.map(part => [part, vector(part)])) as FeederLoads;
}

/**
 * Adds the currents that the loads draw at the present voltages, in amperes: conj(S / V) with
 * S = power + current * v + impedance * v^2 and v the voltage over the nominal one.
 */
export function addLoadCurrents(feeder: Feeder, loads: FeederLoads): void {
  const { elementFrom, elementTo, elementNominalV, voltage, current } = feeder;
  const { constantPowerW, constantPowerVar, constantCurrentW, constantCurrentVar } = loads;
  const { constantImpedanceW, constantImpedanceVar } = loads;
  for (let e = 0; e < elementFrom.length; e++) {
    const from = 2 * elementFrom[e];
    const to = 2 * elementTo[e];
    const re = voltage[from] - voltage[to];
    const im = voltage[from + 1] - voltage[to + 1];
    const square = re * re + im * im;
    const perVolt = 1 / elementNominalV[e];
    const perSquare = 1 / square;
    let g = constantPowerW[e] * perSquare + constantImpedanceW[e] * perVolt * perVolt;
    let b = constantPowerVar[e] * perSquare + constantImpedanceVar[e] * perVolt * perVolt;
    if (constantCurrentW[e] !== 0 || constantCurrentVar[e] !== 0) {
      const perProduct = perVolt / Math.sqrt(square);
      g += constantCurrentW[e] * perProduct;
      b += constantCurrentVar[e] * perProduct;
    }
    const currentRe = g * re + b * im;
    const currentIm = g * im - b * re;
    current[from] += currentRe;
    current[from + 1] += currentIm;
    current[to] -= currentRe;
    current[to + 1] -= currentIm;
  }
}
