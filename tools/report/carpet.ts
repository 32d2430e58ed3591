import { clockAxis, clockScale } from "./clock-axis.js";
import { axisName, label, layOut, pixel, svgElement, type Box } from "./frame.js";
import { SHADES } from "./palette.js";

/** Shares of many objects over time: one row for each object, one column for each window, darker for more. */
export interface Carpet {
  readonly kind: "carpet";
  readonly title: string;
  /** What the rows are. */
  readonly axis: string;
  /** What a share of 100 % is. */
  readonly quantity: string;
  readonly rows: readonly string[];
  /** Ends of the windows. */
  readonly times: readonly number[];
  /** From 0 to 1, one list for each row. */
  readonly shares: readonly (readonly number[])[];
  readonly startTime: string;
}

/** Beyond these, neighbouring rows and windows are drawn as their mean. */
const MOST_ROWS = 60;
const MOST_COLUMNS = 288;
const MOST_NAMES = 16;

/** A carpet as one SVG element; alone it brings its background. */
export function drawCarpet(carpet: Carpet, isAlone = false): string {
  const { title, axis, quantity, rows, times, shares, startTime } = carpet;
  const { box } = layOut([]);
  const x = clockScale(times, box);
  const from = pixel(x(Math.min(0, times[0])));
  const paper = `<rect x="${from}" y="${box.top}" width="${pixel(box.right - from)}" height="${pixel(box.bottom - box.top)}" fill="${SHADES[0]}"/>`;
  const parts = [
    ...shadeLegend(quantity, box),
    paper,
    ...cells(binned(shares), { ...box, left: from }),
    ...rowNames(rows, box),
    axisName(axis, (box.top + box.bottom) / 2),
    ...clockAxis(x, box, startTime),
  ];
  return svgElement({ title, description: `${quantity} of ${rows.length} objects` }, parts, isAlone);
}

function shadeLegend(quantity: string, { left }: Box): string[] {
  const start = left + 28;
  const swatches = SHADES.map(
    (shade, k) => `<rect x="${start + 14 * k}" y="24" width="14" height="10" fill="${shade}"/>`,
  );
  const text = `100 % ${quantity}`;
  return [label(left, 33, "start", "0 %"), ...swatches, label(start + 14 * SHADES.length + 6, 33, "start", text)];
}

/** One path for each shade; cells of one shade that lie side by side are one rectangle. */
function cells(shares: readonly (readonly number[])[], { left, right, top, bottom }: Box): string[] {
  const height = (bottom - top) / shares.length;
  const width = (right - left) / (shares[0]?.length ?? 1);
  const paths = SHADES.map(() => "");
  shares.forEach((row, r) => {
    const [upper, lower] = [pixel(top + r * height), pixel(top + (r + 1) * height)];
    for (let c = 0; c < row.length;) {
      const shade = shadeOf(row[c]);
      let end = c + 1;
      while (end < row.length && shadeOf(row[end]) === shade) end++;
      if (shade > 0) {
        paths[shade] +=
          `M${pixel(left + c * width)} ${upper}H${pixel(left + end * width)}V${lower}H${pixel(left + c * width)}Z`;
      }
      c = end;
    }
  });
  return paths.flatMap((path, k) =>
    path === "" ? [] : [`<path fill="${SHADES[k]}" shape-rendering="crispEdges" d="${path}"/>`],
  );
}

/** Any share above nothing is seen: the palest shade is for none at all. */
function shadeOf(share: number): number {
  if (!(share > 0)) return 0;
  return Math.max(1, Math.min(SHADES.length - 1, Math.round(share * (SHADES.length - 1))));
}

function binned(shares: readonly (readonly number[])[]): number[][] {
  return means(shares, MOST_ROWS, group => {
    const columns = group[0].map((_, c) => group.reduce((sum, row) => sum + row[c], 0) / group.length);
    return means(columns, MOST_COLUMNS, some => some.reduce((a, b) => a + b, 0) / some.length);
  });
}

/** At most `most` groups of neighbours, each made one. */
function means<T, U>(list: readonly T[], most: number, merge: (group: readonly T[]) => U): U[] {
  const size = Math.ceil(list.length / most);
  return Array.from({ length: Math.ceil(list.length / size) }, (_, k) => merge(list.slice(k * size, (k + 1) * size)));
}

function rowNames(rows: readonly string[], { left, top, bottom }: Box): string[] {
  const every = Math.ceil(rows.length / MOST_NAMES);
  const height = (bottom - top) / rows.length;
  return rows.flatMap((row, r) => (r % every === 0 ? [label(left - 6, top + (r + 0.5) * height + 4, "end", row)] : []));
}
