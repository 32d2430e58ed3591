import { escapeXml } from "../report/chart.js";
import { quantityOf } from "../report/quantity.js";
import { linearScale, tickText, type Scale } from "../report/scale.js";
import type { SweepLine, SweepSeries } from "./series.js";

const WIDTH = 720;
const HEIGHT = 320;
const RIGHT = WIDTH - 28;
const LEFT = 84;
const BOTTOM = HEIGHT - 48;
const LEGEND_ROW = 18;

/** Colours that most colour-blind readers tell apart (Okabe and Ito 2008), on light and on dark paper. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b58900", "#56b4e9", "#7f7f7f"];

/** Places of the horizontal axis in pixels, with what stands below them. */
interface Across {
  readonly at: readonly number[];
  readonly ticks: readonly (readonly [x: number, text: string])[];
  /** Whether a line between two places means something. */
  readonly isNumeric: boolean;
}

/** One SVG that stands alone: the mean over the seeds at each value and, as a band or as bars, its 95 % interval. */
export function drawBands(series: SweepSeries): string {
  const legend = legendOf(series.lines);
  const top = 34 + legend.length * LEGEND_ROW;
  const across = acrossOf(series);
  const up = linearScale(series.lines.flatMap(endsOf), [BOTTOM, top]);
  const { words, unit } = quantityOf(series.key);
  const parts = [
    text({ x: LEFT, y: 20 }, words, 'font-size="14" font-weight="600"'),
    ...legend,
    ...axes(series, across, up),
    text({ x: 0, y: 0 }, unit, `transform="translate(16 ${(top + BOTTOM) / 2}) rotate(-90)" text-anchor="middle"`),
    ...series.lines.map((line, i) => drawLine(line, COLOURS[i % COLOURS.length], across, up)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeXml(words)}" font-family="system-ui, DejaVu Sans, sans-serif" font-size="12" fill="currentColor" color="#777">
${parts.join("\n")}
</svg>
`;
}

function endsOf({ intervals }: SweepLine): number[] {
  return intervals.flatMap(interval => {
    if (interval === undefined) return [];
    const { mean, halfWidth } = interval;
    return Number.isNaN(halfWidth) ? [mean] : [mean - halfWidth, mean + halfWidth];
  });
}

function acrossOf({ positions, places }: SweepSeries): Across {
  if (positions === undefined) {
    const at = places.map((_, i) => LEFT + ((i + 0.5) / places.length) * (RIGHT - LEFT));
    return { at, ticks: places.map((place, i) => [at[i], shorten(place)]), isNumeric: false };
  }
  const scale = linearScale(positions, [LEFT, RIGHT], 8);
  return {
    at: positions.map(scale),
    ticks: scale.ticks.map(x => [scale(x), tickText(x, scale.step)]),
    isNumeric: true,
  };
}

const shorten = (place: string) => (place.length > 24 ? `…${place.slice(-23)}` : place);

function axes({ along }: SweepSeries, { ticks }: Across, up: Scale): string[] {
  const rows = up.ticks.map(value => {
    const y = pixel(up(value));
    const label = text({ x: LEFT - 8, y: up(value) + 4 }, tickText(value, up.step), 'text-anchor="end"');
    return `<line x1="${LEFT}" x2="${RIGHT}" y1="${y}" y2="${y}" stroke="currentColor" stroke-opacity="0.25"/>${label}`;
  });
  const columns = ticks.map(([x, label]) => {
    const mark = `<line x1="${pixel(x)}" x2="${pixel(x)}" y1="${BOTTOM}" y2="${BOTTOM + 5}" stroke="currentColor"/>`;
    return mark + text({ x, y: BOTTOM + 18 }, label, 'text-anchor="middle"');
  });
  const base = `<line x1="${LEFT}" x2="${RIGHT}" y1="${BOTTOM}" y2="${BOTTOM}" stroke="currentColor"/>`;
  const name = along.unit === "" ? along.label : `${along.label}, ${along.unit}`;
  return [...rows, ...columns, base, text({ x: (LEFT + RIGHT) / 2, y: HEIGHT - 10 }, name, 'text-anchor="middle"')];
}

function drawLine({ intervals }: SweepLine, colour: string, across: Across, up: Scale): string {
  const known = intervals
    .flatMap((interval, i) => (interval === undefined ? [] : [{ ...interval, x: across.at[i] }]))
    .sort((a, b) => a.x - b.x);
  const dots = known.map(({ x, mean }) => `<circle cx="${pixel(x)}" cy="${pixel(up(mean))}" r="3" fill="${colour}"/>`);
  const spread = known.filter(({ halfWidth }) => !Number.isNaN(halfWidth));
  if (!across.isNumeric) {
    const bars = spread.map(({ x, mean, halfWidth }) => {
      const [low, high] = [pixel(up(mean - halfWidth)), pixel(up(mean + halfWidth))];
      return `<path d="M${pixel(x)} ${low}V${high}M${pixel(x - 6)} ${low}h12M${pixel(x - 6)} ${high}h12" stroke="${colour}" stroke-width="1.5" fill="none"/>`;
    });
    return [...bars, ...dots].join("");
  }
  const upper = spread.map(({ x, mean, halfWidth }) => `${pixel(x)} ${pixel(up(mean + halfWidth))}`);
  const lower = spread.map(({ x, mean, halfWidth }) => `${pixel(x)} ${pixel(up(mean - halfWidth))}`).reverse();
  const band =
    spread.length === 0 ? "" : `<path d="M${[...upper, ...lower].join("L")}Z" fill="${colour}" fill-opacity="0.2"/>`;
  const means = known.map(({ x, mean }) => `${pixel(x)} ${pixel(up(mean))}`);
  const line = `<path d="M${means.join("L")}" fill="none" stroke="${colour}" stroke-width="1.5"/>`;
  return [band, ...(known.length > 1 ? [line] : []), ...dots].join("");
}

/** Swatches and labels in rows as wide as the chart; nothing for a single line without a label. */
function legendOf(lines: readonly SweepLine[]): string[] {
  const rows: string[] = [];
  let left = LEFT;
  for (const [i, { label }] of lines.entries()) {
    if (label === "") continue;
    const width = 36 + label.length * 6.6;
    if (rows.length === 0 || left + width > RIGHT) {
      rows.push("");
      left = LEFT;
    }
    const y = 20 + rows.length * LEGEND_ROW;
    const swatch = `<rect x="${pixel(left)}" y="${y - 6}" width="16" height="4" fill="${COLOURS[i % COLOURS.length]}"/>`;
    rows[rows.length - 1] += swatch + text({ x: left + 21, y }, label, "");
    left += width;
  }
  return rows;
}

function text({ x, y }: { readonly x: number; readonly y: number }, content: string, attributes: string): string {
  return `<text x="${pixel(x)}" y="${pixel(y)}" ${attributes}>${escapeXml(content)}</text>`;
}

const pixel = (value: number) => String(Math.round(value * 10) / 10);
