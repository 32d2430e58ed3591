import { type BranchModel, modelBranch } from "./branch-model.js";
import { checkFeeder } from "./check.js";
import type { DeviceDescription, FeederDescription, Terminal } from "./description.js";
import { type BranchKind, DELTA, type Feeder, LINK, SINGLE } from "./feeder.js";
import { collectShunts, type Shunts } from "./shunts.js";
import { growTree, type Member } from "./tree.js";

const SQRT3 = Math.sqrt(3);

/** A member of the tree with what its branch does and how it is swept. */
export interface Part extends Member {
  readonly model?: BranchModel;
  readonly kernel: number;
}

/** Where each node stands in the compiled order. */
export interface Places {
  readonly parts: readonly Part[];
  readonly nodeOf: ReadonlyMap<string, number>;
  /** One more entry than nodes; the last is the number of conductors, which is also the ground's place. */
  readonly firstConductor: Int32Array;
}

/**
 * Checks a description and lays it out for `solveFeeder`.
 * @throws ModelError `MODEL_FEEDER` with every fault of the description.
 */
export function compileFeeder(description: FeederDescription): Feeder {
  checkFeeder(description);
  const places = placeNodes(arrangeParts(description));
  const conductors = places.firstConductor[places.parts.length];
  return {
    ...layNodes(places),
    ...layBranches(places),
    ...layRuns(places),
    ...layShunts(collectShunts(description, places)),
    ...layElements(description, places),
    voltage: new Float64Array(2 * conductors + 2),
    current: new Float64Array(2 * conductors + 2),
    iterations: 0,
  };
}

/** Breadth-first order; within one depth, branches that the same kernel sweeps at the same voltage stand together. */
function arrangeParts(description: FeederDescription): Part[] {
  const codes = new Map((description.lineCodes ?? []).map(code => [code.name, code]));
  const frequencyHz = description.frequencyHz ?? 60;
  const parts = growTree(description).members.map((member): Part => {
    if (!member.feed) return { ...member, kernel: LINK };
    const { branch, parent } = member.feed;
    const around = { parentPhases: parent.node.phases, phases: member.node.phases, codes, frequencyHz };
    const model = modelBranch(branch, around);
    return { ...member, model, kernel: kernelOf(model) };
  });
  return parts.sort((a, b) => a.depth - b.depth || a.kernel - b.kernel || a.node.nominalV - b.node.nominalV);
}

function kernelOf({ turns, impedanceOhm }: BranchModel): number {
  if (turns) return DELTA;
  const lossless = [...impedanceOhm.re, ...impedanceOhm.im].every(row => row.every(value => value === 0));
  return lossless ? LINK : SINGLE - 1 + impedanceOhm.re.length;
}

function placeNodes(parts: readonly Part[]): Places {
  const firstConductor = new Int32Array(parts.length + 1);
  parts.forEach(({ node }, n) => (firstConductor[n + 1] = firstConductor[n] + node.phases.length));
  return { parts, firstConductor, nodeOf: new Map(parts.map(({ node }, n) => [node.name, n])) };
}

function layNodes({ parts, firstConductor, nodeOf }: Places) {
  return {
    nodeNames: parts.map(({ node }) => node.name),
    nodePhases: parts.map(({ node }): string => node.phases),
    firstConductor,
    nominalV: Float64Array.from(parts, ({ node }) => node.nominalV),
    parentNode: Int32Array.from(parts, ({ feed }) => (feed ? (nodeOf.get(feed.parent.node.name) ?? -1) : -1)),
  };
}

