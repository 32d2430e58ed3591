/**
 * A battery behind its inverter. Inside it is an ideal store in series with a resistance, one for charging and one for discharging, chosen so that
 * at rated power each direction loses as much as the round-trip efficiency says; the losses grow with the square of the current.
 * Source: GridLAB-D Generators module, "battery" with the internal model, and "inverter" (four-quadrant).
 */
export interface BatteryDescription {
  readonly capacityKwh: number;
  readonly stateOfCharge: number;
  /** Ac rating of the inverter. */
  readonly ratedKw: number;
  readonly inverterEfficiency: number;
  readonly roundTripEfficiency: number;
  /** Bounds of the state of charge; 0 and 1 when left out. */
  readonly minimumStateOfCharge?: number;
  readonly maximumStateOfCharge?: number;
}

/** Batteries as vectors, one element a house; a house without one has zeros. Ac power is positive when it feeds the house or the grid. */
export interface Batteries {
  readonly ratedKw: Float64Array;
  readonly capacityKwh: Float64Array;
  readonly inverterEfficiency: Float64Array;
  readonly chargeLossPerKw: Float64Array;
  readonly dischargeLossPerKw: Float64Array;
  readonly minimumStateOfCharge: Float64Array;
  readonly maximumStateOfCharge: Float64Array;
  readonly stateOfCharge: Float64Array;
  /** Power held since the last update: at the meter, into the store, and lost between the two. ac + stored + loss = 0. */
  readonly acKw: Float64Array;
  readonly storedKw: Float64Array;
  readonly lossKw: Float64Array;
  /** Energy that held power took beyond the bounds of the store, because a step outlasted the time for which the power was chosen. */
  readonly overrunKwh: Float64Array;
}

/** Vectors for one optional battery a house. */
export function createBatteries(descriptions: readonly (BatteryDescription | undefined)[]): Batteries {
  const vector = (pick: (battery: BatteryDescription) => number, absent = 0) =>
    Float64Array.from(descriptions, battery => (battery ? pick(battery) : absent));
  const zeros = () => new Float64Array(descriptions.length);
  return {
    ratedKw: vector(b => b.ratedKw),
    capacityKwh: vector(b => b.capacityKwh),
    inverterEfficiency: vector(b => b.inverterEfficiency, 1),
    chargeLossPerKw: vector(b => chargeLossPerKw(b.ratedKw / b.inverterEfficiency, b.roundTripEfficiency)),
    dischargeLossPerKw: vector(b => dischargeLossPerKw(b.ratedKw / b.inverterEfficiency, b.roundTripEfficiency)),
    minimumStateOfCharge: vector(b => b.minimumStateOfCharge ?? 0),
    maximumStateOfCharge: vector(b => b.maximumStateOfCharge ?? 1),
    stateOfCharge: vector(b => b.stateOfCharge),
    acKw: zeros(),
    storedKw: zeros(),
    lossKw: zeros(),
    overrunKwh: zeros(),
  };
}

/** kW lost inside for each kW^2 stored, when charging a battery of `ratedDcKw`. */
export function chargeLossPerKw(ratedDcKw: number, roundTripEfficiency: number): number {
  const oneWay = Math.sqrt(roundTripEfficiency);
  return (1 - oneWay) / (oneWay * oneWay * ratedDcKw);
}

/** kW lost inside for each kW^2 released, when discharging a battery of `ratedDcKw`. */
export function dischargeLossPerKw(ratedDcKw: number, roundTripEfficiency: number): number {
  const oneWay = Math.sqrt(roundTripEfficiency);
  return (oneWay * (1 - oneWay)) / ratedDcKw;
}

/** Power into the ideal store when `dcKw` flows into the terminals (negative: out): the root of stored + loss stored^2 = dc. */
export function storedFromDcKw(dcKw: number, lossPerKw: number): number {
  return (2 * dcKw) / (1 + Math.sqrt(1 + 4 * lossPerKw * dcKw));
}

/** The inverse of `storedFromDcKw`. */
export function dcFromStoredKw(storedKw: number, lossPerKw: number): number {
  return storedKw * (1 + lossPerKw * storedKw);
}

