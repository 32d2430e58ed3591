import { type Feeder, LINK, RUN_END, RUN_FIELDS, RUN_IMPEDANCE, RUN_KERNEL } from "./feeder.js";

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
  measureFlows(feeder, measures);
  measureLoading(feeder, measures);
}

/** As `measureFeeder`, without the loading of every branch. */
export function measureFlows(feeder: Feeder, measures: FeederMeasures): void {
  measurePowers(feeder, measures);
  measureLosses(feeder, measures);
  measures.sourceVa[0] = measures.nodeVa[0];
  measures.sourceVa[1] = measures.nodeVa[1];
  measures.shuntVa[1] = shuntVar(feeder);
}

function measurePowers({ firstConductor, voltage, current }: Feeder, { conductorVa, nodeVa }: FeederMeasures): void {
  for (let n = 0; n < firstConductor.length - 1; n++) {
    const end = 2 * firstConductor[n + 1];
    let watt = 0;
    let reactive = 0;
    for (let k = 2 * firstConductor[n]; k < end; k += 2) {
      conductorVa[k] = voltage[k] * current[k] + voltage[k + 1] * current[k + 1];
      conductorVa[k + 1] = voltage[k + 1] * current[k] - voltage[k] * current[k + 1];
      watt += conductorVa[k];
      reactive += conductorVa[k + 1];
    }
    nodeVa[2 * n] = watt;
    nodeVa[2 * n + 1] = reactive;
  }
}

/** I* Z I of every branch. */
function measureLosses({ runs, firstConductor, impedanceOhm, current }: Feeder, measures: FeederMeasures): void {
  const { branchLossVa, lossVa } = measures;
  lossVa.fill(0);
  let node = 1;
  for (let run = 0; run < runs.length; run += RUN_FIELDS) {
    const isLink = runs[run + RUN_KERNEL] === LINK;
    let z = runs[run + RUN_IMPEDANCE];
    for (; firstConductor[node] < runs[run + RUN_END]; node++) {
      const end = isLink ? 0 : 2 * firstConductor[node + 1];
      let watt = 0;
      let reactive = 0;
      for (let i = 2 * firstConductor[node]; i < end; i += 2) {
        for (let j = i; j < end; j += 2, z += 2) {
          const square = (i === j ? 1 : 2) * (current[i] * current[j] + current[i + 1] * current[j + 1]);
          watt += impedanceOhm[z] * square;
          reactive += impedanceOhm[z + 1] * square;
        }
      }
      branchLossVa[2 * node] = watt;
      branchLossVa[2 * node + 1] = reactive;
      lossVa[0] += watt;
      lossVa[1] += reactive;
    }
  }
}

function measureLoading(feeder: Feeder, { loadingPercent }: FeederMeasures): void {
  for (let n = 0; n < loadingPercent.length; n++) loadingPercent[n] = branchLoadingPercent(feeder, n);
}

/** Largest conductor current of one branch over its rating, in percent; NaN without a rating. */
export function branchLoadingPercent({ firstConductor, ratingA, current }: Feeder, branch: number): number {
  let largest = 0;
  for (let k = 2 * firstConductor[branch]; k < 2 * firstConductor[branch + 1]; k += 2) {
    largest = Math.max(largest, current[k] * current[k] + current[k + 1] * current[k + 1]);
  }
  return (100 * Math.sqrt(largest)) / ratingA[branch];
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
