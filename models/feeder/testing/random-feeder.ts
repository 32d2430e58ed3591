import fc from "fast-check";
import { matrixOf } from "../complex-matrix.js";
import type {
  CapacitorDescription,
  FeederDescription,
  LineCode,
  LineDescription,
  LoadDescription,
  NodeDescription,
  Phases,
  RegulatorDescription,
  SwitchDescription,
  Terminal,
  TransformerDescription,
} from "../description.js";
import { ZIP_PARTS } from "../description.js";
import { triplexLineCode } from "../line-geometry.js";

/** What one more node of a random feeder is made from; every number is reduced to the choices that are open there. */
interface Growth {
  readonly parent: number;
  readonly kind: number;
  readonly phases: number;
  /** Between 0 and 1. */
  readonly size: number;
  readonly terminals: readonly number[];
  readonly powers: readonly number[];
  readonly capacitorVar: number;
}

const unit = fc.double({ min: 0, max: 1, noNaN: true });

const growth: fc.Arbitrary<Growth> = fc.record({
  parent: fc.nat(100),
  kind: fc.nat(100),
  phases: fc.nat(100),
  size: unit,
  terminals: fc.array(fc.nat(8), { maxLength: 3 }),
  powers: fc.array(fc.double({ min: -0.5, max: 1, noNaN: true }), { minLength: 18, maxLength: 18 }),
  capacitorVar: fc.oneof(fc.constant(0), unit),
});

/** A source feeding up to a dozen nodes by every kind of branch but delta-delta, over any phases, with ZIP loads. */
export const randomFeeder: fc.Arbitrary<FeederDescription> = fc
  .array(growth, { minLength: 1, maxLength: 12 })
  .map(growths => growths.reduce(grow, ROOT));

/** Balanced, slightly shifted voltages for the source. */
export const randomSource: fc.Arbitrary<Float64Array> = fc
  .record({
    level: fc.double({ min: 0.95, max: 1.05, noNaN: true }),
    tilt: fc.double({ min: -5, max: 5, noNaN: true }),
  })
  .map(({ level, tilt }) =>
    Float64Array.from(
      [0, tilt - 120, 120].flatMap(deg => [Math.cos, Math.sin].map(f => 7200 * level * f((deg * Math.PI) / 180))),
    ),
  );

const OVERHEAD: readonly LineCode[] = [1, 2, 3].map(n => ({
  name: `overhead ${n}`,
  resistanceOhmPerKm: matrixOf(n, (i, j) => (i === j ? 0.3 + 0.02 * i : 0.09)),
  reactanceOhmPerKm: matrixOf(n, (i, j) => (i === j ? 0.7 - 0.03 * i : 0.25 + 0.01 * (i + j))),
  capacitanceNfPerKm: matrixOf(n, (i, j) => (i === j ? 60 : -10)),
}));

const TRIPLEX = triplexLineCode({
  name: "triplex",
  resistanceOhmPerMile: 0.57,
  gmrFt: 0.011,
  diameterIn: 0.368,
  insulationIn: 0.08,
});

interface Grown extends FeederDescription {
  readonly lines: readonly LineDescription[];
  readonly transformers: readonly TransformerDescription[];
  readonly regulators: readonly RegulatorDescription[];
  readonly switches: readonly SwitchDescription[];
  readonly capacitors: readonly CapacitorDescription[];
  readonly loads: readonly LoadDescription[];
}

const ROOT: Grown = {
  source: "n0",
  nodes: [{ name: "n0", phases: "ABC", nominalV: 7200 }],
  lineCodes: [...OVERHEAD, TRIPLEX],
  lines: [],
  transformers: [],
  regulators: [],
  switches: [],
  capacitors: [],
  loads: [],
};

function grow(feeder: Grown, growing: Growth): Grown {
  const parent = feeder.nodes[growing.parent % feeder.nodes.length];
  const name = `n${feeder.nodes.length}`;
  const branch = { name: `to ${name}`, from: parent.name, to: name };
  const fed = choose(choicesFor(parent), growing.kind)(parent, growing, branch);
  const node: NodeDescription = { name, phases: fed.phases, nominalV: fed.nominalV };
  return {
    ...feeder,
    nodes: [...feeder.nodes, node],
    lines: [...feeder.lines, ...(fed.line ? [fed.line] : [])],
    transformers: [...feeder.transformers, ...(fed.transformer ? [fed.transformer] : [])],
    regulators: [...feeder.regulators, ...(fed.regulator ? [fed.regulator] : [])],
    switches: [...feeder.switches, ...(fed.link ? [fed.link] : [])],
    loads: [...feeder.loads, ...growLoads(node, growing)],
    capacitors: [...feeder.capacitors, ...growCapacitors(node, growing)],
  };
}

interface Feed {
  readonly phases: Phases;
  readonly nominalV: number;
  readonly line?: LineDescription;
  readonly transformer?: TransformerDescription;
  readonly regulator?: RegulatorDescription;
  readonly link?: SwitchDescription;
}

