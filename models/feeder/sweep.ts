import {
  DELTA,
  type Feeder,
  LINK,
  PAIR,
  RUN_END,
  RUN_FIELDS,
  RUN_FIRST,
  RUN_IMPEDANCE,
  RUN_KERNEL,
  RUN_TURNS,
  SINGLE,
} from "./feeder.js";

/** Adds the currents that shunt susceptances draw at the present voltages. */
export function addShuntCurrents(feeder: Feeder): void {
  const { shuntRow, shuntColumn, shuntSiemens, voltage, current } = feeder;
  for (let s = 0; s < shuntRow.length; s++) {
    const row = 2 * shuntRow[s];
    const column = 2 * shuntColumn[s];
    current[row] -= shuntSiemens[s] * voltage[column + 1];
    current[row + 1] += shuntSiemens[s] * voltage[column];
  }
}

/** Collects the conductors' currents towards the source, deepest nodes first. */
export function sweepBackward(feeder: Feeder): void {
  const { runs, upstream, ratio, current } = feeder;
  for (let run = runs.length - RUN_FIELDS; run >= 0; run -= RUN_FIELDS) {
    if (runs[run + RUN_KERNEL] === DELTA) {
      collectDelta(feeder, run);
      continue;
    }
    const first = runs[run + RUN_FIRST];
    for (let c = runs[run + RUN_END] - 1; c >= first; c--) {
      const up = 2 * upstream[c];
      current[up] += ratio[c] * current[2 * c];
      current[up + 1] += ratio[c] * current[2 * c + 1];
    }
  }
}

/** Primary currents of an ideal transformer with real turns ratios: the transposed ratios times the secondary currents. */
function collectDelta({ runs, upstream, turns, current }: Feeder, run: number): void {
  const first = runs[run + RUN_FIRST];
  for (let c = runs[run + RUN_END] - 3; c >= first; c -= 3) {
    const turn = runs[run + RUN_TURNS] + 3 * (c - first);
    for (let column = 0; column < 3; column++) {
      const up = 2 * upstream[c + column];
      for (let row = 0; row < 3; row++) {
        const ratio = turns[turn + 3 * row + column];
        current[up] += ratio * current[2 * (c + row)];
        current[up + 1] += ratio * current[2 * (c + row) + 1];
      }
    }
  }
}

/** Renews all voltages from the source outwards. Returns the largest change over the nominal voltage, squared. */
export function sweepForward(feeder: Feeder): number {
  const { runs, runNominalV } = feeder;
  let worst = 0;
  for (let run = 0; run < runs.length; run += RUN_FIELDS) {
    const nominalV = runNominalV[run / RUN_FIELDS];
    const change = sweepRun(feeder, run) / (nominalV * nominalV);
    if (change > worst) worst = change;
  }
  return worst;
}

function sweepRun(feeder: Feeder, run: number): number {
  switch (feeder.runs[run + RUN_KERNEL]) {
    case LINK:
      return forwardLinks(feeder, run);
    case SINGLE:
      return forwardSingles(feeder, run);
    case PAIR:
      return forwardPairs(feeder, run);
    default:
      return forwardTriples(feeder, run);
  }
}

function forwardLinks({ runs, upstream, ratio, voltage }: Feeder, run: number): number {
  const end = runs[run + RUN_END];
  let worst = 0;
  for (let c = runs[run + RUN_FIRST]; c < end; c++) {
    const up = 2 * upstream[c];
    const change = renew(voltage, 2 * c, ratio[c] * voltage[up], ratio[c] * voltage[up + 1]);
    if (change > worst) worst = change;
  }
  return worst;
}

function forwardSingles({ runs, upstream, ratio, impedanceOhm, voltage, current }: Feeder, run: number): number {
  const end = runs[run + RUN_END];
  let z = runs[run + RUN_IMPEDANCE];
  let worst = 0;
  for (let c = runs[run + RUN_FIRST]; c < end; c++, z += 2) {
    const up = 2 * upstream[c];
    const r = impedanceOhm[z];
    const x = impedanceOhm[z + 1];
    const a = current[2 * c];
    const b = current[2 * c + 1];
    const change = renew(
      voltage,
      2 * c,
      ratio[c] * voltage[up] - r * a + x * b,
      ratio[c] * voltage[up + 1] - r * b - x * a,
    );
    if (change > worst) worst = change;
  }
  return worst;
}

