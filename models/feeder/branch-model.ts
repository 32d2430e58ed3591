import { type ComplexMatrix, diagonal, matrixOf, scaled } from "./complex-matrix.js";
import type { LineCode, Matrix, Phases, RegulatorDescription, TransformerDescription } from "./description.js";
import type { Branch } from "./tree.js";

/**
 * A branch as the sweep sees it: `V = ratio * Vupstream - Z I` for each conductor of the fed node, and the upstream
 * conductor carries `ratio * I`. A delta winding mixes the phases: there `V = turns * Vupstream - Z I`.
 */
export interface BranchModel {
  /** Place of each conductor's upstream conductor among the conductors of the parent. */
  readonly upstream: readonly number[];
  readonly ratio: readonly number[];
  readonly turns?: Matrix;
  readonly impedanceOhm: ComplexMatrix;
  readonly ratingA: number;
  /** Half of the charging susceptance, at each end. */
  readonly chargingSiemens?: Matrix;
}

/** What a branch model is made from, besides the branch. */
export interface BranchSurroundings {
  readonly parentPhases: Phases;
  readonly phases: Phases;
  readonly codes: ReadonlyMap<string, LineCode>;
  readonly frequencyHz: number;
}

/** Model of a branch that has passed the checks. */
export function modelBranch(branch: Branch, around: BranchSurroundings): BranchModel {
  switch (branch.kind) {
    case "line":
      return modelLine(branch.data.lengthKm, branch.data.ratingA, around.codes.get(branch.data.code), around);
    case "transformer":
      return modelTransformer(branch.data, around);
    case "regulator":
      return modelRegulator(branch.data, around);
    case "switch": {
      const { ratingA } = branch.data;
      return straight(around, diagonal(around.phases.length, 0, 0), ratingA);
    }
  }
}

/** No-load voltage of the fed node over that of its parent, conductor to neutral. */
export function voltageRatio(branch: Branch): number {
  if (branch.kind === "regulator") return branch.data.ratios[0];
  if (branch.kind !== "transformer") return 1;
  return branch.data.secondaryV / branch.data.primaryV;
}

function straight(around: BranchSurroundings, impedanceOhm: ComplexMatrix, ratingA = NaN): BranchModel {
  const conductors = [...around.phases];
  return {
    upstream: conductors.map(phase => around.parentPhases.indexOf(phase)),
    ratio: conductors.map(() => 1),
    impedanceOhm,
    ratingA,
  };
}

function modelLine(
  lengthKm: number,
  ratingA: number | undefined,
  code: LineCode | undefined,
  around: BranchSurroundings,
): BranchModel {
  if (!code) throw new Error("A line without a code has passed the checks.");
  const model = straight(
    around,
    { re: scaled(code.resistanceOhmPerKm, lengthKm), im: scaled(code.reactanceOhmPerKm, lengthKm) },
    ratingA,
  );
  if (!code.capacitanceNfPerKm) return model;
  const half = (2 * Math.PI * around.frequencyHz * lengthKm * 1e-9) / 2;
  return { ...model, chargingSiemens: scaled(code.capacitanceNfPerKm, half) };
}

function modelRegulator(data: RegulatorDescription, around: BranchSurroundings): BranchModel {
  const impedance = diagonal(around.phases.length, data.resistanceOhm ?? 0, data.reactanceOhm ?? 0);
  return { ...straight(around, impedance, data.ratingA), ratio: data.ratios };
}

function modelTransformer(data: TransformerDescription, around: BranchSurroundings): BranchModel {
  if (data.connection === "centre-tapped") return modelCentreTap(data, around);
  const base = (data.secondaryV * data.secondaryV) / data.ratedVa;
  const impedance = diagonal(around.phases.length, data.resistancePu * base, data.reactancePu * base);
  const single = data.connection === "single-phase";
  const model = straight(around, impedance, data.ratedVa / (data.secondaryV * (single ? 1 : Math.sqrt(3))));
  const ratio = data.secondaryV / data.primaryV;
  if (data.connection === "delta-wye") return { ...model, turns: scaled(DELTA_WYE, ratio / Math.sqrt(3)) };
  if (data.connection === "delta-delta") return { ...model, turns: scaled(DELTA_DELTA, ratio) };
  return { ...model, ratio: model.ratio.map(() => ratio) };
}

/** Phase voltages of the wye from those of the source, lagging by 30 degrees (Kersting eq. 8.40 with unit turns). */
const DELTA_WYE: Matrix = [
  [1, 0, -1],
  [-1, 1, 0],
  [0, -1, 1],
];

/** Line-to-line voltages pass, the zero sequence does not. */
const DELTA_DELTA: Matrix = matrixOf(3, (i, j) => (i === j ? 2 : -1) / 3);

/**
 * Interlaced secondary windings: of the rated impedance r + jx the primary has 0.5 r + j 0.8 x and each secondary half
 * r + j 0.4 x on its own base (Kersting, section 11.1; the division that GridLAB-D uses).
 */
function modelCentreTap(data: TransformerDescription, around: BranchSurroundings): BranchModel {
  const { primaryV, secondaryV, ratedVa, resistancePu: r, reactancePu: x } = data;
  const upstream = around.parentPhases.indexOf(data.phase ?? "A");
  const ratio = secondaryV / primaryV;
  const base = (secondaryV * secondaryV) / ratedVa; // the primary's impedance, referred to one leg, has this base too
  return {
    upstream: [upstream, upstream],
    ratio: [ratio, -ratio],
    impedanceOhm: {
      re: matrixOf(2, (i, j) => (i === j ? 1.5 * r : -0.5 * r) * base),
      im: matrixOf(2, (i, j) => (i === j ? 1.2 * x : -0.8 * x) * base),
    },
    ratingA: ratedVa / (2 * secondaryV),
  };
}
