import { type Feeder, LINK, RUN_END, RUN_FIELDS, RUN_FIRST, RUN_IMPEDANCE, RUN_KERNEL } from "./feeder.js";

/** Powers and loadings of a solved feeder; complex arrays hold W and VAr in turn. Nodes and branches are numbered as in `Feeder`. */
export interface FeederMeasures {
  /** Power that arrives at each conductor through its branch: what a meter there reads. At the source, what it delivers. */
  readonly conductorVa: Float64Array;
  /** The same, summed over the conductors of each node. */
  readonly nodeVa: Float64Array;
  /** Series loss of each branch. */
  readonly branchLossVa: Float64Array;
  /** Largest conductor current of each branch over its rating; NaN without a rating. */
  readonly loadingPercent: Float64Array;
  /** Sums over the feeder: from the source, lost in branches, produced (negative) in capacitors and line charging. */
  readonly sourceVa: Float64Array;
  readonly lossVa: Float64Array;
  readonly shuntVa: Float64Array;
}

/** Arrays for `measureFeeder`, to be used again for every solve. */
export function createMeasures(feeder: Feeder): FeederMeasures {
  const nodes = feeder.nodeNames.length;
  return {
    conductorVa: new Float64Array(2 * feeder.firstConductor[nodes]),
    nodeVa: new Float64Array(2 * nodes),
    branchLossVa: new Float64Array(2 * nodes),
    loadingPercent: new Float64Array(nodes),
    sourceVa: new Float64Array(2),
    lossVa: new Float64Array(2),
    shuntVa: new Float64Array(2),
  };
}

/** Fills the measures from the last solve. Source power = loads + losses + shunts. */
export function measureFeeder(feeder: Feeder, measures: FeederMeasures): void {
  measureConductors(feeder, measures);
  measureLosses(feeder, measures);
  measureLoading(feeder, measures);
  measures.sourceVa.set(measures.nodeVa.subarray(0, 2));
  measures.lossVa.fill(0);
  for (let k = 0; k < measures.branchLossVa.length; k++) measures.lossVa[k % 2] += measures.branchLossVa[k];
  measures.shuntVa[1] = shuntVar(feeder);
}

function measureConductors(
  { firstConductor, voltage, current }: Feeder,
  { conductorVa, nodeVa }: FeederMeasures,
): void {
  for (let k = 0; k < conductorVa.length; k += 2) {
    conductorVa[k] = voltage[k] * current[k] + voltage[k + 1] * current[k + 1];
    conductorVa[k + 1] = voltage[k + 1] * current[k] - voltage[k] * current[k + 1];
  }
  nodeVa.fill(0);
  for (let n = 0; n < firstConductor.length - 1; n++) {
    for (let k = 2 * firstConductor[n]; k < 2 * firstConductor[n + 1]; k++) nodeVa[2 * n + (k % 2)] += conductorVa[k];
  }
}

/** I* Z I of every branch. */
function measureLosses(feeder: Feeder, { branchLossVa }: FeederMeasures): void {
  const { runs } = feeder;
  branchLossVa.fill(0);
  let node = 1;
  for (let run = 0; run < runs.length; run += RUN_FIELDS) {
    let z = runs[run + RUN_IMPEDANCE];
    for (let c = runs[run + RUN_FIRST]; c < runs[run + RUN_END]; c = feeder.firstConductor[node]) {
      const width = feeder.firstConductor[node + 1] - c;
      if (runs[run + RUN_KERNEL] !== LINK) {
        addLoss(feeder, { node, c, width, z }, branchLossVa);
        z += width * (width + 1);
      }
      node++;
    }
  }
}

interface SeriesBranch {
  readonly node: number;
  readonly c: number;
  readonly width: number;
  readonly z: number;
}

function addLoss(
  { impedanceOhm, current }: Feeder,
  { node, c, width, z }: SeriesBranch,
  branchLossVa: Float64Array,
): void {
  for (let i = 0, at = z; i < width; i++) {
    for (let j = i; j < width; j++, at += 2) {
      const a = 2 * (c + i);
      const b = 2 * (c + j);
      const real = current[a] * current[b] + current[a + 1] * current[b + 1];
      const times = i === j ? 1 : 2;
      branchLossVa[2 * node] += times * impedanceOhm[at] * real;
      branchLossVa[2 * node + 1] += times * impedanceOhm[at + 1] * real;
    }
  }
}

function measureLoading({ firstConductor, ratingA, current }: Feeder, { loadingPercent }: FeederMeasures): void {
  for (let n = 0; n < ratingA.length; n++) {
    let largest = 0;
    for (let k = 2 * firstConductor[n]; k < 2 * firstConductor[n + 1]; k += 2) {
      largest = Math.max(largest, current[k] * current[k] + current[k + 1] * current[k + 1]);
    }
    loadingPercent[n] = (100 * Math.sqrt(largest)) / ratingA[n];
  }
}

/** Capacitive susceptances produce reactive power: -b |V|^2 for one alone. */
function shuntVar({ shuntRow, shuntColumn, shuntSiemens, voltage }: Feeder): number {
  let sum = 0;
  for (let s = 0; s < shuntRow.length; s++) {
    const row = 2 * shuntRow[s];
    const column = 2 * shuntColumn[s];
    sum -= shuntSiemens[s] * (voltage[row] * voltage[column] + voltage[row + 1] * voltage[column + 1]);
  }
  return sum;
}
