import { fill, INK, PAPER, stroke } from "./palette.js";
import { tickText, type Scale } from "./scale.js";

export const WIDTH = 720;
export const HEIGHT = 270;
const LEFT = 76;
const RIGHT = WIDTH - 28;
const BOTTOM = 34;
const LEGEND_TOP = 33;
const ROW = 16;

/** Edges of the area in which values are drawn, in pixels. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** An entry of a legend; `colour` is a place in the palette, a note has no mark. */
export interface Key {
  readonly label: string;
  readonly colour: number;
  readonly mark: "line" | "dash" | "area" | "block" | "note";
}

/** Where values are drawn below a legend, and the legend's elements. */
export function layOut(
  keys: readonly Key[],
  bottomMargin = BOTTOM,
  height = HEIGHT,
): { readonly box: Box; readonly legend: string[] } {
  let [x, y] = [LEFT, LEGEND_TOP];
  const legend = keys.map(key => {
    const markWidth = key.mark === "note" ? 0 : 21;
    const width = markWidth + textWidth(key.label);
    if (x + width > RIGHT && x > LEFT) [x, y] = [LEFT, y + ROW];
    const text = `${markOf(key, x, y)}<text x="${x + markWidth}" y="${y}">${escapeXml(key.label)}</text>`;
    x += width + 16;
    return text;
  });
  return { box: { left: LEFT, right: RIGHT, top: y + 12, bottom: height - bottomMargin }, legend };
}

function markOf({ colour, mark }: Key, x: number, y: number): string {
  if (mark === "note") return "";
  if (mark === "area" || mark === "block") {
    return `<rect x="${x}" y="${y - 9}" width="16" height="10" ${fill(colour, mark === "area" ? AREA : BLOCK)}/>`;
  }
  const dashes = mark === "dash" ? ' stroke-dasharray="4 3"' : "";
  return `<path ${stroke(colour)} stroke-width="2.5"${dashes} d="M${x} ${y - 4}h16"/>`;
}

/** Opacity of areas between two values. */
export const AREA = 0.22;

/** Opacity of areas that stand for themselves. */
export const BLOCK = 0.85;

/** About how wide a text is in 12-pixel letters of the DejaVu font, the widest of those that are asked for. */
export function textWidth(text: string): number {
  let width = 0;
  for (const letter of text) width += /[mwMW%@±]/.test(letter) ? 11.6 : /[iljtfrI.,:;'|!() ]/.test(letter) ? 4.6 : 7.5;
  return Math.round(width);
}

/** Horizontal grid with its values, and the name of the quantity. */
export function valueAxis(
  y: Scale,
  { left, right, top, bottom }: Box,
  name: string,
  textOf = (value: number) => tickText(value, y.step),
): string[] {
  const rows = y.ticks.map(value => {
    const at = pixel(y(value));
    return `<path ${INK_LINE} stroke-opacity="0.14" d="M${left} ${at}H${right}"/>${label(left - 8, at + 4, "end", textOf(value))}`;
  });
  return [...rows, axisName(name, (top + bottom) / 2)];
}

/** The name of the vertical axis, beside its middle. */
export function axisName(name: string, middle: number): string {
  return `<text transform="translate(14 ${pixel(middle)}) rotate(-90)" text-anchor="middle" fill-opacity="0.75">${escapeXml(name)}</text>`;
}

/** The lower edge with a mark and a text at each tick. */
export function lowerAxis(x: Scale, { left, right, bottom }: Box, textOf: (value: number) => string): string[] {
  const ticks = x.ticks.map(value => {
    const at = pixel(x(value));
    return `<path ${EDGE} d="M${at} ${bottom}v5"/>${label(at, bottom + 18, "middle", textOf(value))}`;
  });
  return [...ticks, `<path ${EDGE} d="M${left} ${bottom}H${right}"/>`];
}

/** Attributes of lines in the colour of the text. */
export const INK_LINE = `class="ink" stroke="${INK}" fill="none"`;
const EDGE = `${INK_LINE} stroke-opacity="0.5"`;

/** A text at a place. */
export function label(x: number, y: number, anchor: "start" | "middle" | "end", text: string): string {
  return `<text x="${pixel(x)}" y="${pixel(y)}" text-anchor="${anchor}">${escapeXml(text)}</text>`;
}

/** What everybody who looks at a picture is told. */
export interface Caption {
  readonly title: string;
  /** Read aloud in place of the picture. */
  readonly description: string;
  /** Of the picture, in pixels. */
  readonly height?: number;
}

/** One SVG element; alone it brings its background. Every colour is an attribute, so that it looks the same everywhere. */
export function svgElement(
  { title, description, height = HEIGHT }: Caption,
  parts: readonly string[],
  isAlone: boolean,
): string {
  const paper = isAlone ? `<rect width="${WIDTH}" height="${height}" fill="${PAPER}"/>\n` : "";
  const size = isAlone ? ` width="${WIDTH}" height="${height}"` : "";
  const heading = `<text x="${LEFT}" y="16" font-size="14" font-weight="600">${escapeXml(title)}</text>`;
  return `<svg class="chart" xmlns="http://www.w3.org/2000/svg"${size} viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeXml(`${title}: ${description}`)}" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="12" fill="${INK}">
${paper}${heading}
${parts.join("\n")}
</svg>
`;
}

/** A coordinate with one decimal. */
export function pixel(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Text that may stand in XML and HTML. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, found => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[found] ?? found);
}
