import { drawLimit, type Limit } from "./chart.js";
import { AREA, label, layOut, lowerAxis, pixel, svgElement, valueAxis, type Key } from "./frame.js";
import { fill, stroke } from "./palette.js";
import { bandPath } from "./paths.js";
import { linearScale, tickText } from "./scale.js";
import { layOutTree } from "./tree-layout.js";

/** A quantity along a radial network: at one time by node, and its range over a longer time. */
export interface Profile {
  readonly kind: "profile";
  readonly title: string;
  /** Quantity and unit of the vertical axis. */
  readonly axis: string;
  /** By node; the root's is -1. */
  readonly parent: readonly number[];
  readonly values: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** What `values` are, and what `low` and `high` are. */
  readonly labels: readonly [values: string, range: string];
  readonly limits?: readonly Limit[];
  readonly note?: string;
}

/** A profile as one SVG element; alone it brings its background. */
export function drawProfile(profile: Profile, isAlone = false): string {
  const { title, axis, parent, values, low, high, labels, limits = [], note } = profile;
  const keys: Key[] = [
    { label: labels[0], colour: 0, mark: "line" },
    { label: labels[1], colour: 0, mark: "area" },
    ...(note === undefined ? [] : [{ label: note, colour: 0, mark: "note" } as const]),
  ];
  const { box, legend } = layOut(keys, 48);
  const { depth } = layOutTree(parent);
  const deepest = depth.reduce((a, b) => Math.max(a, b), 1);
  const scales = {
    x: linearScale([0, deepest], [box.left, box.right], Math.min(12, deepest)),
    y: linearScale([...low, ...high, ...limits.map(limit => limit.value)], [box.bottom, box.top]),
  };
  const at = Array.from({ length: deepest + 1 }, (_, d) => d);
  const over = (list: readonly number[], pick: (a: number, b: number) => number) =>
    at.map(d => list.filter((_, node) => depth[node] === d).reduce((a, b) => pick(a, b), NaN));
  const lowest = over(low, (a, b) => (a <= b ? a : b));
  const highest = over(high, (a, b) => (a >= b ? a : b));
  const point = (node: number) => `${pixel(scales.x(depth[node]))} ${pixel(scales.y(values[node]))}`;
  const edges = parent.map((above, node) => (above < 0 ? "" : `M${point(above)}L${point(node)}`));
  const parts = [
    ...legend,
    ...valueAxis(scales.y, box, axis),
    ...lowerAxis(scales.x, box, value => tickText(value, scales.x.step)),
    label((box.left + box.right) / 2, box.bottom + 34, "middle", "lines from the root"),
    `<path ${fill(0, AREA)} d="${bandPath({ at, values: lowest }, { at, values: highest }, scales)}"/>`,
    ...limits.map(limit => drawLimit(limit, scales, box)),
    `<path ${stroke(0)} stroke-width="1.4" stroke-linejoin="round" d="${edges.join("")}"/>`,
  ];
  return svgElement({ title, description: labels.join(", ") }, parts, isAlone);
}
