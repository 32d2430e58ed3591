/**
 * An air-cooled compressor with a one-speed fan, on or off by command. Capacity and efficiency depend on the outdoor temperature,
 * the useful share of the capacity on humidity. Source: GridLAB-D Residential module user's guide, "House", heat-pump cooling.
 */

/** Btu in one kWh as GridLAB-D rounds it. */
export const BTU_PER_KWH = 3412;

/** Part of the compressor and fan power that does not depend on voltage; the rest grows with its square. */
export const HVAC_CONSTANT_POWER_SHARE = 0.8;
export const HVAC_CONSTANT_IMPEDANCE_SHARE = 0.2;

const MOTOR_LOSS_SHARE = 1 - 0.874;
const MOTOR_LOSS_POWER_FACTOR = 0.125;

/** Available over rated cooling capacity at an outdoor temperature. */
export function coolingCapacityRatio(outdoorF: number): number {
  return 1.48924533 - 0.00514995 * outdoorF;
}

/** Rated over actual coefficient of performance at an outdoor temperature. */
export function coolingCopPenalty(outdoorF: number): number {
  return -0.01363961 + 0.01066989 * outdoorF;
}

/** Latent over sensible cooling at a relative humidity (0 to 1). */
export function latentRatio(relativeHumidity: number): number {
  return 0.1 + 0.3 / (1 + Math.exp(4 - 10 * relativeHumidity));
}

/** Actual over nominal power of the unit at a voltage (per unit). */
export function hvacVoltageFactor(voltagePu: number): number {
  return HVAC_CONSTANT_POWER_SHARE + HVAC_CONSTANT_IMPEDANCE_SHARE * voltagePu * voltagePu;
}

/** Reactive over real power at a power factor (0 to 1]. */
export function reactiveRatio(powerFactor: number): number {
  return Math.sqrt(1 / (powerFactor * powerFactor) - 1);
}

/** Losses of the compressor's motor (average efficiency class): a constant impedance in parallel that heats nothing. Nominal W and VAr. */
export function motorLosses(designCoolingBtuPerH: number, coolingCop: number, powerFactor: number) {
  const ratedVa = (designCoolingBtuPerH / BTU_PER_KWH / coolingCop / powerFactor) * 1000;
  const watts = MOTOR_LOSS_POWER_FACTOR * MOTOR_LOSS_SHARE * ratedVa;
  return { watts, vars: watts * reactiveRatio(MOTOR_LOSS_POWER_FACTOR) };
}
