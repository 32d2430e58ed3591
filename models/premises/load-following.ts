/** Thresholds of load-following batteries in kW of the load that their meter senses, charge on <= charge off <= discharge off <= discharge on. */
export interface Thresholds {
  readonly chargeOnKw: Float64Array;
  readonly chargeOffKw: Float64Array;
  readonly dischargeOffKw: Float64Array;
  readonly dischargeOnKw: Float64Array;
}

const MOST_CHANGES_OF_MODE = 3;

/**
 * The ac power (positive feeds the house) at which battery `i` settles when its house draws `loadKw` and it delivered `lastKw` until now.
 *
 * The meter senses the house less the battery. At or below `chargeOn` the battery charges so that the meter shows `chargeOn`; above `dischargeOn`
 * it discharges so that the meter shows `dischargeOn`; between on and off it goes on with what it did; between the two off thresholds it idles.
 * It never turns from charging to discharging without looking again from idle. Source: GridLAB-D Generators module, "inverter", LOAD_FOLLOWING.
 */
export function followLoad(thresholds: Thresholds, i: number, loadKw: number, lastKw: number): number {
  let kw = lastKw;
  for (let change = 0; change < MOST_CHANGES_OF_MODE; change++) {
    const next = respond(thresholds, i, loadKw, kw);
    if (Math.sign(next) === Math.sign(kw)) return next;
    kw = next;
  }
  return kw;
}

function respond(thresholds: Thresholds, i: number, loadKw: number, kw: number): number {
  const sensedKw = loadKw - kw;
  if (sensedKw <= thresholds.chargeOnKw[i]) return kw > 0 ? 0 : loadKw - thresholds.chargeOnKw[i];
  if (sensedKw <= thresholds.chargeOffKw[i]) return Math.min(kw, 0);
  if (sensedKw <= thresholds.dischargeOffKw[i]) return 0;
  if (sensedKw <= thresholds.dischargeOnKw[i]) return Math.max(kw, 0);
  return kw < 0 ? 0 : loadKw - thresholds.dischargeOnKw[i];
}
