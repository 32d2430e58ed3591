import { drawBars, type Bars } from "./bars.js";
import { drawCarpet, type Carpet } from "./carpet.js";
import { drawChart, type Chart } from "./chart.js";
import { drawCurves, type Curves } from "./curves.js";
import { drawNetworkMap, type NetworkMap } from "./network-map.js";
import { drawProfile, type Profile } from "./profile.js";
import { drawStack, type Stack } from "./stack.js";

/** Everything that a plot can be: what is shown, nothing about how. */
export type Picture = Chart | Carpet | Bars | Curves | Stack | NetworkMap | Profile;

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
    case "stack":
      return drawStack(picture, isAlone);
    case "network":
      return drawNetworkMap(picture, isAlone);
    case "profile":
      return drawProfile(picture, isAlone);
  }
}
