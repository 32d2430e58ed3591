/** Colours by place, told apart by most colour-blind readers (Okabe and Ito 2008), on light and on dark paper. */
const LIGHT = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b58900", "#56b4e9", "#7f7f7f"];
const DARK = ["#56b4e9", "#f0883e", "#2fbf91", "#d99abf", "#e0b93c", "#3d8fc7", "#a0a0a0"];

/** Ink of texts and axes. */
export const INK = "#222";
export const PAPER = "#fff";

/** Attributes of a line in the colour of a place: they hold everywhere, a page's style may change them for dark paper. */
export function stroke(place: number): string {
  const colour = place % LIGHT.length;
  return `class="s${colour}" fill="none" stroke="${LIGHT[colour]}"`;
}

/** Attributes of an area in the colour of a place. */
export function fill(place: number, opacity = 1): string {
  const colour = place % LIGHT.length;
  return `class="f${colour}" fill="${LIGHT[colour]}"${opacity === 1 ? "" : ` fill-opacity="${opacity}"`}`;
}

const darkRules = DARK.map((colour, i) => `.chart .s${i} { stroke: ${colour}; } .chart .f${i} { fill: ${colour}; }`);

/** What a page adds to charts: its own ink, and other colours on dark paper. */
export const CHART_STYLE = `
.chart { color: ${INK}; }
.chart text { fill: currentColor; }
.chart .ink { stroke: currentColor; }
@media (prefers-color-scheme: dark) { .chart { color: #ddd; }
${darkRules.join("\n")} }
`;

/** Steps of a sequence from nothing to everything: pale to dark blue, readable without colour. */
export const SHADES = shades([238, 243, 248], [86, 160, 206], [8, 48, 107]);

type Rgb = readonly [red: number, green: number, blue: number];

function shades(from: Rgb, middle: Rgb, to: Rgb): readonly string[] {
  const half = 4;
  const between = (a: Rgb, b: Rgb, share: number) =>
    `#${a
      .map((part, i) =>
        Math.round(part + (b[i] - part) * share)
          .toString(16)
          .padStart(2, "0"),
      )
      .join("")}`;
  const lower = Array.from({ length: half }, (_, k) => between(from, middle, k / half));
  const upper = Array.from({ length: half + 1 }, (_, k) => between(middle, to, k / half));
  return [...lower, ...upper];
}
