import {
  type CapacitorDescription,
  CONNECTIONS,
  type DeviceDescription,
  type FeederDescription,
  type LineCode,
  type LoadDescription,
  type Matrix,
  type NodeDescription,
  PHASES,
  type RegulatorDescription,
  TERMINALS,
  type TransformerDescription,
  ZIP_PARTS,
} from "./description.js";
import { listBranches } from "./tree.js";

/** Faults of names and numbers, each record on its own. */
export function checkValues(description: FeederDescription): string[] {
  const { nodes, lineCodes = [], lines = [], transformers = [], regulators = [] } = description;
  const { switches = [], capacitors = [], loads = [] } = description;
  const branches = listBranches(description);
  return [
    ...repeated("node", nodes),
    ...repeated("line code", lineCodes),
    ...repeated(
      "branch",
      branches.map(({ data }) => data),
    ),
    ...repeated("load", loads),
    ...repeated("capacitor", capacitors),
    ...outside("feeder", "frequencyHz", description.frequencyHz, POSITIVE),
    ...nodes.flatMap(checkNode),
    ...lineCodes.flatMap(checkCode),
    ...lines.flatMap(line => outside(`line ${line.name}`, "lengthKm", line.lengthKm, NOT_NEGATIVE)),
    ...transformers.flatMap(checkTransformer),
    ...regulators.flatMap(checkRegulator),
    ...[...lines, ...regulators, ...switches].flatMap(({ name, ratingA }) =>
      outside(`branch ${name}`, "ratingA", ratingA, POSITIVE),
    ),
    ...capacitors.flatMap(checkCapacitor),
    ...loads.flatMap(checkLoad),
  ];
}

interface Range {
  readonly holds: (value: number) => boolean;
  readonly cure: string;
}

const POSITIVE: Range = { holds: value => value > 0 && value < Infinity, cure: "Give a number above 0." };
const NOT_NEGATIVE: Range = { holds: value => value >= 0 && value < Infinity, cure: "Give a number of at least 0." };
const FINITE: Range = { holds: Number.isFinite, cure: "Give a finite number." };

function outside(party: string, field: string, value: number | undefined, range: Range): string[] {
  return value === undefined || range.holds(value) ? [] : [`${party}: ${field} is ${value}. ${range.cure}`];
}

function outsideAny(party: string, fields: Readonly<Record<string, number | undefined>>, range: Range): string[] {
  return Object.entries(fields).flatMap(([field, value]) => outside(party, field, value, range));
}

function repeated(kind: string, records: readonly { readonly name: string }[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { name } of records) (seen.has(name) ? twice : seen).add(name);
  return [...twice].map(name => `${kind} ${name}: this name is used more than once. Give each its own name.`);
}

function unlisted(party: string, field: string, value: string, list: readonly string[]): string[] {
  return list.includes(value) ? [] : [`${party}: ${field} is ${value}. Give one of ${list.join(", ")}.`];
}

function checkNode({ name, phases, nominalV }: NodeDescription): string[] {
  const party = `node ${name}`;
  return [...unlisted(party, "phases", phases, PHASES), ...outside(party, "nominalV", nominalV, POSITIVE)];
}

function checkCode(code: LineCode): string[] {
  const { resistanceOhmPerKm, reactanceOhmPerKm, capacitanceNfPerKm } = code;
  const matrices = Object.entries({ resistanceOhmPerKm, reactanceOhmPerKm, capacitanceNfPerKm });
  const rows = resistanceOhmPerKm.length;
  return matrices
    .filter(([, matrix]) => matrix && !isSymmetric(matrix, rows))
    .map(
      ([field]) =>
        `line code ${code.name}: ${field} is not a symmetric matrix of finite numbers with ${rows} rows. ` +
        "Give one row and column for each phase in the order A, B, C.",
    );
}

function isSymmetric(matrix: Matrix, rows: number): boolean {
  const alike = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * (Math.abs(a) + Math.abs(b));
  return (
    matrix.length === rows &&
    matrix.every((row, i) => row.length === rows && row.every((value, j) => alike(value, matrix[j]?.[i] ?? NaN)))
  );
}

function checkTransformer(transformer: TransformerDescription): string[] {
  const { name, connection, phase, ratedVa, primaryV, secondaryV, resistancePu, reactancePu } = transformer;
  const party = `transformer ${name}`;
  const centreTapped = connection === "centre-tapped";
  return [
    ...unlisted(party, "connection", connection, CONNECTIONS),
    ...outsideAny(party, { ratedVa, primaryV, secondaryV }, POSITIVE),
    ...outside(party, "resistancePu", resistancePu, NOT_NEGATIVE),
    ...outside(party, "reactancePu", reactancePu, FINITE),
    ...(centreTapped && !phase ? [`${party}: phase is missing. Give the primary phase, A, B or C.`] : []),
  ];
}

function checkRegulator({ name, ratios, resistanceOhm, reactanceOhm }: RegulatorDescription): string[] {
  const party = `regulator ${name}`;
  return [
    ...ratios.flatMap((ratio, k) => outside(party, `ratios[${k}]`, ratio, POSITIVE)),
    ...outside(party, "resistanceOhm", resistanceOhm, NOT_NEGATIVE),
    ...outside(party, "reactanceOhm", reactanceOhm, FINITE),
  ];
}

function checkCapacitor(capacitor: CapacitorDescription): string[] {
  const party = `capacitor ${capacitor.name}`;
  return [...checkDevice(party, capacitor), ...checkList(party, "ratedVar", capacitor.ratedVar, capacitor)];
}

function checkLoad(load: LoadDescription): string[] {
  const party = `load ${load.name}`;
  const lists = ZIP_PARTS.flatMap(part => checkList(party, part, load.powers?.[part], load));
  return [...checkDevice(party, load), ...lists];
}

function checkDevice(party: string, device: DeviceDescription): string[] {
  const none =
    device.terminals.length === 0 ? [`${party}: it has no terminals. Give at least one, such as A or 12.`] : [];
  const terminals = device.terminals.flatMap(terminal => unlisted(party, "terminal", terminal, TERMINALS));
  return [...none, ...terminals, ...outside(party, "nominalV", device.nominalV, POSITIVE)];
}

function checkList(
  party: string,
  field: string,
  values: readonly number[] | undefined,
  device: DeviceDescription,
): string[] {
  if (!values) return [];
  const wanted = device.terminals.length;
  const length =
    values.length === wanted
      ? []
      : [`${party}: ${field} has ${values.length} values. Give one for each of its ${wanted} terminals.`];
  return [...length, ...values.flatMap((value, k) => outside(party, `${field}[${k}]`, value, FINITE))];
}
