import { drawBars, type Bars } from "./bars.js";
import { drawCarpet, type Carpet } from "./carpet.js";
import { drawChart, type Chart } from "./chart.js";
import { drawCurves, type Curves } from "./curves.js";

/** Everything that a plot can be: what is shown, nothing about how. */
export type Picture = Chart | Carpet | Bars | Curves;

/** A picture as one SVG element; alone it brings its background. */
export function drawPicture(picture: Picture, isAlone = false): string {
  switch (picture.kind) {
    case "time":
      return drawChart(picture, isAlone);
    case "carpet":
      return drawCarpet(picture, isAlone);
    case "bars":
      return drawBars(picture, isAlone);
    case "curves":
      return drawCurves(picture, isAlone);
  }
}
