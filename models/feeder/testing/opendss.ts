import type {
  CapacitorDescription,
  FeederDescription,
  LoadDescription,
  NodeDescription,
  Phases,
  RegulatorDescription,
  Terminal,
  TransformerDescription,
  ZipPart,
} from "../description.js";

/** The facts of an OpenDSS circuit, as `network.json` of the reference feeders holds them. */
export interface OpenDssNetwork {
  readonly lines: readonly OpenDssLine[];
  readonly transformers: readonly OpenDssTransformer[];
  readonly loads: readonly OpenDssLoad[];
  readonly capacitors: readonly Omit<OpenDssLoad, "kW" | "model">[];
  readonly sources: readonly {
    bus: string;
    basekV: number;
    pu: number;
    angle: number;
    yprim_S: [number, number][][];
  }[];
}

interface OpenDssLine {
  readonly name: string;
  readonly bus1: string;
  readonly bus2: string;
  readonly phases: number;
  readonly length: number;
  readonly R_per_unit_length: number[][];
  readonly X_per_unit_length: number[][];
  readonly C_nF_per_unit_length: number[][];
}

interface OpenDssWinding {
  readonly bus: string;
  readonly kV: number;
  readonly kVA: number;
  readonly delta: boolean;
  readonly R_percent: number;
  readonly tap: number;
}

interface OpenDssTransformer {
  readonly name: string;
  readonly phases: number;
  readonly XHL_percent: number;
  readonly windings: readonly OpenDssWinding[];
}

interface OpenDssLoad {
  readonly name: string;
  readonly bus: string;
  readonly phases: number;
  readonly delta: boolean;
  readonly kV: number;
  readonly kW: number;
  readonly kvar: number;
  readonly model: number;
}

/** A bus that feeds the circuit's source bus through the source's own impedance. */
export const IDEAL_SOURCE = "ideal source";

/** Voltages of the ideal source. */
export function openDssSource(network: OpenDssNetwork): Float64Array {
  const { basekV, pu, angle } = network.sources[0];
  const volts = (1000 * basekV * pu) / Math.sqrt(3);
  const degrees = [angle, angle - 120, angle + 120].map(value => (value * Math.PI) / 180);
  return Float64Array.from(degrees.flatMap(value => [volts * Math.cos(value), volts * Math.sin(value)]));
}

/** The circuit as a feeder; `nominalV` are the voltage bases of its buses. Test support, not an importer. */
export function readOpenDss(network: OpenDssNetwork, nominalV: ReadonlyMap<string, number>): FeederDescription {
  const nodes = collectNodes(network, nominalV);
  const banks = network.transformers.filter(one => one.phases === 3 && !isRegulator(one));
  const sourceBus = network.sources[0].bus;
  const sourceNode: NodeDescription = { name: IDEAL_SOURCE, phases: "ABC", nominalV: nominalV.get(sourceBus) ?? NaN };
  return {
    source: IDEAL_SOURCE,
    nodes: [sourceNode, ...nodes],
    lineCodes: [sourceCode(network), ...network.lines.map(readCode)],
    lines: [
      { name: IDEAL_SOURCE, from: IDEAL_SOURCE, to: sourceBus, code: IDEAL_SOURCE, lengthKm: 1 },
      ...network.lines.map(({ name, bus1, bus2 }) => ({
        name,
        from: busOf(bus1),
        to: busOf(bus2),
        code: name,
        lengthKm: 1,
      })),
    ],
    transformers: banks.map(readTransformer),
    regulators: readRegulators(network),
    capacitors: network.capacitors.map(readCapacitor),
    loads: network.loads.map(readLoad),
  };
}

function busOf(bus: string): string {
  return bus.split(".")[0];
}

function lettersOf(bus: string, phases: number): string[] {
  const places = bus.split(".").slice(1).map(Number);
  const all = places.length > 0 ? places : Array.from({ length: phases }, (_, k) => k + 1);
  return all.map(place => "ABC".charAt(place - 1));
}

function collectNodes(network: OpenDssNetwork, nominalV: ReadonlyMap<string, number>): NodeDescription[] {
  const letters = new Map<string, Set<string>>();
  const note = (bus: string, phases: number): void => {
    const known = letters.get(busOf(bus)) ?? new Set<string>();
    for (const letter of lettersOf(bus, phases)) known.add(letter);
    letters.set(busOf(bus), known);
  };
  for (const { bus1, bus2, phases } of network.lines) for (const bus of [bus1, bus2]) note(bus, phases);
  for (const { windings, phases } of network.transformers) for (const { bus } of windings) note(bus, phases);
  return [...letters].map(([name, set]) => ({
    name,
    phases: [...set].sort().join("") as Phases,
    nominalV: nominalV.get(name) ?? NaN,
  }));
}

