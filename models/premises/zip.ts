/** Loads by how they depend on voltage, W and VAr at nominal voltage: actual = P + I v + Z v^2 with v in per unit. One element for each load. */
export interface ZipVectors {
  readonly constantPowerW: Float64Array;
  readonly constantPowerVar: Float64Array;
  readonly constantCurrentW: Float64Array;
  readonly constantCurrentVar: Float64Array;
  readonly constantImpedanceW: Float64Array;
  readonly constantImpedanceVar: Float64Array;
}

/** `length` loads of zero. */
export function zipVectors(length: number): ZipVectors {
  return {
    constantPowerW: new Float64Array(length),
    constantPowerVar: new Float64Array(length),
    constantCurrentW: new Float64Array(length),
    constantCurrentVar: new Float64Array(length),
    constantImpedanceW: new Float64Array(length),
    constantImpedanceVar: new Float64Array(length),
  };
}

/** Real power in kW that load `i` draws at a voltage (per unit). */
export function actualKw(zip: ZipVectors, i: number, voltagePu: number): number {
  const watts = zip.constantPowerW[i] + voltagePu * (zip.constantCurrentW[i] + voltagePu * zip.constantImpedanceW[i]);
  return watts / 1000;
}
