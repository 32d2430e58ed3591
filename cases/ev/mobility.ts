import type { Trip } from "../../models/index.js";
import { RandomStream } from "../../runtime/index.js";
import type { VehiclesFile } from "../../federates/vehicles/vehicles.js";

/**
 * Where the numbers come from. Times of leaving and of coming home are normal, daily distances log-normal: fits to the
 * US National Household Travel Survey 2001 that studies of charging demand use (departure 8.92 ± 3.24 h, arrival
 * 17.6 ± 3.4 h, ln(miles) 3.20 ± 0.88; Qian, Zhou, Allan, Yuan: Modeling of load demand due to EV battery charging in
 * distribution systems, IEEE Trans. Power Systems 26, 2011). Shares of drivers and models are those of the published
 * V2G study (80 % full-time workers; 60 % Tesla Model Y, 40 % VW ID.3). Consumption is each model's official figure.
 */
const DEPARTURE_H = { mean: 8.92, deviation: 3.24, low: 4, high: 12 } as const;
const ARRIVAL_H = { mean: 17.6, deviation: 3.4, low: 12.5, high: 23.5 } as const;
const LN_MILES = { mean: 3.2, deviation: 0.88, most: 5 } as const;
const WORKER_SHARE = 0.8;

/** People with free time leave once a day between these hours for so many hours; so do workers at weekends, or stay at home. */
const OUTING = { fromH: 9, toH: 15, shortestH: 1, longestH: 4, shareOfDays: 0.7 } as const;

interface Model {
  readonly model: string;
  readonly capacityKwh: number;
  readonly kwhPerMile: number;
}

const MODEL_Y: Model = { model: "Tesla Model Y Long Range AWD (2020)", capacityKwh: 75, kwhPerMile: 0.28 };
const ID_3: Model = { model: "VW ID.3 (2020)", capacityKwh: 58, kwhPerMile: 0.25 };
const MODEL_Y_SHARE = 0.6;

const RATED_KW = 5;
const EFFICIENCY = 0.9;
/** The first vehicle starts with this charge, the last with the other, those between evenly. */
const FIRST_CHARGE = 0.4;
const LAST_CHARGE = 0.8;

const SECONDS_PER_DAY = 86_400;
const SECONDS_PER_MINUTE = 60;

/** What the vehicles are drawn from. */
export interface MobilitySettings {
  /** Houses that own one. */
  readonly owners: readonly string[];
  readonly days: number;
  readonly seed: number;
  /** Day of the week of day 0; 0 is Sunday. */
  readonly firstWeekday: number;
}

/** The vehicles with all their trips: a pure function of seed, house and day. */
export function drawVehicles(settings: MobilitySettings): VehiclesFile {
  const { owners, days, seed, firstWeekday } = settings;
  return {
    vehicles: owners.map((house, v) => {
      const stream = new RandomStream(seed, `${house}/vehicle`);
      const { model, capacityKwh, kwhPerMile } = stream.next() < MODEL_Y_SHARE ? MODEL_Y : ID_3;
      const isWorker = stream.next() < WORKER_SHARE;
      const share = owners.length === 1 ? 0 : v / (owners.length - 1);
      const trips = Array.from({ length: days }, (_, day) => {
        const weekday = (firstWeekday + day) % 7;
        const isWorkday = isWorker && weekday !== 0 && weekday !== 6;
        const dayStream = new RandomStream(seed, `${house}/trip of day ${day}`);
        return drawTrip(dayStream, { startS: day * SECONDS_PER_DAY, isWorkday, kwhPerMile });
      });
      return {
        ...{ name: `${house}_vehicle`, house, model, driver: isWorker ? "full-time worker" : "free time" },
        ...{ capacityKwh, stateOfCharge: round(FIRST_CHARGE + share * (LAST_CHARGE - FIRST_CHARGE)) },
        ...{ ratedKw: RATED_KW, chargeEfficiency: EFFICIENCY, dischargeEfficiency: EFFICIENCY },
        trips: trips.filter(trip => trip !== undefined),
      };
    }),
  };
}

interface Day {
  readonly startS: number;
  readonly isWorkday: boolean;
  readonly kwhPerMile: number;
}

function drawTrip(stream: RandomStream, { startS, isWorkday, kwhPerMile }: Day): Trip | undefined {
  if (!isWorkday && stream.next() >= OUTING.shareOfDays) return undefined;
  const [departH, arriveH] = isWorkday ? drawWork(stream) : drawOuting(stream);
  const miles = Math.exp(Math.min(stream.normal(LN_MILES.mean, LN_MILES.deviation), LN_MILES.most));
  return {
    departS: startS + toMinute(departH),
    arriveS: startS + toMinute(arriveH),
    energyKwh: round(miles * kwhPerMile),
  };
}

function drawWork(stream: RandomStream): readonly [number, number] {
  return [drawWithin(stream, DEPARTURE_H), drawWithin(stream, ARRIVAL_H)];
}

function drawOuting(stream: RandomStream): readonly [number, number] {
  const departH = stream.uniform(OUTING.fromH, OUTING.toH);
  return [departH, departH + stream.uniform(OUTING.shortestH, OUTING.longestH)];
}

/** A normal number within bounds: draws that fall outside are drawn again. */
function drawWithin(stream: RandomStream, range: typeof DEPARTURE_H | typeof ARRIVAL_H): number {
  for (;;) {
    const value = stream.normal(range.mean, range.deviation);
    if (value >= range.low && value <= range.high) return value;
  }
}

function toMinute(hours: number): number {
  return Math.round(hours * 60) * SECONDS_PER_MINUTE;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
