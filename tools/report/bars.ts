import { INK_LINE, layOut, escapeXml, pixel, svgElement, valueAxis } from "./frame.js";
import { fill } from "./palette.js";
import { linearScale } from "./scale.js";

/** One value for each of some objects. */
export interface Bars {
  readonly kind: "bars";
  readonly title: string;
  /** Quantity and unit of the vertical axis. */
  readonly axis: string;
  readonly bars: readonly { readonly label: string; readonly value: number }[];
  /** Stands where a legend would. */
  readonly note?: string;
}

/** Above this, bars have no names; above the other one, only some of them are drawn, evenly by rank. */
const MOST_NAMES = 42;
const MOST_BARS = 240;

/** Bars as one SVG element; alone it brings its background. */
export function drawBars({ title, axis, bars, note }: Bars, isAlone = false): string {
  const hasNames = bars.length <= MOST_NAMES;
  const { box, legend } = layOut(
    note === undefined ? [] : [{ label: note, colour: 0, mark: "note" }],
    hasNames ? 56 : 34,
  );
  const shown = bars.length <= MOST_BARS ? bars : evenly(bars, MOST_BARS);
  const y = linearScale([0, ...shown.map(bar => bar.value)], [box.bottom, box.top]);
  const zero = pixel(y(0));
  const slot = (box.right - box.left) / shown.length;
  const columns = shown.map(({ label, value }, i) => {
    const x = pixel(box.left + (i + 0.12) * slot);
    const at = pixel(y(value));
    const rect = `<rect x="${x}" y="${Math.min(at, zero)}" width="${pixel(slot * 0.76)}" height="${pixel(Math.abs(at - zero))}" ${fill(value < 0 ? 1 : 0)}><title>${escapeXml(`${label}: ${value}`)}</title></rect>`;
    return hasNames ? rect + nameBelow(label, x + slot * 0.38, box.bottom) : rect;
  });
  const parts = [
    ...legend,
    ...valueAxis(y, box, axis),
    ...columns,
    `<path ${INK_LINE} stroke-opacity="0.5" d="M${box.left} ${zero}H${box.right}"/>`,
    ...(hasNames
      ? []
      : [
          `<text x="${(box.left + box.right) / 2}" y="${box.bottom + 20}" text-anchor="middle">${bars.length} in order</text>`,
        ]),
  ];
  return svgElement({ title, description: `${bars.length} values` }, parts, isAlone);
}

function nameBelow(name: string, x: number, bottom: number): string {
  return `<text transform="translate(${pixel(x + 3)} ${bottom + 10}) rotate(-60)" text-anchor="end" font-size="10">${escapeXml(name)}</text>`;
}

function evenly<T>(list: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, k) => list[Math.round((k * (list.length - 1)) / (count - 1))]);
}