/** Rows put into the order A, B, C. */
function readCode({ name, bus1, phases, length, ...matrices }: OpenDssLine) {
  const letters = lettersOf(bus1, phases);
  const order = [...letters.keys()].sort((a, b) => letters[a].localeCompare(letters[b]));
  const arranged = (matrix: number[][]): number[][] => order.map(i => order.map(j => matrix[i][j] * length));
  return {
    name,
    resistanceOhmPerKm: arranged(matrices.R_per_unit_length),
    reactanceOhmPerKm: arranged(matrices.X_per_unit_length),
    capacitanceNfPerKm: arranged(matrices.C_nF_per_unit_length),
  };
}

/** Impedances of the sequences from the admittance matrix of a balanced source. */
function sourceCode({ sources }: OpenDssNetwork) {
  const [self, mutual] = sources[0].yprim_S[0];
  const positive = reciprocal(self[0] - mutual[0], self[1] - mutual[1]);
  const zero = reciprocal(self[0] + 2 * mutual[0], self[1] + 2 * mutual[1]);
  const matrix = (k: 0 | 1): number[][] =>
    [0, 1, 2].map(i => [0, 1, 2].map(j => (zero[k] - positive[k]) / 3 + (i === j ? positive[k] : 0)));
  return { name: IDEAL_SOURCE, resistanceOhmPerKm: matrix(0), reactanceOhmPerKm: matrix(1) };
}

function reciprocal(re: number, im: number): [number, number] {
  const square = re * re + im * im;
  return [re / square, -im / square];
}

function isRegulator({ windings }: OpenDssTransformer): boolean {
  return windings[0].kV === windings[1].kV;
}

function readTransformer({
  name,
  XHL_percent,
  windings: [primary, secondary],
}: OpenDssTransformer): TransformerDescription {
  const connection = primary.delta ? (secondary.delta ? "delta-delta" : "delta-wye") : "wye-wye";
  return {
    name,
    from: busOf(primary.bus),
    to: busOf(secondary.bus),
    connection,
    ratedVa: 1000 * primary.kVA,
    primaryV: 1000 * primary.kV,
    secondaryV: 1000 * secondary.kV,
    resistancePu: (primary.R_percent + secondary.R_percent) / 100,
    reactancePu: XHL_percent / 100,
  };
}

/** Units of one phase between the same buses become one regulator; impedances scale with the square of the tap. */
function readRegulators(network: OpenDssNetwork): RegulatorDescription[] {
  const banks = new Map<string, OpenDssTransformer[]>();
  for (const one of network.transformers.filter(isRegulator)) {
    const key = one.windings.map(({ bus }) => busOf(bus)).join(">");
    banks.set(key, [...(banks.get(key) ?? []), one]);
  }
  return [...banks].map(([key, units]) => {
    const [from, to] = key.split(">");
    const sorted = [...units].sort((a, b) => a.windings[0].bus.localeCompare(b.windings[0].bus));
    const { windings, XHL_percent, phases } = sorted[0];
    const meanTap = sorted.reduce((sum, unit) => sum + unit.windings[1].tap, 0) / sorted.length;
    const base = (1000 * (windings[1].kV * meanTap) * (windings[1].kV * meanTap)) / windings[1].kVA;
    const taps = sorted.map(unit => unit.windings[1].tap);
    return {
      name: key,
      from,
      to,
      ratios: phases === 3 ? [taps[0], taps[0], taps[0]] : taps,
      resistanceOhm: ((windings[0].R_percent + windings[1].R_percent) / 100) * base,
      reactanceOhm: (XHL_percent / 100) * base,
    };
  });
}

function elementsOf({ bus, phases, delta, kV }: Pick<OpenDssLoad, "bus" | "phases" | "delta" | "kV">) {
  const letters = lettersOf(bus, phases);
  if (!delta) return { terminals: letters as Terminal[], nominalV: (1000 * kV) / (phases === 3 ? Math.sqrt(3) : 1) };
  const pairs = phases === 3 ? ["AB", "BC", "CA"] : [letters.join("")];
  const known = pairs.map(pair => (({ BA: "AB", CB: "BC", AC: "CA" })[pair] ?? pair) as Terminal);
  return { terminals: known, nominalV: 1000 * kV };
}

function readCapacitor(bank: Omit<OpenDssLoad, "kW" | "model">): CapacitorDescription {
  const elements = elementsOf(bank);
  const share = (1000 * bank.kvar) / elements.terminals.length;
  return { name: bank.name, node: busOf(bank.bus), ...elements, ratedVar: elements.terminals.map(() => share) };
}

const MODELS: Readonly<Record<number, readonly [ZipPart, ZipPart]>> = {
  1: ["constantPowerW", "constantPowerVar"],
  2: ["constantImpedanceW", "constantImpedanceVar"],
  5: ["constantCurrentW", "constantCurrentVar"],
};

function readLoad(load: OpenDssLoad): LoadDescription {
  const elements = elementsOf(load);
  const share = (kilo: number): number[] => elements.terminals.map(() => (1000 * kilo) / elements.terminals.length);
  const [watt, reactive] = MODELS[load.model];
  return {
    name: load.name,
    node: busOf(load.bus),
    ...elements,
    powers: { [watt]: share(load.kW), [reactive]: share(load.kvar) },
  };
}
