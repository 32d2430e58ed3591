import { INK_LINE, layOut, escapeXml, pixel, svgElement, valueAxis, type Key } from "./frame.js";
import { fill } from "./palette.js";
import { linearScale } from "./scale.js";

/** One value for each of some objects. */
export interface Bars {
  readonly kind: "bars";
  readonly title: string;
  /** Quantity and unit of the vertical axis. */
  readonly axis: string;
  readonly bars: readonly Bar[];
  /** What the values and the values beside them are; none where there is one value for each. */
  readonly series?: readonly [values: string, besides: string];
  /** Stands where a legend would. */
  readonly note?: string;
}

/** A value with its name, and perhaps another one to compare it with. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly beside?: number;
}

/** Above this, bars have no names; above the other one, only some of them are drawn, evenly by rank. */
const MOST_NAMES = 61;
const MOST_BARS = 240;

/** Bars as one SVG element; alone it brings its background. */
export function drawBars({ title, axis, bars, series, note }: Bars, isAlone = false): string {
  const hasNames = bars.length <= MOST_NAMES;
  const { box, legend } = layOut(keysOf({ series, note }), hasNames ? 56 : 34);
  const shown = bars.length <= MOST_BARS ? bars : evenly(bars, MOST_BARS);
  const y = linearScale([0, ...shown.flatMap(({ value, beside = 0 }) => [value, beside])], [box.bottom, box.top]);
  const zero = pixel(y(0));
  const slot = (box.right - box.left) / shown.length;
  const columns = shown.map((bar, i) => {
    const left = box.left + i * slot;
    const rects = rectsOf(bar).map(({ from, width, value, look }) => {
      const at = pixel(y(value));
      return `<rect x="${pixel(left + from * slot)}" y="${Math.min(at, zero)}" width="${pixel(slot * width)}" height="${pixel(Math.abs(at - zero))}" ${look}><title>${escapeXml(`${bar.label}: ${value}`)}</title></rect>`;
    });
    return rects.join("") + (hasNames ? nameBelow(bar.label, left + slot / 2, box.bottom) : "");
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

/** A bar's rectangles within its slot, of width 1: one in the middle, or two side by side. */
function rectsOf({ value, beside }: Bar): { from: number; width: number; value: number; look: string }[] {
  const look = fill(value < 0 ? 1 : 0);
  if (beside === undefined) return [{ from: 0.12, width: 0.76, value, look }];
  return [
    { from: 0.1, width: 0.4, value, look },
    { from: 0.5, width: 0.4, value: beside, look: fill(BESIDE) },
  ];
}

/** Place in the palette of what values are compared with. */
const BESIDE = 6;

function keysOf({ series, note }: Pick<Bars, "series" | "note">): Key[] {
  const named = series?.map((label, i): Key => ({ label, colour: i === 0 ? 0 : BESIDE, mark: "block" })) ?? [];
  return note === undefined ? named : [...named, { label: note, colour: 0, mark: "note" }];
}

function nameBelow(name: string, x: number, bottom: number): string {
  return `<text transform="translate(${pixel(x + 3)} ${bottom + 10}) rotate(-60)" text-anchor="end" font-size="10">${escapeXml(name)}</text>`;
}

function evenly<T>(list: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, k) => list[Math.round((k * (list.length - 1)) / (count - 1))]);
}
