import { checkFeeder } from "./check.js";
import type { FeederDescription } from "./description.js";
import { type BranchKind, type Feeder, LINK } from "./feeder.js";
import { type Part, type Places, placeNodes, terminalEnds, terminalNominalV } from "./places.js";
import { collectShunts, type Shunts } from "./shunts.js";

/**
 * Checks a description and lays it out for `solveFeeder`.
 * @throws ModelError `MODEL_FEEDER` with every fault of the description.
 */
export function compileFeeder(description: FeederDescription): Feeder {
  checkFeeder(description);
  const places = placeNodes(description);
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
