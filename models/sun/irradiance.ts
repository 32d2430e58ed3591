import type { Direction } from "./position.js";

const RADIANS = Math.PI / 180;

/** Outward normal of a surface. `tiltDeg` 0 is horizontal and 90 vertical; `azimuthDeg` counts clockwise from north (180 faces south). */
export function surfaceNormal(tiltDeg: number, azimuthDeg: number): Direction {
  const tilt = tiltDeg * RADIANS;
  const azimuth = azimuthDeg * RADIANS;
  return { east: Math.sin(tilt) * Math.sin(azimuth), north: Math.sin(tilt) * Math.cos(azimuth), up: Math.cos(tilt) };
}

/**
 * Fraction of the beam that a surface receives: the cosine of the angle of incidence, 0 behind the surface. Night is dark because the weather says so:
 * averaged weather still has some beam minutes before the computed sunrise, and GridLAB-D lets it fall on the walls.
 */
export function beamFraction(normal: Direction, sun: Direction): number {
  return Math.max(normal.east * sun.east + normal.north * sun.north + normal.up * sun.up, 0);
}

/** Direct normal and diffuse horizontal irradiance, in one and the same unit. */
export interface Irradiance {
  readonly directNormal: number;
  readonly diffuseHorizontal: number;
}

/** Irradiance on a tilted surface, isotropic sky, no reflection from the ground. Liu & Jordan (1963), Duffie & Beckman eq. 2.15.1 without its last term. */
export function planeOfArray(normal: Direction, sun: Direction, light: Irradiance): number {
  return light.directNormal * beamFraction(normal, sun) + (light.diffuseHorizontal * (1 + normal.up)) / 2;
}

const COMPASS = [0, 45, 90, 135, 180, 225, 270, 315].map(azimuthDeg => surfaceNormal(90, azimuthDeg));

/** Irradiance on vertical walls, mean over the eight compass directions. As GridLAB-D does, a wall counts the whole diffuse irradiance. */
export function meanWallIrradiance(sun: Direction, light: Irradiance): number {
  let fractions = 0;
  for (const wall of COMPASS) fractions += beamFraction(wall, sun);
  return light.diffuseHorizontal + (light.directNormal * fractions) / COMPASS.length;
}
