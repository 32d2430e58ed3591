import { type ComplexMatrix, inverse, kronReduce, matrixOf, scaled } from "./complex-matrix.js";
import type { LineCode, Matrix } from "./description.js";

const KM_PER_MILE = 1.609344;
const FEET_PER_INCH = 1 / 12;

/** A bare wire: phase or neutral. */
export interface Wire {
  readonly resistanceOhmPerMile: number;
  readonly gmrFt: number;
}

/** Wires above ground, phases first; only those of the line's own phases. `spacingFt` holds their distances by row and column. */
export interface OverheadGeometry {
  readonly name: string;
  readonly wires: readonly Wire[];
  readonly phaseCount: number;
  readonly spacingFt: Matrix;
  /** For the capacitance: height above ground and diameter of each wire. */
  readonly heightFt?: readonly number[];
  readonly diameterIn?: readonly number[];
}

/** A cable whose neutral is a ring of strands around the insulation. */
export interface ConcentricCable {
  readonly resistanceOhmPerMile: number;
  readonly gmrFt: number;
  readonly diameterIn: number;
  /** Across the ring of strands. */
  readonly outerDiameterIn: number;
  readonly strands: number;
  readonly strandResistanceOhmPerMile: number;
  readonly strandGmrFt: number;
  readonly strandDiameterIn: number;
  /** 2.3 (cross-linked polyethylene) unless given. */
  readonly relativePermittivity?: number;
}

/** Buried cables, one for each phase, with distances by row and column, and perhaps bare neutral wires after them. */
export interface CableGeometry {
  readonly name: string;
  readonly cables: readonly ConcentricCable[];
  readonly neutrals?: readonly Wire[];
  readonly spacingFt: Matrix;
}

/** A split-phase service drop of three equal conductors, two of them insulated. */
export interface TriplexGeometry {
  readonly name: string;
  readonly resistanceOhmPerMile: number;
  readonly gmrFt: number;
  readonly diameterIn: number;
  readonly insulationIn: number;
}

/**
 * Series impedance in ohm per mile of wires with earth return, neutrals still included: the modified Carson equations at
 * 60 Hz and 100 ohm m (W. H. Kersting, Distribution System Modeling and Analysis, eq. 4.41 and 4.42).
 */
export function carsonImpedance(wires: readonly Wire[], spacingFt: Matrix): ComplexMatrix {
  const n = wires.length;
  const distance = (i: number, j: number): number => (i === j ? wires[i].gmrFt : spacingFt[i][j]);
  return {
    re: matrixOf(n, (i, j) => (i === j ? wires[i].resistanceOhmPerMile : 0) + 0.0953),
    im: matrixOf(n, (i, j) => 0.12134 * (Math.log(1 / distance(i, j)) + 7.93402)),
  };
}

/** Line code of an overhead line; with heights and diameters it has a capacitance (Kersting eq. 5.9 to 5.14). */
export function overheadLineCode(geometry: OverheadGeometry): LineCode {
  const { name, wires, phaseCount, spacingFt } = geometry;
  const code = lineCode(name, kronReduce(carsonImpedance(wires, spacingFt), phaseCount));
  const capacitance = overheadCapacitance(geometry);
  return capacitance ? { ...code, capacitanceNfPerKm: capacitance } : code;
}

function overheadCapacitance(geometry: OverheadGeometry): number[][] | undefined {
  const { wires, phaseCount, spacingFt, heightFt, diameterIn } = geometry;
  if (!heightFt || !diameterIn) return undefined;
  const n = wires.length;
  const radiusFt = diameterIn.map(diameter => (diameter / 2) * FEET_PER_INCH);
  const distance = (i: number, j: number): number => (i === j ? radiusFt[i] : spacingFt[i][j]);
  const image = (i: number, j: number): number => {
    const apart = i === j ? 0 : spacingFt[i][j];
    return Math.sqrt(apart * apart + 4 * heightFt[i] * heightFt[j]);
  };
  const milePerMicrofarad = matrixOf(n, (i, j) => 11.17689 * Math.log(image(i, j) / distance(i, j)));
  const potential = kronReduce({ re: milePerMicrofarad, im: matrixOf(n, () => 0) }, phaseCount);
  return scaled(inverse(potential.re), 1000 / KM_PER_MILE);
}

/** Line code of concentric-neutral cables, with their capacitance (Kersting eq. 4.76 to 4.83 and 5.31). */
export function cableLineCode(geometry: CableGeometry): LineCode {
  const { name, cables, neutrals = [], spacingFt } = geometry;
  const rings = cables.map(ringOf);
  const wires = [...cables, ...rings, ...neutrals];
  const place = (k: number): number => (k < cables.length ? k : k - cables.length);
  const between = (i: number, j: number): number =>
    place(i) === place(j) ? (rings[place(i)]?.radiusFt ?? 0) : spacingFt[place(i)][place(j)];
  const spacing = matrixOf(wires.length, between);
  const capacitance = cables.map(cableCapacitance);
  return {
    ...lineCode(name, kronReduce(carsonImpedance(wires, spacing), cables.length)),
    capacitanceNfPerKm: matrixOf(cables.length, (i, j) => (i === j ? capacitance[i] : 0)),
  };
}

/** The strands of a cable as one equivalent wire. */
function ringOf(cable: ConcentricCable): Wire & { readonly radiusFt: number } {
  const { strands, strandGmrFt } = cable;
  const radiusFt = ((cable.outerDiameterIn - cable.strandDiameterIn) / 2) * FEET_PER_INCH;
  const logGmr = (Math.log(strandGmrFt * strands) + (strands - 1) * Math.log(radiusFt)) / strands;
  return { radiusFt, gmrFt: Math.exp(logGmr), resistanceOhmPerMile: cable.strandResistanceOhmPerMile / strands };
}

function cableCapacitance(cable: ConcentricCable): number {
  const { strands, diameterIn, strandDiameterIn, relativePermittivity = 2.3 } = cable;
  const ringIn = (cable.outerDiameterIn - strandDiameterIn) / 2;
  const logs = Math.log(ringIn / (diameterIn / 2)) - Math.log((strands * (strandDiameterIn / 2)) / ringIn) / strands;
  const nanofaradPerKm = 55.63250276; // 2 pi times the vacuum permittivity
  return (nanofaradPerKm * relativePermittivity) / logs;
}

/** Line code of a triplex service: two legs, the neutral reduced away. */
export function triplexLineCode(geometry: TriplexGeometry): LineCode {
  const { diameterIn, insulationIn } = geometry;
  const hotToHot = (diameterIn + 2 * insulationIn) * FEET_PER_INCH;
  const hotToNeutral = (diameterIn + insulationIn) * FEET_PER_INCH;
  const spacing = matrixOf(3, (i, j) => (i < 2 && j < 2 ? hotToHot : hotToNeutral));
  return lineCode(geometry.name, kronReduce(carsonImpedance([geometry, geometry, geometry], spacing), 2));
}

function lineCode(name: string, ohmPerMile: ComplexMatrix): LineCode {
  return {
    name,
    resistanceOhmPerKm: scaled(ohmPerMile.re, 1 / KM_PER_MILE),
    reactanceOhmPerKm: scaled(ohmPerMile.im, 1 / KM_PER_MILE),
  };
}
