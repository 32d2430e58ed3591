import { axisName, INK_LINE, label, pixel, svgElement, textWidth, WIDTH } from "./frame.js";
import { SHADES, stroke } from "./palette.js";
import { layOutTree, type TreeLayout } from "./tree-layout.js";

/** A radial network at one time: the width of a line is its flow, the shade of a node a quantity of it. */
export interface NetworkMap {
  readonly kind: "network";
  readonly title: string;
  /** What the shades are, with its unit. */
  readonly quantity: string;
  /** Unit of the flows. */
  readonly flowUnit: string;
  /** By node; the root's is -1. */
  readonly parent: readonly number[];
  /** Flow from the parent to each node. */
  readonly flow: readonly number[];
  readonly shade: readonly number[];
  /** Lines, by the node that they feed, and nodes that are at a limit. */
  readonly limited: readonly { readonly line: boolean; readonly node: boolean }[];
  readonly note?: string;
}

const LEFT = 46;
const RIGHT = WIDTH - 30;
const TOP = 84;
const BOTTOM = 22;
/** More nodes than these are not drawn. */
const MOST_NODES = 240;
/** Pixels between two rows, when they are few and when they are many. */
const ROW = { widest: 40, narrowest: 11, height: 440 };
const MOST_WIDTH = 9;

/** A network as one SVG element; alone it brings its background. */
export function drawNetworkMap(map: NetworkMap, isAlone = false): string {
  const layout = layOutTree(map.parent, MOST_NODES);
  const pitch = Math.max(ROW.narrowest, Math.min(ROW.widest, ROW.height / layout.rows));
  const column = columnOf(layout);
  const place = placing(layout, { column, pitch });
  const look = { range: rangeOf(map.shade), radius: Math.min(8.5, pitch * 0.47, column * 0.47) };
  const height = Math.ceil(TOP + pitch * layout.rows + BOTTOM);
  const left =
    layout.nodes.length < map.parent.length
      ? [`the ${layout.nodes.length} of ${map.parent.length} nodes with most behind them`]
      : [];
  const parts = [
    ...legend(map, [...left, ...(map.note === undefined ? [] : [map.note])]),
    axisName("root", place(layout.nodes[0])[1]),
    ...lines(map, layout, place),
    ...layout.nodes.map(node => dot(map, node, { at: place(node), ...look })),
  ];
  const description = `${map.parent.length} nodes, ${map.quantity}`;
  return svgElement({ title: map.title, description, height }, parts, isAlone);
}

type Place = (node: number) => readonly [x: number, y: number];

/** Pixels between a node and its children. */
function columnOf({ nodes, depth }: TreeLayout): number {
  const deepest = nodes.reduce((most, node) => Math.max(most, depth[node]), 1);
  return Math.min(130, (RIGHT - LEFT) / deepest);
}

function placing(
  { depth, row }: TreeLayout,
  { column, pitch }: { readonly column: number; readonly pitch: number },
): Place {
  return node => [pixel(LEFT + column * depth[node]), pixel(TOP + pitch * (row[node] + 0.5))];
}

function lines({ parent, flow, limited }: NetworkMap, { nodes }: TreeLayout, place: Place): string[] {
  const most = flow.reduce(
    (largest, value, node) => (parent[node] < 0 ? largest : Math.max(largest, Math.abs(value))),
    0,
  );
  return nodes.flatMap(node => {
    if (parent[node] < 0) return [];
    const [[x1, y1], [x2, y2]] = [place(parent[node]), place(node)];
    const width = pixel(Math.max(0.6, (most > 0 ? Math.abs(flow[node]) / most : 0) * MOST_WIDTH));
    const dashes = limited[node].line ? ' stroke-dasharray="5 2"' : "";
    return `<path ${stroke(flow[node] < 0 ? 1 : 0)} stroke-width="${width}" stroke-linejoin="round"${dashes} d="M${x1} ${y1}V${y2}H${x2}"><title>${parent[node]} to ${node}: ${shown(flow[node])}</title></path>`;
  });
}

const shown = (value: number) => String(Number(value.toPrecision(5)));

/** Lowest and highest of the values that there are. */
function rangeOf(values: readonly number[]): readonly [number, number] {
  const known = values.filter(Number.isFinite);
  return [known.reduce((a, b) => Math.min(a, b), Infinity), known.reduce((a, b) => Math.max(a, b), -Infinity)];
}

/** Place among the shades: the middle one where all values are the same. */
function shadeAt(value: number, [low, high]: readonly [number, number]): number {
  const last = SHADES.length - 1;
  return high > low ? Math.round(((value - low) / (high - low)) * last) : last >> 1;
}

interface Look {
  readonly at: readonly [x: number, y: number];
  readonly radius: number;
  /** Of the shades' quantity. */
  readonly range: readonly [low: number, high: number];
}

function dot({ shade, limited }: NetworkMap, node: number, { at: [x, y], radius, range }: Look): string {
  const place = shadeAt(shade[node], range);
  const edge = limited[node].node ? 'stroke-width="2.4"' : 'stroke-opacity="0.45"';
  const circle = `<circle cx="${x}" cy="${y}" r="${pixel(radius)}" ${INK_LINE.replace('fill="none"', "")} ${edge} fill="${SHADES[place]}"><title>node ${node}: ${shown(shade[node])}</title></circle>`;
  if (radius < 6) return circle;
  const ink = place >= SHADES.length / 2 ? "#fff" : "#222";
  return `${circle}<text x="${x}" y="${pixel(y + 3)}" text-anchor="middle" font-size="8.5" style="fill: ${ink}" fill="${ink}">${node}</text>`;
}

/** Two rows: what the shades are, what the lines are; then notes. */
function legend({ quantity, flowUnit, shade, flow, parent, limited }: NetworkMap, notes: readonly string[]): string[] {
  const [low, high] = rangeOf(shade);
  const first = label(76, 33, "start", shown(low));
  const start = 76 + textWidth(shown(low)) + 6;
  const swatches = SHADES.map((one, k) => `<rect x="${start + 14 * k}" y="24" width="14" height="10" fill="${one}"/>`);
  const most = flow.reduce(
    (largest, value, node) => (parent[node] < 0 ? largest : Math.max(largest, Math.abs(value))),
    0,
  );
  const isBack = flow.some((value, node) => parent[node] >= 0 && value < 0);
  const keys = [`away from the root, at most ${shown(most)} ${flowUnit}`, ...(isBack ? ["towards the root"] : [])];
  const ends = limited.some(({ line }) => line) ? ["dashed: at its limit"] : [];
  const rings = limited.some(({ node }) => node) ? ["ringed: at its limit"] : [];
  let x = 76;
  const marks = keys.map((text, colour) => {
    const mark = `<path ${stroke(colour)} stroke-width="4" d="M${x} 46h16"/>${label(x + 21, 50, "start", text)}`;
    x += 21 + textWidth(text) + 16;
    return mark;
  });
  return [
    first,
    ...swatches,
    label(start + 14 * SHADES.length + 6, 33, "start", [`${shown(high)}, ${quantity}`, ...rings].join("; ")),
    ...marks,
    label(x, 50, "start", ends.join("")),
    label(76, 67, "start", notes.join("; ")),
  ];
}
