import { meterNames, type FeederFile } from "./network.js";

/** Running bills of all meters: plain data. */
export interface Bills {
  /** USD since the start, in the order of the meters. */
  readonly usd: Float64Array;
  /** Price of the premises' meters since the last charge, USD/kWh. */
  price: number;
  readonly buildingPrice: number;
  lastSeconds: number;
}

/** Bills at zero. */
export function createBills(file: FeederFile, buildingPrice: number): Bills {
  return { usd: new Float64Array(meterNames(file).length), price: 0, buildingPrice, lastSeconds: 0 };
}

/** Charges every meter for the power that it has drawn since the last charge; the last meter is the building's. */
export function chargeMeters(bills: Bills, powerW: Float64Array, seconds: number): void {
  const kilowattHours = (seconds - bills.lastSeconds) / 3.6e6;
  bills.lastSeconds = seconds;
  const { usd, price, buildingPrice } = bills;
  const building = usd.length - 1;
  for (let m = 0; m < usd.length; m++) usd[m] += powerW[m] * kilowattHours * (m === building ? buildingPrice : price);
}