function layBranches({ parts, firstConductor, nodeOf }: Places) {
  const fed = parts.flatMap(({ feed, model }) => (feed && model ? [{ feed, model }] : []));
  const source = parts[0].node.phases;
  const upstream = fed.flatMap(({ feed, model }) => {
    const first = firstConductor[nodeOf.get(feed.parent.node.name) ?? 0];
    return model.upstream.map(place => first + place);
  });
  return {
    branchNames: ["", ...fed.map(({ feed }) => feed.branch.data.name)],
    branchKinds: ["source", ...fed.map(({ feed }) => feed.branch.kind)] as BranchKind[],
    ratingA: Float64Array.from([NaN, ...fed.map(({ model }) => model.ratingA)]),
    upstream: Int32Array.from([...[...source].keys(), ...upstream]),
    ratio: Float64Array.from([...[...source].map(() => 1), ...fed.flatMap(({ model }) => model.ratio)]),
  };
}

function layRuns({ parts }: Places) {
  const runs: number[] = [];
  const runNominalV: number[] = [];
  const impedanceOhm: number[] = [];
  const turns: number[] = [];
  let conductor = parts[0].node.phases.length;
  let before = parts[0];
  for (const part of parts.slice(1)) {
    if (!sweepsWith(part, before)) {
      runs.push(part.kernel, conductor, conductor, impedanceOhm.length, turns.length);
      runNominalV.push(part.node.nominalV);
    }
    conductor += part.node.phases.length;
    runs[runs.length - 3] = conductor;
    if (part.kernel !== LINK) impedanceOhm.push(...packed(part));
    turns.push(...(part.model?.turns?.flat() ?? []));
    before = part;
  }
  return {
    runs: Int32Array.from(runs),
    runNominalV: Float64Array.from(runNominalV),
    impedanceOhm: Float64Array.from(impedanceOhm),
    turns: Float64Array.from(turns),
  };
}

function sweepsWith(part: Part, before: Part): boolean {
  return (
    before.feed !== undefined &&
    part.depth === before.depth &&
    part.kernel === before.kernel &&
    part.node.nominalV === before.node.nominalV
  );
}

/** Upper triangle by rows, real and imaginary parts in turn. */
function packed({ model }: Part): number[] {
  if (!model) return [];
  const { re, im } = model.impedanceOhm;
  return re.flatMap((row, i) => row.flatMap((value, j) => (j < i ? [] : [value, im[i][j]])));
}

function layShunts(shunts: Shunts) {
  return {
    shuntRow: Int32Array.from(shunts, ([row]) => row),
    shuntColumn: Int32Array.from(shunts, ([, column]) => column),
    shuntSiemens: Float64Array.from(shunts, ([, , siemens]) => siemens),
  };
}

function layElements(description: FeederDescription, places: Places) {
  const loads = description.loads ?? [];
  const firstElement = new Int32Array(loads.length + 1);
  loads.forEach((load, l) => (firstElement[l + 1] = firstElement[l] + load.terminals.length));
  const ends = loads.flatMap(load => load.terminals.map(terminal => terminalEnds(terminal, load.node, places)));
  return {
    loadNames: loads.map(load => load.name),
    firstElement,
    elementFrom: Int32Array.from(ends, ([from]) => from),
    elementTo: Int32Array.from(ends, ([, to]) => to),
    elementNominalV: Float64Array.from(
      loads.flatMap(load => load.terminals.map(terminal => terminalNominalV(terminal, load, places))),
    ),
  };
}

/** The two conductors of a terminal; the second is the ground's place for a single conductor. */
export function terminalEnds(terminal: Terminal, node: string, places: Places): [from: number, to: number] {
  const n = places.nodeOf.get(node) ?? 0;
  const first = places.firstConductor[n];
  const ground = places.firstConductor[places.parts.length];
  const place = (one: string): number => (one === "" ? ground : first + places.parts[n].node.phases.indexOf(one));
  return [place(terminal.charAt(0)), place(terminal.charAt(1))];
}

/** Nominal voltage between the conductors of a terminal. */
export function terminalNominalV(terminal: Terminal, device: DeviceDescription, places: Places): number {
  const nominalV = places.parts[places.nodeOf.get(device.node) ?? 0].node.nominalV;
  const times = terminal.length === 1 ? 1 : terminal === "12" ? 2 : SQRT3;
  return device.nominalV ?? nominalV * times;
}
