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
const MAXIMUM_DECLINATION = 0.40928;

/** Equation of time in minutes, as a Fourier series by W. E. Murphy (Texas A&M); the one that GridLAB-D's solar angles use. */
export function equationOfTimeMinutes(dayOfYear: number): number {
  const year = (2 * Math.PI * dayOfYear) / 365;
  const cosines = 0.5501 * Math.cos(year) - 3.0195 * Math.cos(2 * year) - 0.0771 * Math.cos(3 * year);
  const sines = 7.3403 * Math.sin(year) + 9.4583 * Math.sin(2 * year) + 0.3284 * Math.sin(3 * year);
  return cosines - sines;
}

/** Direction of the sun; `up` is the cosine of the zenith angle and negative at night. Declination by Cooper (1969), Duffie & Beckman eq. 1.6.1. */
export function sunDirection(site: Site, moment: LocalMoment): Direction {
  const minutes = 4 * (site.longitudeDeg - site.standardMeridianDeg) + equationOfTimeMinutes(moment.dayOfYear);
  const solarHour = moment.hour - site.daylightSavingHours + minutes / 60;
  const hourAngle = 15 * (solarHour - 12) * RADIANS;
  const declination = MAXIMUM_DECLINATION * Math.sin((2 * Math.PI * (284 + moment.dayOfYear)) / 365);
  const latitude = site.latitudeDeg * RADIANS;
  const towardsNoon = Math.cos(declination) * Math.cos(hourAngle);
  return {
    east: -Math.cos(declination) * Math.sin(hourAngle),
    north: Math.cos(latitude) * Math.sin(declination) - Math.sin(latitude) * towardsNoon,
    up: Math.sin(latitude) * Math.sin(declination) + Math.cos(latitude) * towardsNoon,
  };
}