type Ends = Pick<LineDescription, "name" | "from" | "to">;
type Choice = (parent: NodeDescription, growing: Growth, branch: Ends) => Feed;

function choose<T>(list: readonly T[], index: number): T {
  return list[index % list.length];
}

function choicesFor({ phases }: NodeDescription): readonly Choice[] {
  if (phases === "12") return [feedLine, feedLine, feedSwitch];
  const some = [feedLine, feedLine, feedSwitch, feedRegulator, feedSinglePhase, feedCentreTap];
  return phases === "ABC" ? [...some, feedBank("wye-wye"), feedBank("delta-wye")] : some;
}

function subset(phases: Phases, growing: Growth): Phases {
  if (phases === "12") return phases;
  const all = (["ABC", "AB", "AC", "BC", "A", "B", "C"] as const).filter(one =>
    [...one].every(phase => phases.includes(phase)),
  );
  return choose(all, growing.phases);
}

function feedLine(parent: NodeDescription, growing: Growth, branch: Ends): Feed {
  const phases = subset(parent.phases, growing);
  const isTriplex = phases === "12";
  const code = isTriplex ? TRIPLEX.name : `overhead ${phases.length}`;
  const lengthKm = (isTriplex ? 0.03 : 1) * (0.05 + growing.size);
  return { phases, nominalV: parent.nominalV, line: { ...branch, code, lengthKm } };
}

function feedSwitch(parent: NodeDescription, growing: Growth, branch: Ends): Feed {
  const phases = subset(parent.phases, growing);
  return { phases, nominalV: parent.nominalV, link: { ...branch, closed: true } };
}

function feedRegulator(parent: NodeDescription, growing: Growth, branch: Ends): Feed {
  const phases = subset(parent.phases, growing);
  const ratios = [...phases].map((_, k) => 0.95 + 0.1 * growing.size + 0.01 * k);
  return { phases, nominalV: parent.nominalV, regulator: { ...branch, ratios, resistanceOhm: 0.01 * growing.size } };
}

function feedSinglePhase(parent: NodeDescription, growing: Growth, branch: Ends): Feed {
  const nominalV = parent.nominalV / 2;
  const phases = subset(parent.phases, growing);
  return {
    phases,
    nominalV,
    transformer: { ...branch, connection: "single-phase", ...plate(parent.nominalV, nominalV, growing.size) },
  };
}

function feedBank(connection: "wye-wye" | "delta-wye"): Choice {
  return (parent, growing, branch) => {
    const nominalV = 0.6 * parent.nominalV;
    const lineToLine = Math.sqrt(3);
    const ratings = plate(parent.nominalV * lineToLine, nominalV * lineToLine, growing.size);
    return { phases: "ABC", nominalV, transformer: { ...branch, connection, ...ratings } };
  };
}

function feedCentreTap(parent: NodeDescription, growing: Growth, branch: Ends): Feed {
  const phase = choose([...parent.phases], growing.phases) as "A" | "B" | "C";
  const plateOf = { ...plate(parent.nominalV, 120, growing.size), ratedVa: 25e3 };
  return { phases: "12", nominalV: 120, transformer: { ...branch, connection: "centre-tapped", phase, ...plateOf } };
}

function plate(primaryV: number, secondaryV: number, size: number) {
  const ratedVa = (secondaryV * secondaryV) / 100;
  return { ratedVa, primaryV, secondaryV, resistancePu: 0.01 * size, reactancePu: 0.01 + 0.05 * size };
}

function terminalsOf({ phases }: NodeDescription): readonly Terminal[] {
  if (phases === "12") return ["1", "2", "12"];
  const pairs = (["AB", "BC", "CA"] as const).filter(pair => [...pair].every(phase => phases.includes(phase)));
  return [...([...phases] as Terminal[]), ...pairs];
}

function growLoads(node: NodeDescription, growing: Growth): LoadDescription[] {
  const terminals = growing.terminals.map(index => choose(terminalsOf(node), index));
  if (terminals.length === 0) return [];
  const va = (node.nominalV * node.nominalV) / (node.phases === "12" ? 2 : 60) / terminals.length;
  const values = ZIP_PARTS.map((_, part) => terminals.map((_, k) => va * growing.powers[3 * part + k]));
  const powers = Object.fromEntries(ZIP_PARTS.map((part, k) => [part, values[k]]));
  return [{ name: `load ${node.name}`, node: node.name, terminals, powers }];
}

function growCapacitors(node: NodeDescription, growing: Growth): CapacitorDescription[] {
  if (growing.capacitorVar === 0) return [];
  const terminals = [choose(terminalsOf(node), growing.phases)];
  const ratedVar = [(growing.capacitorVar * node.nominalV * node.nominalV) / 1000];
  return [{ name: `capacitor ${node.name}`, node: node.name, terminals, ratedVar, nominalV: node.nominalV }];
}
