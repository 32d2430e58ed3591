const SHIFT_F_PER_USD_PER_KWH = 25;
const REFERENCE_PRICE_USD_PER_KWH = 0.02;
const LARGEST_SHIFT_F = 4;

/** By how much a clearing price moves the cooling set-point, degF: a ramp of 25 degF for each USD/kWh above 0.02, limited to 4 degF either way. Source: TESP, building agent of the te30 example. */
export function setpointShiftF(clearingPriceUsdPerKwh: number): number {
  const shift = SHIFT_F_PER_USD_PER_KWH * (clearingPriceUsdPerKwh - REFERENCE_PRICE_USD_PER_KWH);
  return Math.min(Math.max(shift, -LARGEST_SHIFT_F), LARGEST_SHIFT_F);
}
