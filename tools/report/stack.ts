import { clockAxis, clockScale } from "./clock-axis.js";
import { BLOCK, INK_LINE, layOut, pixel, svgElement, valueAxis, type Box, type Key } from "./frame.js";
import { fill } from "./palette.js";
import { linearScale, type Scale } from "./scale.js";

/** One layer of a stack: what it gives is piled upwards, what it takes downwards, both 0 or more. */
export interface Layer {
  readonly label: string;
  readonly given: readonly number[];
  readonly taken: readonly number[];
}

/** Quantities that add up, over time: each value holds for the step that ends at its time. */
export interface Stack {
  readonly kind: "stack";
  readonly title: string;
  /** Quantity and unit of the vertical axis. */
  readonly axis: string;
  /** From the bottom upwards. */
  readonly layers: readonly Layer[];
  /** What the layers come to together, as a line. */
  readonly total: { readonly label: string; readonly values: readonly number[] };
  /** Ends of the steps in seconds, and how long each is. */
  readonly times: readonly number[];
  readonly stepSeconds: number;
  readonly note?: string;
  readonly startTime: string;
}

/** A stack as one SVG element; alone it brings its background. */
export function drawStack(stack: Stack, isAlone = false): string {
  const { title, axis, layers, total, times, stepSeconds, note, startTime } = stack;
  const keys: Key[] = [
    ...layers.map(({ label }, colour): Key => ({ label, colour, mark: "block" })),
    { label: `black: ${total.label}`, colour: 0, mark: "note" },
    ...(note === undefined ? [] : [{ label: note, colour: 0, mark: "note" } as const]),
  ];
  const { box, legend } = layOut(keys);
  const areas = [...pile(layers.map(layer => layer.given)), ...pile(layers.map(layer => layer.taken.map(v => -v)))];
  const edges = areas.flatMap(({ from, to }) => [...from, ...to]);
  const x = spanScale(times, stepSeconds, box);
  const y = linearScale([0, ...edges, ...total.values], [box.bottom, box.top]);
  const left = (k: number) => pixel(x(times[k] - stepSeconds));
  const paths = areas.map(({ from, to }, i) => {
    const cells = times.map((time, k) =>
      from[k] === to[k]
        ? ""
        : `M${left(k)} ${pixel(y(from[k]))}V${pixel(y(to[k]))}H${pixel(x(time))}V${pixel(y(from[k]))}Z`,
    );
    const path = cells.join("");
    return path === "" ? "" : `<path ${fill(i % layers.length, BLOCK)} d="${path}"/>`;
  });
  const line = times.map(
    (time, k) => `${k === 0 ? `M${left(0)} ` : "V"}${pixel(y(total.values[k]))}H${pixel(x(time))}`,
  );
  const parts = [
    ...legend,
    ...valueAxis(y, box, axis),
    ...clockAxis(x, box, startTime),
    ...paths.filter(path => path !== ""),
    `<path ${INK_LINE} stroke-opacity="0.5" d="M${box.left} ${pixel(y(0))}H${box.right}"/>`,
    `<path ${INK_LINE} stroke-width="1.8" d="${line.join("")}"/>`,
  ];
  return svgElement({ title, description: layers.map(layer => layer.label).join(", ") }, parts, isAlone);
}

/** The time from the first step's begin to the last one's end. */
function spanScale(times: readonly number[], stepSeconds: number, box: Box): Scale {
  return clockScale([(times[0] ?? stepSeconds) - stepSeconds, ...times], box);
}

/** Where each layer begins and ends by step, when each stands on the one before it. */
function pile(layers: readonly (readonly number[])[]): { readonly from: number[]; readonly to: number[] }[] {
  const reached = layers[0]?.map(() => 0) ?? [];
  return layers.map(values => {
    const from = [...reached];
    values.forEach((value, k) => (reached[k] += value));
    return { from, to: [...reached] };
  });
}