/** Sets battery `i` to the ac power nearest to `wantedKw` that its rating allows and its store can keep up for `holdSeconds`. */
export function setBatteryPower(batteries: Batteries, i: number, wantedKw: number, holdSeconds: number): void {
  const { ratedKw, inverterEfficiency: efficiency, capacityKwh, stateOfCharge } = batteries;
  const wanted = Math.min(Math.max(wantedKw, -ratedKw[i]), ratedKw[i]);
  const perHour = (capacityKwh[i] * 3600) / holdSeconds;
  let acKw = wanted;
  let storedKw = 0;
  if (wanted < 0) {
    const lossPerKw = batteries.chargeLossPerKw[i];
    const roomKw = Math.max(batteries.maximumStateOfCharge[i] - stateOfCharge[i], 0) * perHour;
    storedKw = storedFromDcKw(-wanted * efficiency[i], lossPerKw);
    if (storedKw > roomKw) {
      storedKw = roomKw;
      acKw = 0 - dcFromStoredKw(storedKw, lossPerKw) / efficiency[i];
    }
  } else if (wanted > 0) {
    const lossPerKw = batteries.dischargeLossPerKw[i];
    const reserveKw = Math.max(stateOfCharge[i] - batteries.minimumStateOfCharge[i], 0) * perHour;
    storedKw = storedFromDcKw(-wanted / efficiency[i], lossPerKw);
    if (storedKw < -reserveKw) {
      storedKw = -reserveKw;
      acKw = 0 - dcFromStoredKw(storedKw, lossPerKw) * efficiency[i];
    }
  }
  batteries.acKw[i] = acKw;
  batteries.storedKw[i] = storedKw;
  batteries.lossKw[i] = 0 - acKw - storedKw;
}

/** Bounds between which a state of charge shall stay. */
export interface ChargeBand {
  readonly low: number;
  readonly high: number;
}

/** Ac power, kW and ≥ 0, that a battery at a state of charge can take and give for `seconds` without leaving the band. */
export function batteryRangeKw(
  battery: Omit<BatteryDescription, "stateOfCharge">,
  stateOfCharge: number,
  { low, high }: ChargeBand,
  seconds: number,
): { readonly chargeKw: number; readonly dischargeKw: number } {
  const { capacityKwh, ratedKw, inverterEfficiency: efficiency, roundTripEfficiency } = battery;
  const ratedDcKw = ratedKw / efficiency;
  const perHour = (capacityKwh * 3600) / seconds;
  const roomKw = Math.max(high - stateOfCharge, 0) * perHour;
  const reserveKw = Math.max(stateOfCharge - low, 0) * perHour;
  const chargeKw = dcFromStoredKw(roomKw, chargeLossPerKw(ratedDcKw, roundTripEfficiency)) / efficiency;
  return {
    chargeKw: Math.min(ratedKw, chargeKw),
    dischargeKw: Math.min(ratedKw, releasedKw(reserveKw, ratedDcKw, roundTripEfficiency) * efficiency),
  };
}

/** Power at the terminals when `reserveKw` leaves the store; beyond the rating the losses would outgrow it, so that the rating holds. */
function releasedKw(reserveKw: number, ratedDcKw: number, roundTripEfficiency: number): number {
  const lossPerKw = dischargeLossPerKw(ratedDcKw, roundTripEfficiency);
  const mostStoredKw = -storedFromDcKw(-ratedDcKw, lossPerKw);
  return reserveKw >= mostStoredKw ? ratedDcKw : -dcFromStoredKw(-reserveKw, lossPerKw);
}

/** Lets the held powers flow for `seconds`. */
export function advanceBatteries(batteries: Batteries, seconds: number): void {
  const { storedKw, capacityKwh, stateOfCharge, minimumStateOfCharge, maximumStateOfCharge, overrunKwh } = batteries;
  const hours = seconds / 3600;
  for (let i = 0; i < storedKw.length; i++) {
    if (storedKw[i] === 0) continue;
    const reached = stateOfCharge[i] + (storedKw[i] * hours) / capacityKwh[i];
    const kept = Math.min(Math.max(reached, minimumStateOfCharge[i]), maximumStateOfCharge[i]);
    overrunKwh[i] += Math.abs(reached - kept) * capacityKwh[i];
    stateOfCharge[i] = kept;
  }
}
