import { type DenseFactors, denseFactors, factor, solveFactored } from "../../bulk/dense-lu.js";
import type { FeederDescription, LoadDescription, Matrix, Terminal, TransformerDescription } from "../description.js";

/**
 * A second way to the voltages, sharing nothing with the sweep: modified nodal analysis of the windings, wires and
 * capacitances (C.-W. Ho, A. Ruehli, P. Brennan, IEEE Trans. Circuits and Systems 22(6), 1975), with the loads as
 * currents that are renewed until nothing changes. Small networks only.
 */
export function solveDense(
  description: FeederDescription,
  source: Float64Array,
  groundingSiemens = 0,
): ReadonlyMap<string, readonly [re: number, im: number]> {
  const network = assemble(description, groundingSiemens);
  const { unknowns, factors } = network;
  const size = unknowns.size;
  let voltages = new Float64Array(2 * size);
  for (let round = 0; round < 400; round++) {
    const rhs = new Float64Array(2 * size);
    description.nodes
      .find(({ name }) => name === description.source)
      ?.phases.split("")
      .forEach((phase, k) => {
        const row = unknowns.at(`${description.source}.${phase}`);
        rhs[row] = source[2 * k];
        rhs[size + row] = source[2 * k + 1];
      });
    if (round > 0) for (const load of description.loads ?? []) addLoad(load, description, { unknowns, voltages, rhs });
    solveFactored(factors, rhs);
    const change = rhs.reduce((worst, value, k) => Math.max(worst, Math.abs(value - voltages[k])), 0);
    voltages = rhs;
    if (round > 1 && change < 1e-11 * Math.abs(source[0])) break;
  }
  return new Map(
    unknowns.names().map(name => [name, [voltages[unknowns.at(name)], voltages[size + unknowns.at(name)]]]),
  );
}

/** Numbers for names, given when first asked for. */
class Unknowns {
  readonly #numbers = new Map<string, number>();

