import { type Branch, type BulkCase, busPositions, positionOf } from "./case.js";

/** The four admittances (pu) between the two ends of a branch: I_from = ff·V_from + ft·V_to, I_to = tf·V_from + tt·V_to. */
export interface BranchAdmittance {
  readonly from: number;
  readonly to: number;
  readonly gff: number;
  readonly bff: number;
  readonly gft: number;
  readonly bft: number;
  readonly gtf: number;
  readonly btf: number;
  readonly gtt: number;
  readonly btt: number;
}

/** Bus admittance matrix (pu) by rows: entries `start[i]` to `start[i + 1]` belong to bus i, the diagonal among them. */
export interface BusAdmittance {
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly conductance: Float64Array;
  readonly susceptance: Float64Array;
}

/** Pi model with an ideal transformer at the `from` end (MATPOWER manual, §3.2); zero when out of service. */
export function branchAdmittances(bulk: BulkCase): BranchAdmittance[] {
  const positions = busPositions(bulk);
  return bulk.branches.map(branch => ({
    from: positionOf(positions, branch.from),
    to: positionOf(positions, branch.to),
    ...(branch.inService ? twoPort(branch) : openTwoPort),
  }));
}

const openTwoPort = { gff: 0, bff: 0, gft: 0, bft: 0, gtf: 0, btf: 0, gtt: 0, btt: 0 };

function twoPort({ resistancePu: r, reactancePu: x, chargingPu, tapRatio, shiftDeg }: Branch): typeof openTwoPort {
  const tap = tapRatio === 0 ? 1 : tapRatio;
  const shift = (shiftDeg * Math.PI) / 180;
  const g = r / (r * r + x * x);
  const b = -x / (r * r + x * x);
  const cos = Math.cos(shift) / tap;
  const sin = Math.sin(shift) / tap;
  const btt = b + chargingPu / 2;
  return {
    gff: g / (tap * tap),
    bff: btt / (tap * tap),
    gft: -(g * cos - b * sin),
    bft: -(b * cos + g * sin),
    gtf: -(g * cos + b * sin),
    btf: -(b * cos - g * sin),
    gtt: g,
    btt,
  };
}

/** Sums branches and shunts into the bus admittance matrix. */
export function busAdmittance(bulk: BulkCase, branches: readonly BranchAdmittance[]): BusAdmittance {
  const rows = bulk.buses.map((bus, i) => new Map([[i, [bus.shuntMw / bulk.baseMva, bus.shuntMvar / bulk.baseMva]]]));
  const add = (row: number, column: number, g: number, b: number): void => {
    const [oldG, oldB] = rows[row].get(column) ?? [0, 0];
    rows[row].set(column, [oldG + g, oldB + b]);
  };
  for (const { from, to, ...y } of branches) {
    add(from, from, y.gff, y.bff);
    add(from, to, y.gft, y.bft);
    add(to, from, y.gtf, y.btf);
    add(to, to, y.gtt, y.btt);
  }
  const entries = rows.map(row => [...row].sort(([a], [b]) => a - b));
  const start = new Int32Array(rows.length + 1);
  entries.forEach((row, i) => (start[i + 1] = start[i] + row.length));
  const flat = entries.flat();
  return {
    start,
    column: Int32Array.from(flat, ([column]) => column),
    conductance: Float64Array.from(flat, ([, [g]]) => g),
    susceptance: Float64Array.from(flat, ([, [, b]]) => b),
  };
}
