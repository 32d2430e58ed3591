import type { LocalMoment } from "../calendar.js";

/** Where and by which clock. Degrees, north and east positive; the clock runs `daylightSavingHours` ahead of the zone of `standardMeridianDeg`. */
export interface Site {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly standardMeridianDeg: number;
  readonly daylightSavingHours: number;
}

/** A unit vector in the local frame; as the sun's direction it points from the ground to the sun. */
export interface Direction {
  readonly east: number;
  readonly north: number;
  readonly up: number;
}

const RADIANS = Math.PI / 180;

/** Equation of time in minutes. Duffie & Beckman, Solar Engineering of Thermal Processes, 2nd ed., eq. 1.5.3 with the constants of GridLAB-D's solar angles. */
export function equationOfTimeMinutes(dayOfYear: number): number {
  const b = ((360 * (dayOfYear - 81)) / 364) * RADIANS;
  return 9.87 * Math.sin(2 * b) - 7.53 * Math.cos(b) - 1.5 * Math.sin(b);
}

/** Direction of the sun; `up` is the cosine of the zenith angle and negative at night. Declination by Cooper (1969), Duffie & Beckman eq. 1.6.1. */
export function sunDirection(site: Site, moment: LocalMoment): Direction {
  const minutes = 4 * (site.longitudeDeg - site.standardMeridianDeg) + equationOfTimeMinutes(moment.dayOfYear);
  const solarHour = moment.hour - site.daylightSavingHours + minutes / 60;
  const hourAngle = 15 * (solarHour - 12) * RADIANS;
  const declination = 23.45 * Math.sin(((360 * (284 + moment.dayOfYear)) / 365) * RADIANS) * RADIANS;
  const latitude = site.latitudeDeg * RADIANS;
  const towardsNoon = Math.cos(declination) * Math.cos(hourAngle);
  return {
    east: -Math.cos(declination) * Math.sin(hourAngle),
    north: Math.cos(latitude) * Math.sin(declination) - Math.sin(latitude) * towardsNoon,
    up: Math.sin(latitude) * Math.sin(declination) + Math.cos(latitude) * towardsNoon,
  };
}
