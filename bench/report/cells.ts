import { isFigure, MEASURES, reaches, timesBetter, type Outcome, type PeerName, type Result } from "../measure.js";

/** Peers in the order of their columns, and how the tables call them. */
export const PEER_COLUMNS: readonly (readonly [PeerName, string])[] = [
  ["zeromq", "bare ZeroMQ"],
  ["helics", "HELICS"],
  ["mosaik", "mosaik"],
  ["gridlabd", "GridLAB-D"],
];

/** Heads of the columns of a table of results: the peers are those that any of them has. */
export function headOf(results: readonly Result[]): string[] {
  return ["work", "gridloom", "goal", ...columnsOf(results).map(([, title]) => title)];
}

/** The cells of one result in a table of results. */
export function cellsOf(result: Result, results: readonly Result[]): string[] {
  const peers = columnsOf(results).map(([name]) => peerCell(result, result.peers[name]));
  return [labelOf(result), figureCell(result, result.ours), goalCell(result), ...peers];
}

function columnsOf(results: readonly Result[]) {
  return PEER_COLUMNS.filter(([name]) => results.some(result => result.peers[name] !== undefined));
}

function labelOf({ labels }: Result): string {
  return Object.entries(labels)
    .map(([name, value]) =>
      typeof value === "number" ? countText(value, wordsOf(name)) : (WORDS[`${name} ${value}`] ?? value),
    )
    .join(", ");
}

/** Labels that need other words in a table than in the JSON document. */
const WORDS: Readonly<Record<string, string>> = {
  "transport inproc": "one process",
  "transport zmq": "a process each",
  "broker inside": "broker inside",
  "broker alone": "broker alone",
  "hosts one": "one process",
  "hosts each": "a process each",
  "ledger none": "no ledger",
  "mask none": "no mask",
};

/** `1 leaf`, `16 leaves`. */
function countText(count: number, things: string): string {
  const singular = things === "leaves" ? "leaf" : things.replace(/s$/, "");
  return `${count.toLocaleString("en")} ${count === 1 ? singular : things}`;
}

/** `simulatedHours` as words. */
function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}

function figureCell({ measure }: Result, outcome: Outcome): string {
  if (!isFigure(outcome)) return `skipped: ${outcome.skipped}`;
  const { median, min, max, repetitions, also } = outcome;
  const range = repetitions > 1 ? ` (${short(min)} to ${short(max)})` : "";
  const memory = also.rssMegabytes === undefined ? "" : `, ${Math.round(also.rssMegabytes).toLocaleString("en")} MB`;
  return `${short(median)}${range} ${MEASURES[measure].unit}${memory}`;
}

function goalCell({ measure, goal, ours }: Result): string {
  if (goal === undefined) return "";
  const sign = MEASURES[measure].better === "less" ? "<" : ">";
  const verdict = isFigure(ours) ? (reaches(measure, ours, goal) ? " reached" : " MISSED") : "";
  return `${sign} ${short(goal)}${verdict}`;
}

function peerCell({ measure, ours }: Result, outcome: Outcome | undefined): string {
  if (outcome === undefined) return "";
  if (!isFigure(outcome)) return `skipped: ${outcome.skipped}`;
  const times = isFigure(ours) ? ` (${ratio(timesBetter(measure, ours, outcome))})` : "";
  return `${short(outcome.median)}${times}`;
}

function ratio(times: number): string {
  return times >= 1 ? `ours ${short(times)} times better` : `ours ${short(1 / times)} times worse`;
}

/** Three significant digits, thousands with commas. */
export function short(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return rounded.toLocaleString("en", { maximumSignificantDigits: 3 });
}