  at(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  get size(): number {
    return this.#numbers.size;
  }

  names(): string[] {
    return [...this.#numbers.keys()];
  }
}

/** Equation, unknown, real and imaginary part of the coefficient. An equation has the name of an unknown. */
type Entry = readonly [equation: string, unknown: string, re: number, im: number];

const GROUND = "ground";

function assemble(
  description: FeederDescription,
  groundingSiemens: number,
): { unknowns: Unknowns; factors: DenseFactors } {
  const entries = listEntries(description, groundingSiemens).filter(
    ([equation, unknown]) => equation !== GROUND && unknown !== GROUND && !isSourceBalance(equation, description),
  );
  const source = description.nodes.filter(({ name }) => name === description.source);
  for (const { name, phases } of source) {
    for (const phase of phases) entries.push([`${name}.${phase}`, `${name}.${phase}`, 1, 0]);
  }
  const unknowns = new Unknowns();
  for (const [equation, unknown] of entries) [equation, unknown].forEach(name => unknowns.at(name));
  const size = unknowns.size;
  const factors = denseFactors(2 * size);
  for (const [equation, unknown, re, im] of entries) {
    const row = unknowns.at(equation);
    const column = unknowns.at(unknown);
    factors.matrix[row * 2 * size + column] += re;
    factors.matrix[row * 2 * size + size + column] -= im;
    factors.matrix[(size + row) * 2 * size + column] += im;
    factors.matrix[(size + row) * 2 * size + size + column] += re;
  }
  if (!factor(factors)) throw new Error("The test network is singular.");
  return { unknowns, factors };
}

function isSourceBalance(equation: string, { source }: FeederDescription): boolean {
  return equation.startsWith(`${source}.`);
}

function listEntries(description: FeederDescription, groundingSiemens: number): Entry[] {
  const phasesOf = (node: string): string[] => [...(description.nodes.find(({ name }) => name === node)?.phases ?? "")];
  const codes = new Map((description.lineCodes ?? []).map(code => [code.name, code]));
  const omega = 2 * Math.PI * (description.frequencyHz ?? 60);
  const { lines = [], switches = [], regulators = [], transformers = [], capacitors = [] } = description;
  const wires = [
    ...lines.map(line => ({ ...codes.get(line.code), ...line })),
    ...switches.map(one => ({ ...one, lengthKm: 0, resistanceOhmPerKm: undefined })),
  ];
  return [
    ...description.nodes.flatMap(({ name, phases }) =>
      [...phases].map((phase): Entry => [`${name}.${phase}`, `${name}.${phase}`, groundingSiemens, 0]),
    ),
    ...wires.flatMap(({ name, from, to, ...wire }) => {
      const phases = phasesOf(to);
      const at = (matrix: Matrix | undefined, i: number, j: number): number => (matrix?.[i][j] ?? 0) * wire.lengthKm;
      return phases.flatMap((phase, i) => [
        ...winding({
          name: `${name}.${phase}`,
          primary: [`${from}.${phase}`, GROUND],
          secondary: [`${to}.${phase}`, GROUND],
        }),
        ...phases.flatMap((other, j): Entry[] => {
          const resistance = "resistanceOhmPerKm" in wire ? at(wire.resistanceOhmPerKm, i, j) : 0;
          const reactance = "reactanceOhmPerKm" in wire ? at(wire.reactanceOhmPerKm, i, j) : 0;
          const siemens = "capacitanceNfPerKm" in wire ? (omega * 1e-9 * at(wire.capacitanceNfPerKm, i, j)) / 2 : 0;
          return [
            [`${name}.${phase}`, `${name}.${other}`, -resistance, -reactance],
            [`${from}.${phase}`, `${from}.${other}`, 0, siemens],
            [`${to}.${phase}`, `${to}.${other}`, 0, siemens],
          ];
        }),
      ]);
    }),
    ...regulators.flatMap(({ name, from, to, ratios, resistanceOhm = 0, reactanceOhm = 0 }) =>
      phasesOf(to).flatMap((phase, k) =>
        winding({
          name: `${name}.${phase}`,
          primary: [`${from}.${phase}`, GROUND],
          secondary: [`${to}.${phase}`, GROUND],
          ratio: ratios[k],
          ohm: [resistanceOhm, reactanceOhm],
        }),
      ),
    ),
    ...transformers.flatMap(one => transformerEntries(one, phasesOf(one.to))),
    ...capacitors.flatMap(({ node, terminals, ratedVar, nominalV = NaN }) =>
      terminals.flatMap((terminal, k): Entry[] => {
        const [plus, minus] = endsOf(node, terminal);
        const siemens = ratedVar[k] / (nominalV * nominalV);
        return [
          [plus, plus, 0, siemens],
          [plus, minus, 0, -siemens],
          [minus, plus, 0, -siemens],
          [minus, minus, 0, siemens],
        ];
      }),
    ),
  ];
}

function endsOf(node: string, terminal: Terminal): [plus: string, minus: string] {
  return [`${node}.${terminal.charAt(0)}`, terminal.length === 2 ? `${node}.${terminal.charAt(1)}` : GROUND];
}

interface Winding {
  readonly name: string;
  readonly primary: readonly [string, string];
  readonly secondary: readonly [string, string];
  /** Secondary over primary voltage. */
  readonly ratio?: number;
  /** In series with the secondary. */
  readonly ohm?: readonly [re: number, im: number];
}

/** ratio * Vprimary - Z J - Vsecondary = 0, and J in the balances of the four ends. */
function winding({ name, primary, secondary, ratio = 1, ohm = [0, 0] }: Winding): Entry[] {
  return [
    [name, primary[0], ratio, 0],
    [name, primary[1], -ratio, 0],
    [name, secondary[0], -1, 0],
    [name, secondary[1], 1, 0],
    [name, name, -ohm[0], -ohm[1]],
    [primary[0], name, ratio, 0],
    [primary[1], name, -ratio, 0],
    [secondary[0], name, -1, 0],
    [secondary[1], name, 1, 0],
  ];
}

function transformerEntries(one: TransformerDescription, phases: readonly string[]): Entry[] {
  const { name, from, to, connection, primaryV, secondaryV, ratedVa, resistancePu, reactancePu } = one;
  const ratio = secondaryV / primaryV;
  const base = (secondaryV * secondaryV) / ratedVa;
  const ohm = [resistancePu * base, reactancePu * base] as const;
  const previous: Readonly<Record<string, string>> = { A: "C", B: "A", C: "B" };
  const unit = (phase: string): Winding => ({
    name: `${name}.${phase}`,
    primary: [`${from}.${phase}`, GROUND],
    secondary: [`${to}.${phase}`, GROUND],
    ratio,
    ohm,
  });
  const overDelta = (phase: string) => [`${from}.${phase}`, `${from}.${previous[phase]}`] as const;
  switch (connection) {
    case "wye-wye":
    case "single-phase":
      return phases.flatMap(phase => winding(unit(phase)));
    case "delta-wye":
      return phases.flatMap(phase =>
        winding({ ...unit(phase), primary: overDelta(phase), ratio: ratio / Math.sqrt(3) }),
      );
    case "delta-delta":
      return phases.flatMap(phase =>
        winding({
          ...unit(phase),
          primary: overDelta(phase),
          secondary: [`${to}.${phase}`, `${to}.${previous[phase]}`],
          ohm: [3 * ohm[0], 3 * ohm[1]],
        }),
      );
    case "centre-tapped":
      return centreTapEntries(one);
  }
}

/** Three windings that meet in an inner voltage: a half-impedance primary and two interlaced halves. */
function centreTapEntries(one: TransformerDescription): Entry[] {
  const { name, from, to, phase, primaryV, secondaryV, ratedVa, resistancePu, reactancePu } = one;
  const inner = `${name}.inner`;
  const half = (leg: string, sign: number): Entry[] =>
    winding({
      name: `${name}.${leg}`,
      primary: [inner, GROUND],
      secondary: [`${to}.${leg}`, GROUND],
      ratio: (sign * secondaryV) / primaryV,
      ohm: [
        (resistancePu * secondaryV * secondaryV) / ratedVa,
        (0.4 * reactancePu * secondaryV * secondaryV) / ratedVa,
      ],
    });
  const primaryOhm = [
    (0.5 * resistancePu * primaryV * primaryV) / ratedVa,
    (0.8 * reactancePu * primaryV * primaryV) / ratedVa,
  ];
  return [
    ...winding({
      name: `${name}.primary`,
      primary: [`${from}.${phase}`, GROUND],
      secondary: [inner, GROUND],
      ohm: [primaryOhm[0], primaryOhm[1]],
    }),
    ...half("1", 1),
    ...half("2", -1),
  ];
}

interface State {
  readonly unknowns: Unknowns;
  readonly voltages: Float64Array;
  readonly rhs: Float64Array;
}

/** The load's current, conj(S / V), leaves the balances of its ends. */
function addLoad(load: LoadDescription, { nodes }: FeederDescription, { unknowns, voltages, rhs }: State): void {
  const size = unknowns.size;
  const voltage = (name: string): [number, number] =>
    name === GROUND ? [0, 0] : [voltages[unknowns.at(name)], voltages[size + unknowns.at(name)]];
  const node = nodes.find(({ name }) => name === load.node);
  load.terminals.forEach((terminal, k) => {
    const [plus, minus] = endsOf(load.node, terminal);
    const [a, b] = [voltage(plus), voltage(minus)];
    const [re, im] = [a[0] - b[0], a[1] - b[1]];
    const factorV = terminal.length === 1 ? 1 : terminal === "12" ? 2 : Math.sqrt(3);
    const v = Math.hypot(re, im) / (load.nominalV ?? (node?.nominalV ?? NaN) * factorV);
    const power = (kind: "W" | "Var"): number =>
      (load.powers?.[`constantPower${kind}`]?.[k] ?? 0) +
      (load.powers?.[`constantCurrent${kind}`]?.[k] ?? 0) * v +
      (load.powers?.[`constantImpedance${kind}`]?.[k] ?? 0) * v * v;
    const [p, q] = [power("W"), power("Var")];
    const square = re * re + im * im;
    const current = [(p * re + q * im) / square, (p * im - q * re) / square];
    for (const [end, sign] of [
      [plus, 1],
      [minus, -1],
    ] as const) {
      if (end === GROUND) continue;
      rhs[unknowns.at(end)] -= sign * current[0];
      rhs[size + unknowns.at(end)] -= sign * current[1];
    }
  });
}
