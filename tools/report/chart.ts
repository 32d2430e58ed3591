import { linearScale, tickText, timeScale, type Scale } from "./scale.js";

/** One line of a chart: a value for each time; NaN leaves a gap. */
export interface Line {
  readonly label: string;
  readonly values: readonly number[];
  readonly times: readonly number[];
  /** `step` holds each value for the time before it, as a price is. */
  readonly style?: "line" | "step";
}

/** The area between a smallest and a largest value. */
export interface Band {
  readonly label: string;
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly times: readonly number[];
}

/** A chart over time: everything that is drawn, nothing about how. */
export interface Chart {
  readonly name: string;
  readonly title: string;
  /** Quantity and unit of the vertical axis. */
  readonly axis: string;
  readonly lines: readonly Line[];
  readonly band?: Band;
  /** Wall-clock time of second 0: `2013-07-01 00:00:00 PDT`. */
  readonly startTime: string;
}

const WIDTH = 720;
const HEIGHT = 270;
const MARGIN = { left: 76, right: 28, top: 44, bottom: 34 };

/** Colours by place, told apart by most colour-blind readers (Okabe and Ito 2008), on light and on dark paper. */
const LIGHT = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b58900", "#56b4e9", "#7f7f7f"];
const DARK = ["#56b4e9", "#f0883e", "#2fbf91", "#d99abf", "#e0b93c", "#3d8fc7", "#a0a0a0"];
const variables = (colours: readonly string[]) => colours.map((colour, i) => `--c${i}: ${colour};`).join(" ");
const colourOf = (place: number) => `var(--c${place % LIGHT.length})`;

/** Styles that a chart needs, on a page or alone. */
export const CHART_STYLE = `
.chart { font: 12px system-ui, sans-serif; color: #222; ${variables(LIGHT)} }
.chart text { fill: currentColor; }
.chart .title { font-size: 14px; font-weight: 600; }
.chart .grid { stroke: currentColor; stroke-opacity: 0.14; }
.chart .edge { stroke: currentColor; stroke-opacity: 0.5; }
.chart .line { fill: none; stroke-width: 1.2; stroke-linejoin: round; }
.chart .band { fill-opacity: 0.22; stroke: none; }
.chart .muted { fill-opacity: 0.75; }
@media (prefers-color-scheme: dark) { .chart { color: #ddd; ${variables(DARK)} } }
`;

/** A chart as one SVG element; alone it brings its own styles and background. */
export function drawChart(chart: Chart, isAlone = false): string {
  const times = [...chart.lines, ...(chart.band === undefined ? [] : [chart.band])].flatMap(part => part.times);
  const from = times.reduce((a, b) => Math.min(a, b), 0);
  const to = times.reduce((a, b) => Math.max(a, b), from + 1);
  const x = timeScale(from, to, [MARGIN.left, WIDTH - MARGIN.right]);
  const values = [...chart.lines.flatMap(line => line.values), ...(chart.band?.low ?? []), ...(chart.band?.high ?? [])];
  const y = linearScale(values, [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const parts = [
    `<text class="title" x="${MARGIN.left}" y="16">${escapeXml(chart.title)}</text>`,
    ...legend(chart),
    ...axes(chart, x, y),
    ...(chart.band === undefined ? [] : [drawBand(chart.band, x, y)]),
    ...chart.lines.map((line, i) => drawLine(line, colourOf(i), x, y)),
  ];
  const alone = isAlone ? `<style>${CHART_STYLE}</style>` : "";
  const label = escapeXml(`${chart.title}: ${chart.lines.map(line => line.label).join(", ")}`);
  return `<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">${alone}
${parts.join("\n")}
</svg>
`;
}

function axes(chart: Chart, x: Scale, y: Scale): string[] {
  const [left, right, bottom] = [MARGIN.left, WIDTH - MARGIN.right, HEIGHT - MARGIN.bottom];
  const rows = y.ticks.map(value => {
    const at = pixel(y(value));
    const text = `<text x="${left - 8}" y="${at}" text-anchor="end" dominant-baseline="middle">${tickText(value, y.step)}</text>`;
    return `<line class="grid" x1="${left}" x2="${right}" y1="${at}" y2="${at}"/>${text}`;
  });
  const columns = x.ticks.map(second => {
    const at = pixel(x(second));
    const text = clockText(chart.startTime, second, x.step);
    return `<line class="edge" x1="${at}" x2="${at}" y1="${bottom}" y2="${bottom + 5}"/><text x="${at}" y="${bottom + 18}" text-anchor="middle">${text}</text>`;
  });
  const middle = (MARGIN.top + bottom) / 2;
  const name = `<text class="muted" transform="translate(14 ${middle}) rotate(-90)" text-anchor="middle">${escapeXml(chart.axis)}</text>`;
  return [...rows, ...columns, `<line class="edge" x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}"/>`, name];
}

/** Clock time of a tick; the date where a day begins. */
function clockText(startTime: string, second: number, step: number): string {
  const start = Date.parse(`${startTime.slice(0, 19).replace(" ", "T")}Z`);
  if (Number.isNaN(start)) return `${Number((second / 3600).toPrecision(4))} h`;
  const date = new Date(start + second * 1000).toISOString();
  const isMidnight = date.slice(11, 19) === "00:00:00";
  if (step >= 86400 || isMidnight) return date.slice(5, 10);
  return step < 60 ? date.slice(11, 19) : date.slice(11, 16);
}

function legend({ lines, band }: Chart): string[] {
  const entries = lines.map(({ label }, i) => ({ label, colour: colourOf(i), isBand: false }));
  if (band !== undefined) entries.push({ label: band.label, colour: colourOf(0), isBand: true });
  let left = MARGIN.left;
  return entries.map(({ label, colour, isBand }) => {
    const swatch = `<rect x="${left}" y="${isBand ? 24 : 28}" width="16" height="${isBand ? 10 : 3}" fill="${colour}"${isBand ? ' fill-opacity="0.22"' : ""}/>`;
    const text = `<text x="${left + 21}" y="33">${escapeXml(label)}</text>`;
    left += 36 + label.length * 6.4;
    return swatch + text;
  });
}

function drawLine({ values, times, style }: Line, colour: string, x: Scale, y: Scale): string {
  let path = "";
  let isOpen = false;
  times.forEach((time, i) => {
    const value = values[i];
    if (!Number.isFinite(value)) {
      isOpen = false;
      return;
    }
    const [px, py] = [pixel(x(time)), pixel(y(value))];
    if (!isOpen) path += `M${px} ${py}`;
    else path += style === "step" ? `V${py}H${px}` : `L${px} ${py}`;
    isOpen = true;
  });
  return `<path class="line" stroke="${colour}" d="${path}"/>`;
}

function drawBand({ low, high, times }: Band, x: Scale, y: Scale): string {
  const known = times.map((_, i) => i).filter(i => Number.isFinite(low[i]) && Number.isFinite(high[i]));
  const upper = known.map(i => `${pixel(x(times[i]))} ${pixel(y(high[i]))}`);
  const lower = known.reverse().map(i => `${pixel(x(times[i]))} ${pixel(y(low[i]))}`);
  return `<path class="band" fill="${colourOf(0)}" d="M${[...upper, ...lower].join("L")}Z"/>`;
}

const pixel = (value: number) => String(Math.round(value * 10) / 10);

/** Text that may stand in XML and HTML. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, found => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[found] ?? found);
}