function forwardPairs({ runs, upstream, ratio, impedanceOhm, voltage, current }: Feeder, run: number): number {
  const end = runs[run + RUN_END];
  let z = runs[run + RUN_IMPEDANCE];
  let worst = 0;
  for (let c = runs[run + RUN_FIRST]; c < end; c += 2, z += 6) {
    const up1 = 2 * upstream[c];
    const up2 = 2 * upstream[c + 1];
    const a1 = current[2 * c];
    const b1 = current[2 * c + 1];
    const a2 = current[2 * c + 2];
    const b2 = current[2 * c + 3];
    const r12 = impedanceOhm[z + 2];
    const x12 = impedanceOhm[z + 3];
    const change1 = renew(
      voltage,
      2 * c,
      ratio[c] * voltage[up1] - impedanceOhm[z] * a1 + impedanceOhm[z + 1] * b1 - r12 * a2 + x12 * b2,
      ratio[c] * voltage[up1 + 1] - impedanceOhm[z] * b1 - impedanceOhm[z + 1] * a1 - r12 * b2 - x12 * a2,
    );
    const change2 = renew(
      voltage,
      2 * c + 2,
      ratio[c + 1] * voltage[up2] - r12 * a1 + x12 * b1 - impedanceOhm[z + 4] * a2 + impedanceOhm[z + 5] * b2,
      ratio[c + 1] * voltage[up2 + 1] - r12 * b1 - x12 * a1 - impedanceOhm[z + 4] * b2 - impedanceOhm[z + 5] * a2,
    );
    if (change1 > worst) worst = change1;
    if (change2 > worst) worst = change2;
  }
  return worst;
}

/** Places of the rows of a symmetric 3 x 3 matrix in its packed complex upper triangle. */
const TRIANGLE = Uint8Array.of(0, 2, 4, 2, 6, 8, 4, 8, 10);

/** Three coupled conductors, with or without a delta winding before the impedance. */
function forwardTriples(feeder: Feeder, run: number): number {
  const { runs, upstream, ratio, turns, impedanceOhm, voltage, current } = feeder;
  const mixes = runs[run + RUN_KERNEL] === DELTA;
  const first = runs[run + RUN_FIRST];
  let worst = 0;
  for (let c = first; c < runs[run + RUN_END]; c += 3) {
    const z = runs[run + RUN_IMPEDANCE] + 4 * (c - first);
    const turn = runs[run + RUN_TURNS] + 3 * (c - first);
    for (let row = 0; row < 3; row++) {
      let re = mixes ? 0 : ratio[c + row] * voltage[2 * upstream[c + row]];
      let im = mixes ? 0 : ratio[c + row] * voltage[2 * upstream[c + row] + 1];
      for (let column = 0; column < 3; column++) {
        const other = 2 * (c + column);
        const r = impedanceOhm[z + TRIANGLE[3 * row + column]];
        const x = impedanceOhm[z + TRIANGLE[3 * row + column] + 1];
        const mix = mixes ? turns[turn + 3 * row + column] : 0;
        const up = 2 * upstream[c + column];
        re += mix * voltage[up] - r * current[other] + x * current[other + 1];
        im += mix * voltage[up + 1] - r * current[other + 1] - x * current[other];
      }
      const change = renew(voltage, 2 * (c + row), re, im);
      if (change > worst) worst = change;
    }
  }
  return worst;
}

/** Stores a complex voltage and returns the square of its change. */
function renew(voltage: Float64Array, at: number, re: number, im: number): number {
  const changeRe = re - voltage[at];
  const changeIm = im - voltage[at + 1];
  voltage[at] = re;
  voltage[at + 1] = im;
  return changeRe * changeRe + changeIm * changeIm;
}
